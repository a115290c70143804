import type { ChannelName, SecondPeer } from '../api/state.ts';
import { refusals, staleTelemetryMs, type Refusal } from '../protocol/refusal.ts';

/** What is known of a bridge when an order is about to leave it. */
export interface BridgeFacts {
  endpoints: Readonly<Record<ChannelName, string>>;
  /** Every channel has its peer. */
  commandConnected: boolean;
  feedbackConnected: boolean;
  secondPeer: SecondPeer | null;
  armed: boolean;
  stream: 'idle' | 'history' | 'current';
  figuresAgeMs: number | null;
  /** The order that the EA has not been seen to get past (S11). */
  unanswered: string | null;
}

/** The first reason why a buy or sell must not leave now (ARCHITECTURE rule 3), or null. */
export function findObstacle(facts: BridgeFacts): Refusal | null {
  if (facts.secondPeer !== null) return refusals.secondEa(facts.secondPeer.address);
  const connection = findConnectionObstacle(facts);
  if (connection !== null) return connection;
  if (!facts.armed) return refusals.disarmed();
  if (facts.stream === 'history') return refusals.catchingUp();
  if (facts.figuresAgeMs === null || facts.figuresAgeMs > staleTelemetryMs)
    return refusals.staleTelemetry(facts.figuresAgeMs);
  if (facts.unanswered !== null) return refusals.busy(facts.unanswered);
  return null;
}

/** What stops a close as well: nobody there to take it, or nobody to say what became of it. */
export function findConnectionObstacle(facts: BridgeFacts): Refusal | null {
  if (!facts.commandConnected) return refusals.noEa('command', facts.endpoints.command);
  if (!facts.feedbackConnected) return refusals.noEa('feedback', facts.endpoints.feedback);
  return null;
}
