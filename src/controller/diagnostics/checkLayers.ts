import type { EaLine, ProofLayer, UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { BridgeState, ChannelName } from '../../api/state/state.ts';

/** Somebody who came to a port and was no EA that fits it. */
export interface ConnectionAttempt {
  kind: UnexpectedPeerKind;
  /** Epoch ms. */
  at: number;
}

/** What became of the last ping that was asked for. */
export type PingOutcome = { state: 'none' | 'waiting' } | { state: 'answered'; ms: number } | { state: 'silent' };

/** What the layers are judged from. */
export interface ProofFacts {
  bridge: BridgeState;
  /** The last on each channel since its peer last joined. */
  attempts: Record<ChannelName, ConnectionAttempt | null>;
  /** A peer whose address is not among the allowed ones. */
  notAllowed: { channel: ChannelName; address: string; at: number } | null;
  ping: PingOutcome;
  /** Whether the EA has answered any ping since it connected. */
  answersPings: boolean;
  /** The round trip that a person last asked for since the start. */
  order: Order | null;
  /** Epoch ms. */
  now: number;
}

/** How a layer was judged; its name is added. */
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

/** The lines of v7 that name this app's ports. */
export function eaLines(bridge: BridgeState): EaLine[] {
  const defines = { command: 'BACKEND_ENDPOINT', telemetry: 'HEARTBEAT_ENDPOINT', feedback: null } as const;
  return ownSockets(bridge).map((channel) => ({
    channel,
    define: defines[channel],
    endpoint: bridge.endpoints[channel],
  }));
}

/** As a sentence calls the line that is wrong. */
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

/** The rest of a sentence: how long ago. */
export function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  if (seconds < 100) return `${String(seconds)} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${String(minutes)} min ago` : `${String(Math.round(minutes / 60))} h ago`;
}
