import type { AlarmText } from '../alarms/alarm.ts';

/**
 * Consecutive unreadable frames, or time with nothing but unreadable frames (ms), after which an EA counts as
 * unreadable.
 */
const manyInARow = 10;
const fewInARow = 3;
const fewSpanMs = 10_000;

/** Detects an EA whose frames are all unreadable: it counts as absent, whatever the lamps show. */
export class Readability {
  private readonly alarm: (text: AlarmText) => void;
  private inARow = 0;
  /** Time of the first unreadable frame in a row, monotonic ms. */
  private since = 0;
  private told = false;

  constructor(alarm: (text: AlarmText) => void) {
    this.alarm = alarm;
  }

  /** Resets after a readable frame or a new connection. */
  read(): void {
    this.inARow = 0;
    this.told = false;
  }

  /** @param at monotonic ms */
  unreadable(at: number, reason: string): void {
    if (this.inARow === 0) this.since = at;
    this.inARow += 1;
    const enough = this.inARow >= manyInARow || (this.inARow >= fewInARow && at - this.since >= fewSpanMs);
    if (!enough || this.told) return;
    this.told = true;
    this.alarm({
      level: 'warning',
      code: 'nothing_readable',
      text: `Nothing of what the EA sends can be read. The last reason: ${reason}`,
      nextStep: 'Look at the unreadable frames, and whether the EA on the chart is one that this app knows.',
    });
  }
}
