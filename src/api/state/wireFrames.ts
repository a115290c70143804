import type { ChannelName } from './state.ts';

/** Frames of one answer at most; of each so many bytes; and of all together, so that no answer is a long task. */
export const wireLimits = { frames: 500, frameBytes: 2_048, answerBytes: 262_144 } as const;

export type WireDirection = 'in' | 'out';

/** A frame as it travelled, with as much of its content as a row shows. */
export interface WireFrame {
  /** Counts from 1 in the order of travel, without gaps; a bridge's own, from its start. */
  number: number;
  /** Epoch ms. */
  at: number;
  channel: ChannelName;
  direction: WireDirection;
  /** Bytes. */
  size: number;
  /** How it was read: the type that it names, `unreadable`, or `ack`. */
  kind: string;
  /** Why it can't be read, what a result says of its order, or what a command asks for. */
  note: string | null;
  /** Read as history (W16). */
  history: boolean;
  /** The order that it speaks of. */
  signalId: string | null;
  /** Its first bytes, at most {@link wireLimits}, as text (W13). */
  text: string;
  /** Those bytes in hexadecimal, where the text can't be turned back into them; else null. */
  bytes: string | null;
  /** There is more of it than `text`. */
  cut: boolean;
}

export interface WirePage {
  /** When this log began, epoch ms: in another one the numbers begin anew. */
  began: number;
  /** In the order of travel. */
  frames: WireFrame[];
  /** Frames between the one that was asked from and the first here, which are no longer kept. */
  dropped: number;
  /** The number of the last frame that travelled; 0 before the first. */
  newest: number;
}

/** A frame in full. */
export interface WholeFrame {
  text: string;
  bytes: string | null;
  /** It was too large to be kept in full. */
  cut: boolean;
}
