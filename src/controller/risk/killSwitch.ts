import type { PersonSource } from '../../domain/orders/order.ts';
import type { KillSwitchState } from '../../api/state/state.ts';
import { HeldSave } from '../records/heldSave.ts';
import type { KillMark } from '../ports/killMark.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';

export const killSwitchKey = 'kill_switch';

export interface KillSwitchParts {
  clock: Clock;
  journalWriter: JournalWriter;
  /** The journal's value of {@link killSwitchKey}. */
  remembered: unknown;
  mark: KillMark;
  alarm: (alarm: AlarmText) => void;
}

/**
 * Stops every buy and sell at once, on all bridges. On over restarts until a person releases it. Stored in the journal
 * and in a mark outside of the data folder: on if either says so, released only in both.
 */
export class KillSwitch {
  private readonly clock: Clock;
  private readonly journalWriter: JournalWriter;
  private readonly mark: KillMark;
  private readonly marks: HeldSave;
  private current: KillSwitchState | null;

  constructor({ clock, journalWriter, remembered, mark, alarm }: KillSwitchParts) {
    this.clock = clock;
    this.journalWriter = journalWriter;
    this.mark = mark;
    const known = (remembered ?? null) as KillSwitchState | null;
    this.current = known ?? mark.found;
    const write = (): void => {
      mark.write(this.current);
    };
    this.marks = new HeldSave({
      clock,
      write,
      alarm,
      failed: tradingAlarms.killMarkFailed,
      recovered: tradingAlarms.killMarkRecovered,
    });
    if (known === null && this.current !== null) this.record('app');
    this.marks.now(write);
  }

  get state(): KillSwitchState | null {
    return this.current;
  }

  get on(): boolean {
    return this.current !== null;
  }

  /** Presses the switch, in force at once even if it can't be written. False: it was on already. */
  press(by: PersonSource): boolean {
    if (this.current !== null) return false;
    const pressed = { at: this.clock.now(), by };
    this.current = pressed;
    this.marks.now(() => {
      this.mark.write(pressed);
    });
    this.record(by);
    return true;
  }

  /**
   * Releases the switch once both places are written.
   * @returns whether it is released, and otherwise why not
   */
  release(by: PersonSource): { released: boolean; why: string | null } {
    if (this.current === null) return { released: false, why: null };
    const why =
      this.marks.now(() => {
        this.mark.write(null);
      }) ??
      this.journalWriter.commit(
        { type: 'kill_switch', on: false, by },
        { type: 'remember', key: killSwitchKey, value: null },
      );
    if (why !== null) {
      // Restores the mark to the state in force.
      this.marks.soon();
      return { released: false, why };
    }
    this.current = null;
    return { released: true, why: null };
  }

  stop(): void {
    this.marks.stop();
  }

  private record(by: PersonSource | 'app'): void {
    this.journalWriter.record({ type: 'kill_switch', on: this.on, by });
    this.journalWriter.record({ type: 'remember', key: killSwitchKey, value: this.current });
    this.journalWriter.flush();
  }
}
