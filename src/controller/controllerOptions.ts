import type { Settings } from '../api/settings/appSettings.ts';
import type { AppState } from '../api/state/state.ts';
import type { LogError } from '../base/guard.ts';
import type { Clock } from './ports/clock.ts';
import type { EpochCount } from './ports/epoch.ts';
import type { Journal } from './ports/journal.ts';
import type { KillMark } from './ports/killMark.ts';
import type { EngineStore, FeedStore, Publication, RandomBytes, Sha256 } from './ports/stores.ts';

/** Ports and initial state of the core. */
export interface ControllerOptions {
  clock: Clock;
  random: RandomBytes;
  sha256: Sha256;
  journal: Journal;
  /** IDs of bridges still to be added: their orders are no orphans meanwhile. */
  bridges?: readonly string[];
  app: Omit<AppState['app'], 'paperFault'>;
  settings: Settings;
  engines: EngineStore;
  feeds: FeedStore;
  publication: Publication;
  /** Left out: only the journal keeps the kill switch. */
  killMark?: KillMark;
  /** Count of starts (N1). Left out: 1, kept nowhere. */
  epoch?: EpochCount;
  /** S11: most unanswered buys and sells at a time. Left out: one; only benches raise it. */
  mostUnanswered?: number;
  /** Logs one sentence about a bug. */
  logError: LogError;
}
