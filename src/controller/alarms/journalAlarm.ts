import { tradingAlarms } from './tradingAlarms.ts';
import type { AlarmText } from './alarm.ts';

/** Alarms once when what happens can't be written down, and once when it can again. */
export class JournalAlarm {
  private readonly alarm: (alarm: AlarmText) => void;
  private told: string | null = null;

  constructor(alarm: (alarm: AlarmText) => void) {
    this.alarm = alarm;
  }

  /** @param failure why nothing can be written; null: it can */
  look(failure: string | null): void {
    if (failure === this.told) return;
    this.told = failure;
    this.alarm(failure === null ? tradingAlarms.journalRecovered() : tradingAlarms.journalFailed(failure));
  }
}
