import { EntryFault, type EntryPoint, type LogError } from '../../base/guard.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';

/** Faults of one entry point that are logged per span (ms); further ones are only counted. */
const logged = { faults: 5, spanMs: 60_000 };

interface FaultCount {
  total: number;
  since: number;
  inSpan: number;
}

export interface FaultLogParts {
  log: LogError;
  /** Monotonic ms. */
  now: () => number;
}

/** Counts faults by entry point and limits how many are logged, so that a repeated one from outside floods nothing. */
export class FaultLog {
  private readonly parts: FaultLogParts;
  private readonly counts = new Map<EntryPoint, FaultCount>();
  private alarm: ((alarm: AlarmText) => void) | null = null;

  constructor(parts: FaultLogParts) {
    this.parts = parts;
  }

  /** From now on faults also raise alarms. */
  tellBy(alarm: (alarm: AlarmText) => void): void {
    this.alarm = alarm;
  }

  /** Anything but an {@link EntryFault} goes into the log as it is. */
  readonly take: LogError = (sentence, error) => {
    if (!(error instanceof EntryFault)) {
      this.parts.log(sentence, error);
      return;
    }
    const { total, inSpan } = this.count(error.entry);
    if (inSpan <= logged.faults) this.parts.log(`${sentence} (${String(total)} so far)`, error);
    this.alarm?.(faultAlarm(sentence));
  };

  /** Faults of an entry point since the start. */
  total(entry: EntryPoint): number {
    return this.counts.get(entry)?.total ?? 0;
  }

  private count(entry: EntryPoint): FaultCount {
    const now = this.parts.now();
    const known = this.counts.get(entry) ?? { total: 0, since: now, inSpan: 0 };
    const fresh = now - known.since >= logged.spanMs;
    const count = { total: known.total + 1, since: fresh ? now : known.since, inSpan: fresh ? 1 : known.inSpan + 1 };
    this.counts.set(entry, count);
    return count;
  }
}

function faultAlarm(sentence: string): AlarmText {
  return {
    level: 'warning',
    code: 'internal_fault',
    text: sentence,
    nextStep:
      'Look whether orders and positions are as you expect. The log in the data folder says what went wrong: report it.',
  };
}
