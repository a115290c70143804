import type { LogError } from '../../base/guard.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomBytes } from '../ports/stores.ts';
import type { JournalWriter } from './journalWriter.ts';

/** Clock, random bytes, journal writer and log: used by most classes of a bridge. */
export interface Platform {
  clock: Clock;
  random: RandomBytes;
  /** Writer of the bridge's journal. */
  journalWriter: JournalWriter;
  /** Logs one sentence about a bug. */
  logError: LogError;
}
