import type { LinkState } from '../api/state/connectionHistory.ts';
import type { ChannelName } from '../api/state/state.ts';

export type ConnectionEvent =
  /** The desk has started. `aliveUntil`: when it was last known to run before, epoch ms; null: never. */
  | { kind: 'start'; aliveUntil: number | null }
  /** A channel is in this state since then, epoch ms. `drops`: connections lost since its last entry. */
  | { kind: 'state'; channel: ChannelName; state: Exclude<LinkState, 'off'>; since: number; drops: number };

export interface ConnectionRow {
  /** Epoch ms. */
  at: number;
  event: ConnectionEvent;
}
