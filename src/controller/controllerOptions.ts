import type { Settings } from '../api/settings/appSettings.ts';
import type { AppState } from '../api/state/state.ts';
import type { LogError } from '../base/guard.ts';
import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { KillMark } from './ports/killMark.ts';
import type { EngineStore, FeedStore, Publication, RandomBytes, Sha256 } from './ports/stores.ts';

/** The ports of the core, and what it starts with. */
export interface ControllerOptions {
  clock: Clock;
  random: RandomBytes;
  sha256: Sha256;
  journal: Journal;
  /** IDs of the bridges that are going to be added: their orders are no orphans while they aren't there yet. */
  bridges?: readonly string[];
  app: Omit<AppState['app'], 'paperFault'>;
  settings: Settings;
  engines: EngineStore;
  feeds: FeedStore;
  publication: Publication;
  /** Left out: the journal alone keeps the kill switch. */
  killMark?: KillMark;
  /** S11. Left out: one; benches alone raise it. */
  mostUnanswered?: number;
  /** One sentence for the log. */
  logError: LogError;
}
