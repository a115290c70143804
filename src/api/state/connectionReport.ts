import type { ChannelName } from './state.ts';

/**
 * Kinds of connections that are no EA of the right kind: not ZeroMQ (a browser, for example), silent, gone without a
 * word, a socket of the wrong type, or a SUB without a subscription.
 */
export type UnexpectedPeerKind = 'not_zeromq' | 'silent' | 'left' | 'wrong_type' | 'no_subscription';

/** Layers in the order of judgement; those after a failed one can't be judged. */
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
 * `ok`: proved · `failed`: with a known cause and fix · `waiting`: not decided yet · `not_reported`: this EA doesn't
 * report it, which stops nothing · `skipped`: an earlier layer has to hold first, or it was not requested.
 */
export type ProofState = 'ok' | 'failed' | 'waiting' | 'not_reported' | 'skipped';

export interface ProofLayer {
  name: ProofLayerName;
  state: ProofState;
  /** One sentence. */
  text: string;
  /** Likely causes, the likeliest first; empty unless something is wrong. */
  causes: string[];
  fix: string | null;
}

/** A line that the EA's source must have. */
export interface EaLine {
  channel: ChannelName;
  /** Name in v7's source; null: v7 has no such line. */
  define: string | null;
  endpoint: string;
}

export interface ConnectionCheckResult {
  bridge: string;
  /** Epoch ms. */
  at: number;
  /** `failed` and `waiting`: state of the first layer that is not `ok`. */
  verdict: 'ok' | 'failed' | 'waiting';
  layers: ProofLayer[];
  lines: EaLine[];
}

/** An address of this machine, for an EA on another one. */
export interface MachineAddress {
  /** Name of the network interface in the system, such as `eth0`. */
  network: string;
  address: string;
}

/** Result of the call `verify`. */
export interface ConnectionReport extends ConnectionCheckResult {
  addresses: MachineAddress[];
  /** Null: the ports are open to this machine alone; else the IP address that they are bound to. */
  openTo: string | null;
}
