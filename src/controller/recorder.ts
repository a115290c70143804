import { attempt, faultsOf, type OnFault, type OnTrouble } from '../api/guard.ts';
import type { Undo } from '../api/transport.ts';
import type { Clock, Journal, JournalEntry, JournalRow } from './ports.ts';

/** How long a row may wait for others to share a commit with, in ms. Only an order that is about to leave can't. */
const soonMs = 2;
/** Telemetry's own cadence. A write that fails is so noticed within this time. */
const telemetryMs = 500;
/** Rows that are kept while the journal fails. Beyond that, figures are left out first. */
const keptRows = 20_000;
/** What waits for a row to become durable. */
const keptActions = 10_000;

/**
 * Writes the journal of one bridge: an order that leaves at once, everything else in batches. A write that fails is
 * tried again at each {@link retry}; until it succeeds nothing may be sent (ARCHITECTURE rule 1).
 */
export class Recorder {
  private readonly clock: Clock;
  private readonly journal: Journal;
  private readonly onTrouble: OnTrouble;
  private readonly onFault: OnFault;
  private waiting: JournalRow[] = [];
  private flushAt = Number.POSITIVE_INFINITY;
  private cancelFlush: Undo | null = null;
  private lastFailure: string | null = null;
  private leftOut = 0;
  private whenWritten: (() => void)[] = [];

  constructor(clock: Clock, journal: Journal, onTrouble: OnTrouble) {
    this.clock = clock;
    this.journal = journal;
    this.onTrouble = onTrouble;
    this.onFault = faultsOf('order', onTrouble);
  }

  /** Why the last write failed; null when it did not. */
  get failure(): string | null {
    return this.lastFailure;
  }

  /** Takes a row that becomes durable with the next commit, within milliseconds. */
  record(entry: JournalEntry): void {
    this.keep(entry);
    this.flushWithin(entry.type === 'sample' || entry.type === 'remember' ? telemetryMs : soonMs);
  }

  /** Null when the entries and all before them are durable. Otherwise what went wrong: then these entries are nowhere. */
  commit(...entries: JournalEntry[]): string | null {
    const at = this.clock.now();
    return this.write([...this.waiting, ...entries.map((entry) => ({ at, entry }))]);
  }

  /**
   * What the journal knows, with all before it written; null when it can't be read, which stops trading like a failed
   * write does.
   */
  read<Value>(use: (journal: Journal) => Value): { value: Value } | null {
    this.flush();
    try {
      return { value: use(this.journal) };
    } catch (error) {
      this.failed("The journal can't be read", error);
      return null;
    }
  }

  /** Does something once all that was recorded so far is durable, however long that takes. */
  whenDurable(action: () => void): void {
    if (this.waiting.length === 0 && this.lastFailure === null) {
      action();
      return;
    }
    this.whenWritten.push(action);
    if (this.whenWritten.length > keptActions) this.whenWritten.shift();
    this.flushWithin(soonMs);
  }

  /** Another try after a failure. */
  retry(): void {
    if (this.lastFailure !== null) this.flush();
  }

  flush(): void {
    if (this.waiting.length > 0 || this.lastFailure !== null) this.write(this.waiting);
  }

  private write(rows: readonly JournalRow[]): string | null {
    this.cancelFlush?.();
    this.cancelFlush = null;
    this.flushAt = Number.POSITIVE_INFINITY;
    try {
      this.journal.write(rows);
    } catch (error) {
      return this.failed("The journal can't be written", error);
    }
    this.waiting = [];
    if (this.lastFailure !== null) {
      const lost = this.leftOut === 0 ? '' : ` ${String(this.leftOut)} rows of figures were left out meanwhile.`;
      this.onTrouble(`The journal can be written again.${lost}`, null);
    }
    this.lastFailure = null;
    this.leftOut = 0;
    for (const action of this.whenWritten.splice(0)) attempt(this.onFault, action);
    return null;
  }

  private failed(what: string, error: unknown): string {
    const detail = error instanceof Error ? error.message : String(error);
    if (this.lastFailure === null) this.onTrouble(`${what}: ${detail}`, error);
    this.lastFailure = detail;
    return detail;
  }

  private keep(entry: JournalEntry): void {
    if (this.waiting.length >= keptRows) {
      const before = this.waiting.length;
      this.waiting = this.waiting.filter(({ entry: { type } }) => type !== 'sample' && type !== 'history_frame');
      // Nothing but figures is expected in such numbers; if it is not figures, the oldest give way.
      if (this.waiting.length >= keptRows) this.waiting = this.waiting.slice(-keptRows / 2);
      this.leftOut += before - this.waiting.length;
    }
    this.waiting.push({ at: this.clock.now(), entry });
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
