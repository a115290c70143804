import type { ChannelName } from './state.ts';

/** Most frames of one answer, most bytes of each, and most bytes of all together, so that no answer is a long task. */
export const wireLimits = { frames: 500, frameBytes: 2_048, answerBytes: 262_144 } as const;

export type WireDirection = 'in' | 'out';

/** A frame byte for byte, with as much of its content as a row shows. */
export interface WireFrame {
  /** Counts from 1 in the order of travel, without gaps; a bridge's own, from its start. */
  number: number;
  /** Epoch ms. */
  at: number;
  channel: ChannelName;
  direction: WireDirection;
  /** Length in bytes. */
  size: number;
  /** Type in the frame, or `unreadable`, or `ack`. */
  kind: string;
  /** Why it is unreadable, the outcome that a result reports, or the action of a command; null: nothing to add. */
  note: string | null;
  /** Read in the backlog (W16). */
  history: boolean;
  /** The order that it names; null: none. */
  signalId: string | null;
  /** Its first bytes, at most {@link wireLimits}, as text (W13). */
  text: string;
  /** The same bytes in hexadecimal, where the text can't be encoded back to them; else null. */
  bytes: string | null;
  /** Whether the frame goes on behind `text`. */
  cut: boolean;
}

export interface WirePage {
  /** Start of this log, epoch ms; a new log begins with number 1. */
  began: number;
  /** In the order of travel. */
  frames: WireFrame[];
  /** Frames between the requested number and the first frame here that are no longer kept. */
  dropped: number;
  /** Number of the newest frame; 0: none yet. */
  newest: number;
}

/** A frame in full. */
export interface WholeFrame {
  text: string;
  bytes: string | null;
  /** Whether it was too large to be kept in full. */
  cut: boolean;
}
