import { attempt, faultsOf, type OnFault, type LogError } from '../../base/guard.ts';
import type { JournalEntry } from '../ports/journalEntry.ts';
import type { JournalRow, JournalRows } from '../ports/journal.ts';
import { type RecorderAlarm, recorderAlarms } from './recorderAlarms.ts';
import { WaitingRows } from './waitingRows.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/** Longest wait of a row to share a commit with others, ms. Only an order about to be sent doesn't wait. */
const soonMs = 2;
/** Interval of telemetry's writes, ms; a failing write is noticed within this time. */
const telemetryMs = 500;
/** Most rows of one commit after a failure: a journal that still fails shows it before all waiting rows are tried. */
const rowsAtOnce = 500;
/** Most actions that wait for a row to become durable. */
const keptActions = 10_000;

/**
 * Writes the journal of one bridge: an order about to be sent at once, other rows in batches. A failed write is
 * repeated at each {@link retry}; until it succeeds nothing may be sent (ARCHITECTURE rule 1).
 */
export class JournalWriter {
  private readonly clock: Clock;
  private readonly journal: JournalRows;
  private readonly logError: LogError;
  private readonly onFault: OnFault;
  private readonly alarm: (alarm: RecorderAlarm) => void;
  private readonly waiting = new WaitingRows();
  private flushAt = Number.POSITIVE_INFINITY;
  private cancelFlush: Unsubscribe | null = null;
  private lastFailure: string | null = null;
  /** Left-out rows are reported once a failure. */
  private toldLeftOut = false;
  private whenWritten: (() => void)[] = [];

  constructor(
    clock: Clock,
    journal: JournalRows,
    logError: LogError,
    alarm: (alarm: RecorderAlarm) => void = () => undefined,
  ) {
    this.clock = clock;
    this.alarm = alarm;
    this.journal = journal;
    this.logError = logError;
    this.onFault = faultsOf('order', logError);
  }

  /** Why the last write failed; null: it did not. */
  get failure(): string | null {
    return this.lastFailure;
  }

  /** Queues a row, durable with the next commit, within milliseconds. */
  record(entry: JournalEntry): void {
    this.keep(entry);
    this.flushWithin(
      entry.type === 'sample' || entry.type === 'deal' || entry.type === 'remember' ? telemetryMs : soonMs,
    );
  }

  /**
   * Writes entries with all rows before them. Null: durable. Otherwise the reason, and these entries are not written.
   */
  commit(...entries: JournalEntry[]): string | null {
    const at = this.clock.now();
    return this.write(entries.map((entry) => ({ at, entry })));
  }

  /**
   * The newest value of a key, after writing all rows before; null: unreadable, which stops trading like a failed
   * write.
   */
  remembered(key: string): { value: unknown } | null {
    this.flush();
    try {
      return { value: this.journal.remembered(key) };
    } catch (error) {
      this.failed("The journal can't be read", error);
      return null;
    }
  }

  /** Runs an action once all rows recorded so far are durable, however long that takes. */
  whenDurable(action: () => void): void {
    if (this.waiting.length === 0 && this.lastFailure === null) {
      action();
      return;
    }
    this.whenWritten.push(action);
    if (this.whenWritten.length > keptActions) this.whenWritten.shift();
    this.flushWithin(soonMs);
  }

  /** Writes the waiting rows again after a failure. */
  retry(): void {
    if (this.lastFailure !== null) this.flush();
  }

  flush(): void {
    if (this.waiting.length > 0 || this.lastFailure !== null) this.write([]);
  }

  /** Writes the waiting rows, then these. */
  private write(rows: readonly JournalRow[]): string | null {
    this.cancelFlush?.();
    this.cancelFlush = null;
    this.flushAt = Number.POSITIVE_INFINITY;
    const { waiting } = this;
    try {
      while (waiting.length > rowsAtOnce) {
        this.journal.write(waiting.first(rowsAtOnce));
        waiting.written(rowsAtOnce);
      }
      this.journal.write([...waiting.first(), ...rows]);
      waiting.written(waiting.length);
    } catch (error) {
      return this.failed("The journal can't be written", error);
    }
    if (this.lastFailure !== null) this.recovered();
    for (const action of this.whenWritten.splice(0)) attempt(this.onFault, action);
    return null;
  }

  private recovered(): void {
    this.lastFailure = null;
    this.logError('The journal can be written again.', null);
    if (!this.toldLeftOut) return;
    const told = recorderAlarms.wereLeftOut(this.waiting.leftOut);
    this.toldLeftOut = false;
    this.waiting.forgetLeftOut();
    this.logError(told.text, null);
    this.alarm(told);
  }

  private failed(what: string, error: unknown): string {
    const detail = error instanceof Error ? error.message : String(error);
    if (this.lastFailure === null) this.logError(`${what}: ${detail}`, error);
    this.lastFailure = detail;
    return detail;
  }

  private keep(entry: JournalEntry): void {
    this.waiting.add({ at: this.clock.now(), entry });
    if (this.toldLeftOut || this.waiting.leftOut.size === 0) return;
    this.toldLeftOut = true;
    const told = recorderAlarms.leavesOut();
    this.logError(told.text, null);
    this.alarm(told);
  }

  private flushWithin(ms: number): void {
    const due = this.clock.monotonic() + ms;
    if (due >= this.flushAt || this.lastFailure !== null) return;
    this.cancelFlush?.();
    this.flushAt = due;
    this.cancelFlush = this.clock.after(ms, () => {
      this.flush();
    });
  }
}
