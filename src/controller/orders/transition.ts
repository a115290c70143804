import { isClose } from '../../domain/tradeTerms.ts';
import { tradedDiffers, type Order } from '../../domain/orders/order.ts';
import type { Success } from '../../protocol/ea/executionReport.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import type { Interest } from './interest.ts';

/** What the reconciliation with positions does about an order. */
export type PositionStep =
  | { type: 'doubted' }
  /** It has opened a position. @property proved by the last report of positions, which counts it */
  | { type: 'filled'; proved: boolean }
  | { type: 'follow'; interest: Interest }
  /** That nothing happens proves nothing any more. */
  | { type: 'unclear' }
  | { type: 'close_reported'; words: string }
  | { type: 'close_ended' };

/** What an order has become, and what follows from that. */
export interface Transition {
  /** The same object where nothing has changed. */
  order: Order;
  /** `with_repeats`: with the next count of repeated reports. */
  write: 'now' | 'with_repeats' | 'never';
  /** The time until it is `timed_out`. */
  timer: 'keep' | 'stop' | 'restart';
  /** `counted`: by the report of positions that proved it. Null: it stays as it is. */
  settledAt: 'now' | 'counted' | null;
  /** In this order. */
  positions: readonly PositionStep[];
  alarms: readonly AlarmText[];
  /** Whether the EA has said something of it for the first time. */
  answers: boolean;
}

const nothing = { timer: 'keep', settledAt: null, positions: [], alarms: [], answers: false } as const;

export function transitionTo(order: Order, what: Partial<Omit<Transition, 'order'>> = {}): Transition {
  return { ...nothing, write: 'now', ...what, order };
}

export function unchanged(order: Order, what: Partial<Omit<Transition, 'order' | 'write'>> = {}): Transition {
  return { ...nothing, ...what, order, write: 'never' };
}

/**
 * Settled, or answered without being so.
 * @param success what the EA said, where it reports a fill
 */
export function settled(
  order: Order,
  { success = null, settledAt = 'now', positions = [], answers = false }: Settled = {},
): Transition {
  return {
    order,
    write: 'now',
    timer: 'stop',
    settledAt,
    positions: [...settledSteps(order), ...positions],
    alarms: settledAlarms(order, success),
    answers,
  };
}

type Settled = Partial<Pick<Transition, 'settledAt' | 'positions' | 'answers'>> & { success?: Success | null };

function settledSteps(order: Order): PositionStep[] {
  if (order.state === 'unknown') return [{ type: 'doubted' }];
  if (order.state === 'filled' && !isClose(order.action)) return [{ type: 'filled', proved: isAgreed(order) }];
  return order.state === 'rejected' && !order.assumed ? [{ type: 'follow', interest: 'certain' }] : [];
}

function settledAlarms(order: Order, success: Success | null): AlarmText[] {
  const alarms: AlarmText[] = [];
  const close = isClose(order.action);
  if (order.state === 'unknown') alarms.push(feedbackAlarms.doubtful(order));
  else if (order.assumed && order.late && !close) alarms.push(feedbackAlarms.inferred(order));
  else if (order.late && order.settledBy === null) alarms.push(feedbackAlarms.late(order));
  if (order.assumed && close) alarms.push(feedbackAlarms.notClosed(order));
  if (order.state !== 'filled') return alarms;
  alarms.push(...lotAlarms(order));
  if (success?.partial === true && order.tradedLot === null) alarms.push(feedbackAlarms.partFilled(order));
  if (order.unverified && order.settledBy === null && !close) alarms.push(feedbackAlarms.unverified(order));
  return alarms;
}

/** A fill of fewer or more lots than were asked for is a fill of those. */
export function lotAlarms(order: Order): AlarmText[] {
  return !isClose(order.action) && tradedDiffers(order) ? [feedbackAlarms.otherLots(order)] : [];
}

/** Whether positions alone prove a fill. */
export function isAgreed({ ticket, price, unverified, settledBy }: Order): boolean {
  return ticket === null && price === null && !unverified && settledBy === null;
}
