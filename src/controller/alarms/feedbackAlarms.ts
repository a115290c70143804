import type { Order } from '../../domain/orders/order.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import type { AlarmText } from './alarm.ts';

function describe(outcome: ExecutionReport): string {
  if (outcome.state !== 'filled') return `${outcome.state}: ${outcome.text}`;
  const { lot, price, ticket } = outcome;
  const parts = [
    ...(ticket === null ? [] : [`as ticket ${ticket}`]),
    ...(price === null ? [] : [`at ${String(price)}`]),
    ...(lot === null ? [] : [`with ${String(lot)} lots`]),
  ];
  return ['filled', ...parts].join(' ');
}

function lateStep({ action, state }: Order): string {
  if (state === 'placed') return 'It waits at the broker: cancel it if you do not want it any more.';
  if (isEntry(action)) {
    return state === 'filled' ? 'The position is open: look whether you still want it.' : 'Nothing was traded.';
  }
  if (state === 'filled') return 'Look at what is open now.';
  return isChange(action) ? 'Nothing was changed.' : 'Nothing was closed.';
}

export const feedbackAlarms = {
  unasked: (signalId: string, outcome: ExecutionReport): AlarmText => ({
    level: 'critical',
    code: 'unasked_feedback',
    text:
      signalId === ''
        ? `The EA sent a result without a signal ID: ${describe(outcome)}.`
        : `The EA sent a result for ${signalId}, which was never sent from here: ${describe(outcome)}.`,
    nextStep: 'Look in MT5 what was traded, and whether something else steers this EA.',
    family: 'unasked_feedback',
  }),
  /** The order's bridge was renamed or removed, or its EA is on another bridge now. */
  ofOtherBridge: ({ signalId, bridge, state }: Order, outcome: ExecutionReport): AlarmText => ({
    level: 'critical',
    code: 'feedback_of_other_bridge',
    text: `The EA sent a result for ${signalId}, which was sent on bridge ${bridge} and is ${state} there: ${describe(outcome)}.`,
    nextStep: 'Nothing was settled by it. Look in MT5, and settle the order if it is unknown.',
    family: 'unasked_feedback',
  }),
  fromBefore: (): AlarmText => ({
    level: 'notice',
    code: 'feedback_from_before',
    text: 'Among what the EA had queued while it was away are results of orders from before this start.',
    nextStep: 'Compare the positions in MT5 with what you expect.',
  }),
  repeated: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'repeated_feedback',
    text: `The EA sent the result of ${order.signalId} more than once; it was counted once.`,
    nextStep: `Look in MT5 whether it was ${isChange(order.action) ? 'done' : 'traded'} more than once.`,
  }),
  contradicted: (order: Order, outcome: ExecutionReport): AlarmText => ({
    level: 'critical',
    code: 'contradicted_feedback',
    text: `The EA sent a second, different result for ${order.signalId}, which was ${order.state}: ${describe(outcome)}.`,
    nextStep: 'Look in MT5 which of the two is true.',
    family: `contradicted_feedback ${String(order.number)}`,
  }),
  late: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'late_feedback',
    text: `The result of ${order.signalId} came ${String(Math.round((order.roundTripMs ?? 0) / 1000))} s after it was sent: ${order.state}.`,
    nextStep: lateStep(order),
  }),
  inferred: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'taken_as_rejected',
    text: `Order ${order.signalId} counts as rejected. ${order.message ?? ''}`.trim(),
    nextStep: 'Look in MT5 if you are not sure. A position that comes later makes it unknown again.',
  }),
  unverified: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'unverified_fill',
    text: `The EA reports order ${order.signalId} as filled, but not ${order.ticket === null ? 'under which ticket' : 'at which price'}.`,
    nextStep: 'Look in MT5 whether it was traded.',
  }),
  otherLots: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'other_lots',
    text: `Order ${order.signalId} asked for ${String(order.lot)} lots, and ${String(order.tradedLot)} were traded.`,
    nextStep: 'Look in MT5 whether the position and its risk are what you want.',
  }),
  notClosed: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'not_closed',
    text: `Close ${order.signalId} was not carried out. ${order.message ?? ''}`.trim(),
    nextStep: 'Look in MT5 what is open, and close it there if the EA does not.',
  }),
  partFilled: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'part_filled',
    text: `Of order ${order.signalId} only a part of ${String(order.lot)} lots was traded; the EA doesn't say how much.`,
    nextStep: 'Look in MT5 how many lots there are.',
  }),
  broken: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'broken_feedback',
    text: `A frame that can't be read names order ${order.signalId}: ${order.brokenFeedback ?? ''}`,
    nextStep: 'Read it, look in MT5, and settle the order if it is unknown.',
    family: `broken_feedback ${String(order.number)}`,
  }),
  roseAfterRejection: (order: Order, before: number, now: number): AlarmText => ({
    level: 'critical',
    code: 'position_after_rejection',
    text: `Positions rose from ${String(before)} to ${String(now)} after order ${order.signalId} was reported as rejected.`,
    nextStep: 'Look in MT5 whether it was traded all the same.',
  }),
  /** N8: its store was lost or is of another terminal. */
  eaCannotSay: ({ signalId }: Order): AlarmText => ({
    level: 'warning',
    code: 'ea_cannot_say',
    text: `The EA can't say what became of order ${signalId}: its store does not reach back to it.`,
    nextStep: 'Look in MT5, then settle the order yourself.',
  }),
  /** N8: an answer of the EA and its store contradict each other. */
  denied: ({ signalId }: Order): AlarmText => ({
    level: 'critical',
    code: 'ea_contradicts',
    text: `The EA says that it has never received order ${signalId}, though it has answered it before.`,
    nextStep: 'Look in MT5 what is open, then settle the order yourself.',
  }),
  doubtful: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'order_unknown',
    text: `Order ${order.signalId} is unknown. ${order.message ?? ''}`.trim(),
    nextStep: 'It is not sent again. A late result will settle it, or you do after a look in MT5.',
  }),
} as const;
