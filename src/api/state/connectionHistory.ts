import type { ChannelName } from './state.ts';

/**
 * `up`: an EA was connected · `quiet`: connected, without a sign of life · `down`: it had left · `waiting`: none had
 * come · `off`: the desk did not run.
 */
export type LinkState = 'up' | 'quiet' | 'down' | 'waiting' | 'off';

/** A stretch of time in one state, epoch ms. */
export interface LinkSpan {
  state: LinkState;
  from: number;
  to: number;
  /** Connections lost within the span; several where the EA came and went quickly. */
  drops: number;
}

/** Connections of one bridge over the last 24 hours. Time outside of every span was not recorded. */
export interface ConnectionHistory {
  from: number;
  to: number;
  channels: Record<ChannelName, LinkSpan[]>;
}
