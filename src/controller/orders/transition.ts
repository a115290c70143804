import { isEntry } from '../../domain/tradeTerms.ts';
import { tradedDiffers, type Order } from '../../domain/orders/order.ts';
import type { Success } from '../../protocol/ea/executionReport.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import type { Interest } from './interest.ts';

/** Instruction to the position reconciler about an order. */
export type PositionStep =
  | { type: 'doubted' }
  /** The order opened a position. @property proved the last report of positions proved it and counts it */
  | { type: 'filled'; proved: boolean }
  | { type: 'follow'; interest: Interest }
  /** Unchanged positions prove nothing any more. */
  | { type: 'unclear' }
  | { type: 'close_reported'; words: string }
  | { type: 'close_ended' }
  /** A change of one position has an outcome. @property done false: nothing was changed */
  | { type: 'change_ended'; done: boolean };

/** An order's new state and the consequences. */
export interface Transition {
  /** The same object if nothing changed. */
  order: Order;
  /** `with_repeats`: with the next count of repeated reports. */
  write: 'now' | 'with_repeats' | 'never';
  /** The timer until the event `timed_out`. */
  timer: 'keep' | 'stop' | 'restart';
  /** Time of the outcome. `counted`: that of the report of positions that proved it. Null: unchanged. */
  settledAt: 'now' | 'counted' | null;
  /** In the order of execution. */
  positions: readonly PositionStep[];
  alarms: readonly AlarmText[];
  /** Whether this is the EA's first report of the order. */
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
 * An order with an outcome, or with an answer but no outcome.
 * @param success the EA's report of a fill; null: none
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
  if (order.state === 'filled' && isEntry(order.action)) return [{ type: 'filled', proved: isAgreed(order) }];
  return order.state === 'rejected' && !order.assumed ? [{ type: 'follow', interest: 'certain' }] : [];
}

function settledAlarms(order: Order, success: Success | null): AlarmText[] {
  const alarms: AlarmText[] = [];
  const close = !isEntry(order.action);
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

/** Alarms of a fill with other lots than asked for; it counts as a fill of the reported lots. */
export function lotAlarms(order: Order): AlarmText[] {
  const hasLots = isEntry(order.action) || order.action === 'close_position';
  // A part of a pending order can fill before the rest does.
  return hasLots && (order.entry ?? null) === null && tradedDiffers(order) ? [feedbackAlarms.otherLots(order)] : [];
}

/** A pending order that a deal has filled, or that is gone. @param isFirst the first deal opens the position */
export function ended(order: Order, isFirst: boolean): Transition {
  const opens = isFirst && order.state === 'filled';
  return transitionTo(order, {
    settledAt: 'now',
    positions: opens ? [{ type: 'filled', proved: false }] : [],
  });
}

/** Whether positions alone prove the fill. */
export function isAgreed({ ticket, price, unverified, settledBy }: Order): boolean {
  return ticket === null && price === null && !unverified && settledBy === null;
}
