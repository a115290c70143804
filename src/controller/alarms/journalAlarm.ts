import { tradingAlarms } from './tradingAlarms.ts';
import type { AlarmText } from './alarm.ts';

/** Raises one alarm when the journal can't be written, and one when it can again. */
export class JournalAlarm {
  private readonly alarm: (alarm: AlarmText) => void;
  private told: string | null = null;

  constructor(alarm: (alarm: AlarmText) => void) {
    this.alarm = alarm;
  }

  /** @param failure reason of the failed write; null: none */
  look(failure: string | null): void {
    if (failure === this.told) return;
    this.told = failure;
    this.alarm(failure === null ? tradingAlarms.journalRecovered() : tradingAlarms.journalFailed(failure));
  }
}
