import type { Alarm, ChannelName, Order } from '../api/state.ts';
import type { Undo } from '../api/transport.ts';

/** ARCHITECTURE rule 7: time as a port. All in milliseconds. */
export interface Clock {
  /** Epoch time, for what a person reads. It can jump. */
  now(): number;
  /** Never goes back: for ages and time limits. */
  monotonic(): number;
  after(ms: number, action: () => void): Undo;
  every(ms: number, action: () => void): Undo;
}

export interface LinkListener {
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback'): void;
  peerJoined(channel: ChannelName, address: string): void;
  peerLeft(channel: ChannelName): void;
  /** ZAP turned a peer away: the places are taken, or its address is not allowed (S3). */
  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void;
  /** Somebody connected who is no EA. `detail` is the rest of a sentence that begins with the port. */
  stranger(channel: ChannelName, detail: string): void;
}

/** The EA's sockets of one bridge. */
export interface Link {
  /** Feedback shares telemetry's endpoint unless it has a socket of its own. */
  readonly endpoints: Readonly<Record<ChannelName, string>>;
  /** Starts the receive loops. Called once. */
  start(listener: LinkListener): void;
  /** False: no EA took it, and nothing is queued (S2). True: queued in the socket, not proved to be delivered (S1). */
  send(text: string): Promise<boolean>;
  close(): Promise<void>;
}

/** One row of the append-only journal. */
export type JournalEntry =
  | { type: 'order'; order: Order }
  | { type: 'feedback'; bridge: string; order: number | null; signalId: string; frame: Uint8Array; history: boolean }
  | { type: 'history_frame'; bridge: string; frame: Uint8Array }
  | { type: 'armed'; bridge: string; armed: boolean }
  | { type: 'alarm'; alarm: Alarm };

/** What has been appended is durable when `append` returns; it throws when it can't be made so. */
export interface Journal {
  append(at: number, entry: JournalEntry): void;
}

/** Cryptographic random bytes. */
export type RandomBytes = (count: number) => Uint8Array;
