import type { KillSwitchState } from '../../api/state/state.ts';

/** Storage of the kill switch besides the journal. */
export interface KillMark {
  /**
   * Kill switch as stored at the start. On when the mark is unreadable or the folder is a copy; null: off.
   */
  readonly found: KillSwitchState | null;
  /** Durable when it returns. @throws Error */
  write(state: KillSwitchState | null): void;
}
