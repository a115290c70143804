import type { AlarmText } from '../alarms/alarm.ts';

/** An EA of which nothing can be read: so many frames in a row, or fewer over so many ms. */
const manyInARow = 10;
const fewInARow = 3;
const fewSpanMs = 10_000;

/** Notices that nothing of what an EA sends can be read: then it is as good as absent, whatever the lamps say. */
export class Readability {
  private readonly alarm: (text: AlarmText) => void;
  private inARow = 0;
  /** When the first of them came, monotonic ms. */
  private since = 0;
  private told = false;

  constructor(alarm: (text: AlarmText) => void) {
    this.alarm = alarm;
  }

  /** A frame was read, or another EA is behind the next ones. */
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
