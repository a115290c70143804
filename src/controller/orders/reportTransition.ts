import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import type { Order } from '../../domain/orders/order.ts';
import { sameReport, type ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import { awaitPositions, failClose } from './closeChanges.ts';
import { answerTrade, completeFill, doubtFill, reportOf, saidBefore, settleChange } from './orderChanges.ts';
import type { Interest } from './interest.ts';
import { isAgreed, lotAlarms, settled, transitionTo, type PositionStep, type Transition } from './transition.ts';

/** The account's positions when an EA reports. */
export interface PositionFacts {
  /** The EA reports its positions. */
  told: boolean;
  /** There are more positions than possible without this order. */
  risen: boolean;
  /** Number of positions with fills not in a report yet; null: not reported. */
  known: number | null;
}

interface Reported {
  report: ExecutionReport;
  roundTripMs: number;
  positions: PositionFacts;
  resent: boolean;
}

/** Applies an EA's report to an order: the first one, a completing one, a repeat or a contradiction. */
export function reported(order: Order, event: Reported): Transition {
  const { report, roundTripMs, resent } = event;
  const known = reportOf(order);
  if (known === null) return saidBefore(order, report) ? repeated(order, resent) : first(order, event);
  const completed = completeFill(order, report);
  if (completed !== null) return transitionTo(completed, { alarms: lotAlarms(completed) });
  if (isUnproved(order) && report.state !== 'filled') return settled(doubtFill(order, report.text));
  // Only telemetry proves a close.
  if (order.assumed && report.state === 'filled' && report.ticket !== null && isEntry(order.action)) {
    const facts = { roundTripMs, positionsTold: event.positions.told, risen: event.positions.risen };
    return settled({ ...answerTrade(order, report, facts), late: true });
  }
  if (sameReport(known, report) || (order.assumed && report.state !== 'filled')) return repeated(order, resent);
  const contradicted = { ...order, repeats: order.repeats + 1, contradicted: true };
  const alarms = [feedbackAlarms.contradicted(order, report)];
  return transitionTo(contradicted, { write: order.contradicted ? 'with_repeats' : 'now', alarms });
}

function repeated(order: Order, resent: boolean): Transition {
  const counted = { ...order, repeats: order.repeats + 1 };
  return transitionTo(counted, { write: 'with_repeats', alarms: resent ? [] : [feedbackAlarms.repeated(order)] });
}

/** Applies the first report of an order. */
function first(order: Order, { report, roundTripMs, positions }: Reported): Transition {
  if (isChange(order.action)) {
    return settled(settleChange(order, report, roundTripMs), { answers: true });
  }
  if (isEntry(order.action)) {
    const answered = answerTrade(order, report, {
      roundTripMs,
      positionsTold: positions.told,
      risen: positions.risen,
    });
    return settled(answered, {
      success: report.state === 'filled' ? report : null,
      // Settled at the time of the report of positions that proved it.
      settledAt: answered.state === 'filled' && isAgreed(answered) ? 'counted' : 'now',
      positions: watchSteps(answered, report),
      answers: true,
    });
  }
  if (report.state === 'filled') {
    const awaiting = awaitPositions(order, report, roundTripMs);
    const words = awaiting.closeReported ?? '';
    return transitionTo(awaiting, { timer: 'restart', positions: [{ type: 'close_reported', words }], answers: true });
  }
  const failed = settled(failClose(order, report, roundTripMs, positions.known), { answers: true });
  return { ...failed, positions: [{ type: 'close_ended' }, ...failed.positions] };
}

function watchSteps(answered: Order, report: ExecutionReport): PositionStep[] {
  const interest = interestIn(answered, report);
  if (interest !== null) return [{ type: 'follow', interest }];
  return report.state === 'unknown' ? [{ type: 'unclear' }] : [];
}

/** Meaning of a later change of positions after this answer; null: none. */
function interestIn(order: Order, report: ExecutionReport): Interest | null {
  if (order.state === 'rejected') return order.assumed ? 'assumed' : null;
  if (order.state !== 'unknown') return null;
  if (order.doubt === 'unverified') return report.state === 'filled' ? 'unverified' : null;
  return report.state === 'unknown' && report.unread ? 'unread' : null;
}

/** Whether a fill lacks ticket and price from the EA. A person's finding in MT5 proves it. */
function isUnproved({ action, state, ticket, price, settledBy }: Order): boolean {
  return state === 'filled' && ticket === null && price === null && settledBy === null && isEntry(action);
}
