import type { ChannelName } from './state.ts';

/** `up`: an EA was connected · `quiet`: connected, but not heard from · `down`: it had left · `waiting`: none had come · `off`: the desk did not run. */
export type LinkState = 'up' | 'quiet' | 'down' | 'waiting' | 'off';

/** A stretch of time in one state, epoch ms. */
export interface LinkSpan {
  state: LinkState;
  from: number;
  to: number;
  /** Connections that were lost in it; more than its end tells where the EA came and went quickly. */
  drops: number;
}

/** How one bridge was connected over the last 24 hours. What is not covered by a span was not recorded. */
export interface ConnectionHistory {
  from: number;
  to: number;
  channels: Record<ChannelName, LinkSpan[]>;
}
