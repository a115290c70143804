import type { KillSwitchState } from '../../api/state/state.ts';

/** Where the kill switch is kept besides the journal. */
export interface KillMark {
  /** What it says at the start, or why the app must start with the switch on; null: it doesn't. */
  readonly found: KillSwitchState | null;
  /** Durable when it returns. @throws Error */
  write(state: KillSwitchState | null): void;
}
