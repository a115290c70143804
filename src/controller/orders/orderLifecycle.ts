import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import { isUnsettled, type Order, type Settlement } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import { breakOff, closed } from './closeChanges.ts';
import {
  agreedByPositions,
  doubt,
  doubtRejection,
  doubtUnwatched,
  inferRejection,
  neverSeen,
  refuse,
  settleByHand,
} from './orderChanges.ts';
import type { EntryDeal } from '../../domain/orders/pendingEntry.ts';
import { gone, withDeal } from './pendingChanges.ts';
import type { Interest } from './interest.ts';
import { reported, type PositionFacts } from './reportTransition.ts';
import { ended, settled, transitionTo, unchanged, type Transition } from './transition.ts';

/** Events of an order after it was written as sent. */
export type OrderEvent =
  /**
   * The EA's report. @property roundTripMs since the send @property resent S8: a result that was sent again, not a
   * contradiction
   */
  | { type: 'report'; report: ExecutionReport; roundTripMs: number; positions: PositionFacts; resent: boolean }
  /** W13: an unreadable frame names the order. */
  | { type: 'unreadable_report'; text: string }
  /** The time for an answer is over. @property remaining positions on the account; null: not reported */
  | { type: 'timed_out'; remaining: number | null }
  | { type: 'connection_lost' }
  /** The app ended while the order was on its way. */
  | { type: 'restarted' }
  /** A guard or the socket kept the order here after all. */
  | { type: 'not_sent'; refusal: Refusal }
  /** Telemetry agrees with a reported close. @property remaining positions on the account */
  | { type: 'close_agreed'; remaining: number }
  /** There are more positions than possible if the order was not traded. */
  | { type: 'positions_rose'; interest: Interest; before: number; now: number }
  /** Positions stayed unchanged after an unreadable error. */
  | { type: 'positions_quiet' }
  /** The app ended while the broker could still trade the order, and nobody has watched positions since. */
  | { type: 'unwatched' }
  /** N8: the EA's intact store has never seen the order, and the EA refuses it from now on. */
  | { type: 'never_seen' }
  /** N6: a deal has filled a pending order, or a part of it. */
  | { type: 'entry_deal'; deal: EntryDeal }
  /** The EA lists a pending order no more, and has told no deal of it. @property now epoch ms */
  | { type: 'delisted'; now: number }
  /** A pending order that counts as gone is in the EA's list again. */
  | { type: 'listed' }
  /** A person has looked in MT5. @property found null: nothing is there */
  | { type: 'settled_by_hand'; found: { ticket: string; price: number | null } | null; settledBy: Settlement };

/**
 * The order after an event, with all consequences (ARCHITECTURE rule 2). Pure. docs/order-lifecycle.md has the table
 * of all events and states, which a test compares with this function.
 */
export function transition(order: Order, event: OrderEvent): Transition {
  const next = applied(order, event);
  const isEnded = isChange(order.action) && isUnsettled(order) && !isUnsettled(next.order);
  if (!isEnded) return next;
  return { ...next, positions: [...next.positions, { type: 'change_ended', done: next.order.state === 'filled' }] };
}

function applied(order: Order, event: OrderEvent): Transition {
  switch (event.type) {
    case 'report':
      return reported(order, event);
    case 'unreadable_report':
      return unreadable(order, event.text);
    case 'timed_out':
      return timedOut(order, event.remaining);
    case 'connection_lost':
      return order.state === 'sent' ? doubted(order, doubt(order, 'connection_lost')) : unchanged(order);
    case 'restarted':
      return order.state === 'sent' ? doubted(order, doubt(order, 'restart')) : unchanged(order);
    case 'not_sent':
      return transitionTo(refuse(order, event.refusal), { timer: 'stop' });
    case 'close_agreed':
      return isUnsettled(order) && order.closeReported !== null
        ? settled(closed(order, event.remaining))
        : unchanged(order);
    case 'positions_rose':
      return rose(order, event);
    case 'positions_quiet':
      return quiet(order);
    case 'unwatched':
      return unwatched(order);
    case 'never_seen':
      return denied(order);
    case 'entry_deal':
      return dealt(order, event.deal);
    case 'delisted':
      return order.state === 'placed' ? ended(gone(order, event.now), false) : unchanged(order);
    case 'listed':
      return order.state === 'cancelled'
        ? transitionTo({ ...order, state: 'placed', message: null })
        : unchanged(order);
    case 'settled_by_hand':
      return order.state === 'unknown' ? settled(settleByHand(order, event.found, event.settledBy)) : unchanged(order);
  }
}

/** The time of a reported close goes on: telemetry may still agree. */
function doubted(before: Order, order: Order): Transition {
  const timer = before.closeReported === null ? 'stop' : 'keep';
  return transitionTo(order, { timer, alarms: [feedbackAlarms.doubtful(order)] });
}

function unreadable(order: Order, text: string): Transition {
  const broken = { ...order, brokenFeedback: text.slice(0, 512) };
  const write = order.brokenFeedback === null ? 'now' : 'with_repeats';
  return transitionTo(broken, { write, alarms: [feedbackAlarms.broken(broken)] });
}

/** No report in time, or no telemetry that agrees with a close. */
function timedOut(order: Order, remaining: number | null): Transition {
  if (order.closeReported === null) {
    return order.state === 'sent' ? doubted(order, doubt(order, 'no_feedback')) : unchanged(order);
  }
  const closeEnded = { timer: 'stop', positions: [{ type: 'close_ended' }] } as const;
  if (!isUnsettled(order)) return unchanged(order, closeEnded);
  const unknown = breakOff(order, remaining);
  return transitionTo(unknown, { ...closeEnded, alarms: [feedbackAlarms.doubtful(unknown)] });
}

function rose(
  order: Order,
  { interest, before, now }: { interest: Interest; before: number; now: number },
): Transition {
  if (interest === 'unverified' && order.doubt === 'unverified') {
    return settled(agreedByPositions(order), { settledAt: 'counted' });
  }
  if (order.state !== 'rejected' || !isEntry(order.action)) return unchanged(order);
  // Guards apply again: the order counts as open and blocks its symbol.
  const doubtful = order.assumed ? doubtRejection(order, before, now) : order;
  const alarms: AlarmText[] = [feedbackAlarms.roseAfterRejection(doubtful, before, now)];
  return order.assumed ? transitionTo(doubtful, { alarms }) : unchanged(order, { alarms });
}

function quiet(order: Order): Transition {
  if (order.doubt !== 'unclear_status' || !isEntry(order.action)) return unchanged(order);
  return settled(inferRejection(order), { positions: [{ type: 'follow', interest: 'inferred' }] });
}

/** An EA that has named the order before contradicts itself: that settles nothing. */
function denied(order: Order): Transition {
  if (order.state !== 'unknown') return unchanged(order);
  const { roundTripMs, closeReported, brokenFeedback } = order;
  const hasSpoken = roundTripMs !== null || closeReported !== null || brokenFeedback !== null;
  return hasSpoken ? unchanged(order, { alarms: [feedbackAlarms.denied(order)] }) : settled(neverSeen(order));
}

function dealt(order: Order, deal: EntryDeal): Transition {
  if ((order.entry ?? null) === null || order.state === 'rejected' || order.state === 'refused')
    return unchanged(order);
  const next = withDeal(order, deal);
  if (next === order) return unchanged(order);
  // One that is not known to be placed waits for the result that names it.
  return next.state === 'filled' ? ended(next, order.state !== 'filled') : transitionTo(next);
}

function unwatched(order: Order): Transition {
  if (order.state !== 'rejected' || !order.assumed || !isEntry(order.action)) return unchanged(order);
  const unknown = doubtUnwatched(order);
  return transitionTo(unknown, { alarms: [feedbackAlarms.doubtful(unknown)] });
}
