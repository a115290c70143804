import type { ChannelName } from './state.ts';

/**
 * Who came to a port and is no EA as the port wants one: it spoke something else than ZeroMQ (a browser, for example), said
 * nothing, left without a word, has a socket of a type that doesn't fit, or is a SUB that subscribes to nothing.
 */
export type UnexpectedPeerKind = 'not_zeromq' | 'silent' | 'left' | 'wrong_type' | 'no_subscription';

/** In the order in which they are judged: what comes after a failed one can't be. */
export const proofLayerNames = [
  'ports',
  'reached',
  'zeromq',
  'telemetry',
  'ping',
  'account',
  'trading',
  'order',
] as const;
export type ProofLayerName = (typeof proofLayerNames)[number];

/**
 * `ok`: proved · `failed`: what is wrong is known, with its fix · `waiting`: not decided yet · `not_reported`: this EA doesn't
 * tell, which stops nothing · `skipped`: a layer before it has to hold first, or it was not asked for.
 */
export type ProofState = 'ok' | 'failed' | 'waiting' | 'not_reported' | 'skipped';

export interface ProofLayer {
  name: ProofLayerName;
  state: ProofState;
  /** One sentence. */
  text: string;
  /** Likely ones, the likeliest first; empty unless something is wrong. */
  causes: string[];
  fix: string | null;
}

/** A line that must stand in the EA. */
export interface EaLine {
  channel: ChannelName;
  /** As v7 calls it; null: v7 has no such line. */
  define: string | null;
  endpoint: string;
}

export interface ConnectionCheckResult {
  bridge: string;
  /** Epoch ms. */
  at: number;
  /** `failed` and `waiting` name the first layer that is so. */
  verdict: 'ok' | 'failed' | 'waiting';
  layers: ProofLayer[];
  lines: EaLine[];
}

/** An address of this machine, for an EA on another one. */
export interface MachineAddress {
  /** As the system calls it, such as `eth0`. */
  network: string;
  address: string;
}

/** What the call `verify` answers. */
export interface ConnectionReport extends ConnectionCheckResult {
  addresses: MachineAddress[];
  /** Null: the ports are open to this machine alone; else the IP address that they are bound to. */
  openTo: string | null;
}
