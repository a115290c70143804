import { type ChannelName, type HelloProblem, type SecondPeer, stopsTrading } from '../../api/state/state.ts';
import type { AccountProblem } from '../../api/state/accountState.ts';
import { type Refusal, staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { PositionMode, StopUnit } from '../../domain/tradeTerms.ts';

/** Facts about the EA's connection and the age of its reports. */
export interface ConnectionFacts {
  endpoints: Readonly<Record<ChannelName, string>>;
  /** Every channel has a peer. */
  commandConnected: boolean;
  feedbackConnected: boolean;
  secondPeer: SecondPeer | null;
  /** Why the EA takes no entries of this desk (N1); null: it does. */
  helloProblem: HelloProblem | null;
  /** The EA takes closes alone, or has not confirmed what its switch was set to (N9). */
  isEaCloseOnly: boolean;
  /** Commands go to the EA that reports the account, as far as can be proved. */
  commandProved: boolean;
  stream: 'idle' | 'history' | 'current';
  figuresAgeMs: number | null;
  /** Age of the last message that the EA sends with its quotes (W15), ms. */
  quotesAgeMs: number | null;
}

/** Facts about a bridge when an order is about to be sent. */
export interface BridgeFacts extends ConnectionFacts {
  killed: boolean;
  armed: boolean;
  account: AccountProblem | null;
  stopUnit: StopUnit | null;
  positionMode: PositionMode | null;
  /** As the EA tells it; null: it does not. */
  toldPositionMode: PositionMode | null;
  journalFailure: string | null;
  /** The order that the EA's loop is not proved to have passed (S11); null: none. */
  unanswered: string | null;
}

/** The first reason why no buy or sell may be sent now (ARCHITECTURE rule 3); null: none. */
export function tradingRefusal(facts: BridgeFacts): Refusal | null {
  const { account, figuresAgeMs, quotesAgeMs } = facts;
  if (facts.killed) return refusals.killSwitch();
  if (facts.secondPeer !== null && stopsTrading(facts.secondPeer)) return refusals.secondEa(facts.secondPeer.address);
  const connection = connectionRefusal(facts);
  if (connection !== null) return connection;
  if (facts.helloProblem !== null) return helloRefusal(facts.helloProblem);
  if (facts.isEaCloseOnly) return refusals.eaCloseOnly();
  if (account?.kind === 'changed') return refusals.accountChanged(account.known, account.now);
  if (account?.kind === 'not_logged_in') return refusals.notLoggedIn();
  if (!facts.armed) return refusals.disarmed();
  if (facts.stopUnit === null) return refusals.stopUnitUnset();
  if (facts.positionMode === null) return refusals.positionModeUnset();
  const { positionMode, toldPositionMode } = facts;
  if (toldPositionMode !== null && toldPositionMode !== positionMode)
    return refusals.positionModeDiffers(positionMode, toldPositionMode);
  if (facts.stream === 'history') return refusals.catchingUp();
  if (!facts.commandProved) return refusals.commandUnproved(facts.endpoints.command);
  if (figuresAgeMs === null || figuresAgeMs > staleTelemetryMs) return refusals.staleTelemetry(figuresAgeMs);
  if (quotesAgeMs !== null && quotesAgeMs > staleTelemetryMs) return refusals.noQuotes(quotesAgeMs);
  if (account?.kind === 'unnamed') return refusals.accountUnnamed();
  if (facts.journalFailure !== null) return refusals.journalFailed(facts.journalFailure);
  if (facts.unanswered !== null) return refusals.busy(facts.unanswered);
  return null;
}

export function helloRefusal(problem: HelloProblem): Refusal {
  return problem.kind === 'epoch'
    ? refusals.otherDesk(problem.theirs, problem.ours)
    : refusals.otherProtocol(problem.protocol);
}

/** The first reason why not even a close may be sent: no EA to receive it, or none to report its outcome; null: none. */
export function connectionRefusal(facts: ConnectionFacts): Refusal | null {
  if (!facts.commandConnected) return refusals.noEa('command', facts.endpoints.command);
  if (!facts.feedbackConnected) return refusals.noEa('feedback', facts.endpoints.feedback);
  return null;
}
