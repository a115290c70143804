import type { EaLine, ProofLayer, UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { BridgeState, ChannelName } from '../../api/state/state.ts';

/** A connection to a port that was no EA of the right kind. */
export interface ConnectionAttempt {
  kind: UnexpectedPeerKind;
  /** Epoch ms. */
  at: number;
}

/** Outcome of the last ping that was requested. */
export type PingOutcome = { state: 'none' | 'waiting' } | { state: 'answered'; ms: number } | { state: 'silent' };

/** Facts for judging the layers. */
export interface ProofFacts {
  bridge: BridgeState;
  /** The last attempt on each channel since its peer joined. */
  attempts: Record<ChannelName, ConnectionAttempt | null>;
  /** A peer that was refused because its address is not allowed. */
  notAllowed: { channel: ChannelName; address: string; at: number } | null;
  ping: PingOutcome;
  /** Whether the EA has answered any ping since it connected. */
  answersPings: boolean;
  /** The round trip last requested by a person since the start. */
  order: Order | null;
  /** Epoch ms. */
  now: number;
}

/** Judgement of a layer, without its name. */
export type Judgement = Omit<ProofLayer, 'name'>;

export type JudgeLayer = (facts: ProofFacts) => Judgement;

export const ok = (text: string): Judgement => ({ state: 'ok', text, causes: [], fix: null });

export const waiting = (text: string): Judgement => ({ state: 'waiting', text, causes: [], fix: null });

export const notReported = (text: string, fix: string | null = null): Judgement => ({
  state: 'not_reported',
  text,
  causes: [],
  fix,
});

export const skipped = (text: string): Judgement => ({ state: 'skipped', text, causes: [], fix: null });

export const failed = (text: string, causes: string[], fix: string): Judgement => ({
  state: 'failed',
  text,
  causes,
  fix,
});

export function isConnected({ channels }: BridgeState, channel: ChannelName): boolean {
  const { state } = channels[channel];
  return state === 'connected' || state === 'live' || state === 'quiet';
}

/** The channels that have a socket of their own. */
export function ownSockets({ endpoints }: BridgeState): ChannelName[] {
  return endpoints.feedback === endpoints.telemetry ? ['command', 'telemetry'] : ['command', 'telemetry', 'feedback'];
}

/** Lines of v7's source with this app's ports. */
export function eaLines(bridge: BridgeState): EaLine[] {
  const defines = { command: 'BACKEND_ENDPOINT', telemetry: 'HEARTBEAT_ENDPOINT', feedback: null } as const;
  return ownSockets(bridge).map((channel) => ({
    channel,
    define: defines[channel],
    endpoint: bridge.endpoints[channel],
  }));
}

/** Name of the EA's line for a channel, for a sentence. */
export function lineName(channel: ChannelName): string {
  switch (channel) {
    case 'command':
      return 'BACKEND_ENDPOINT';
    case 'telemetry':
      return 'HEARTBEAT_ENDPOINT';
    case 'feedback':
      return 'the address for feedback';
  }
}

/** Age as the rest of a sentence. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  if (seconds < 100) return `${String(seconds)} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${String(minutes)} min ago` : `${String(Math.round(minutes / 60))} h ago`;
}
