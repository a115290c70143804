import type { Order } from '../api/state.ts';
import { feedbackTimeoutMs, type Doubt } from '../protocol/order.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { AlarmText } from './alarmBook.ts';

// What an order becomes (ARCHITECTURE rule 2), and what a person is told of it. Pure: values in, values out.

export function refuse(order: Order, refusal: Refusal): Order {
  return { ...order, state: 'refused', refusal };
}

const doubtTexts: Record<Doubt, string> = {
  no_feedback: `The EA gave no result within ${String(feedbackTimeoutMs / 1000)} s. Look in MT5 whether it was traded.`,
  connection_lost: 'The connection was lost before the result came. Look in MT5 whether it was traded.',
  ea_timeout: 'The EA reports a time-out: the broker may have taken the order. Look in MT5.',
  unclear_status: "The EA's answer is not clear. Look in MT5 whether it was traded.",
};

export function doubt(order: Order, reason: Doubt): Order {
  return { ...order, state: 'unknown', doubt: reason, message: doubtTexts[reason] };
}

/** @param roundTripMs from the send to this feedback */
export function settle(order: Order, outcome: Outcome, roundTripMs: number): Order {
  const late = order.state === 'unknown';
  const settled = { ...order, roundTripMs, late, doubt: null };
  switch (outcome.state) {
    case 'filled':
      return {
        ...settled,
        state: 'filled',
        ticket: outcome.ticket,
        price: outcome.price,
        unverified: !outcome.verified,
        message: outcome.text,
      };
    case 'rejected':
      return { ...settled, state: 'rejected', message: outcome.text };
    case 'unknown': {
      const reason = /time/i.test(outcome.text) ? 'ea_timeout' : 'unclear_status';
      return {
        ...settled,
        late: false,
        state: 'unknown',
        doubt: reason,
        message: `${outcome.text} ${doubtTexts[reason]}`,
      };
    }
  }
}

function describe(outcome: Outcome): string {
  if (outcome.state !== 'filled') return `${outcome.state}: ${outcome.text}`;
  return `filled${outcome.ticket === null ? '' : ` as ticket ${String(outcome.ticket)}`}${outcome.price === null ? '' : ` at ${String(outcome.price)}`}`;
}

export const feedbackAlarms = {
  unasked: (signalId: string, outcome: Outcome): AlarmText => ({
    level: 'critical',
    code: 'unasked_feedback',
    text:
      signalId === ''
        ? `The EA sent a result without a signal ID: ${describe(outcome)}.`
        : `The EA sent a result for ${signalId}, which was never sent from here: ${describe(outcome)}.`,
    nextStep: 'Look in MT5 what was traded, and whether something else steers this EA.',
  }),
  fromBefore: (): AlarmText => ({
    level: 'notice',
    code: 'feedback_from_before',
    text: 'What the EA had queued before it connected held results of orders that were not sent since this start.',
    nextStep: 'Compare the positions in MT5 with what you expect.',
  }),
  repeated: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'repeated_feedback',
    text: `The EA sent the result of ${order.signalId} more than once; it was counted once.`,
    nextStep: 'Look in MT5 whether it was traded more than once.',
  }),
  contradicted: (order: Order, outcome: Outcome): AlarmText => ({
    level: 'critical',
    code: 'contradicted_feedback',
    text: `The EA sent a second, different result for ${order.signalId}, which was ${order.state}: ${describe(outcome)}.`,
    nextStep: 'Look in MT5 which of the two is true.',
  }),
  late: (order: Order): AlarmText => ({
    level: 'warning',
    code: 'late_feedback',
    text: `The result of ${order.signalId} came ${String(Math.round((order.roundTripMs ?? 0) / 1000))} s after it was sent: ${order.state}.`,
    nextStep:
      order.state === 'filled' ? 'The position is open: look whether you still want it.' : 'Nothing was traded.',
  }),
  doubtful: (order: Order): AlarmText => ({
    level: 'critical',
    code: 'order_unknown',
    text: `Order ${order.signalId} is unknown. ${order.message ?? ''}`.trim(),
    nextStep: 'It is not sent again. A late result will settle it here.',
  }),
} as const;
