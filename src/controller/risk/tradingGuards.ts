import { type AccountProblem, type ChannelName, type SecondPeer, stopsTrading } from '../../api/state/state.ts';
import { type Refusal, staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { PositionMode, StopUnit } from '../../domain/tradeTerms.ts';

/** Whether an EA is there, and how fresh what it tells is. */
export interface ConnectionFacts {
  endpoints: Readonly<Record<ChannelName, string>>;
  /** Every channel has its peer. */
  commandConnected: boolean;
  feedbackConnected: boolean;
  secondPeer: SecondPeer | null;
  /** The EA that tells its account is the one that commands go to, as far as can be told. */
  commandProved: boolean;
  stream: 'idle' | 'history' | 'current';
  figuresAgeMs: number | null;
  /** Since anything came that the EA sends by its quotes (W15). */
  quotesAgeMs: number | null;
}

/** What is known of a bridge when an order is about to leave it. */
export interface BridgeFacts extends ConnectionFacts {
  killed: boolean;
  armed: boolean;
  account: AccountProblem | null;
  stopUnit: StopUnit | null;
  positionMode: PositionMode | null;
  journalFailure: string | null;
  /** The order that the EA has not been seen to get past (S11). */
  unanswered: string | null;
}

/** The first reason why a buy or sell must not leave now (ARCHITECTURE rule 3), or null. */
export function tradingRefusal(facts: BridgeFacts): Refusal | null {
  const { account, figuresAgeMs, quotesAgeMs } = facts;
  if (facts.killed) return refusals.killSwitch();
  if (facts.secondPeer !== null && stopsTrading(facts.secondPeer)) return refusals.secondEa(facts.secondPeer.address);
  const connection = connectionRefusal(facts);
  if (connection !== null) return connection;
  if (account?.kind === 'changed') return refusals.accountChanged(account.known, account.now);
  if (account?.kind === 'not_logged_in') return refusals.notLoggedIn();
  if (!facts.armed) return refusals.disarmed();
  if (facts.stopUnit === null) return refusals.stopUnitUnset();
  if (facts.positionMode === null) return refusals.positionModeUnset();
  if (facts.stream === 'history') return refusals.catchingUp();
  if (!facts.commandProved) return refusals.commandUnproved(facts.endpoints.command);
  if (figuresAgeMs === null || figuresAgeMs > staleTelemetryMs) return refusals.staleTelemetry(figuresAgeMs);
  if (quotesAgeMs !== null && quotesAgeMs > staleTelemetryMs) return refusals.noQuotes(quotesAgeMs);
  if (account?.kind === 'unnamed') return refusals.accountUnnamed();
  if (facts.journalFailure !== null) return refusals.journalFailed(facts.journalFailure);
  if (facts.unanswered !== null) return refusals.busy(facts.unanswered);
  return null;
}

/** What stops a close as well: nobody there to take it, or nobody to say what became of it. */
export function connectionRefusal(facts: ConnectionFacts): Refusal | null {
  if (!facts.commandConnected) return refusals.noEa('command', facts.endpoints.command);
  if (!facts.feedbackConnected) return refusals.noEa('feedback', facts.endpoints.feedback);
  return null;
}
