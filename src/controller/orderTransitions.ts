import type { Order, Settlement } from '../api/order.ts';
import { feedbackTimeoutMs, type Doubt } from '../protocol/order.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { Refusal } from '../protocol/refusal.ts';

// What an order becomes (ARCHITECTURE rule 2), and what a person is told of it. Pure: values in, values out.

export function refuse(order: Order, refusal: Refusal): Order {
  return { ...order, state: 'refused', refusal };
}

const doubtTexts: Record<Doubt, string> = {
  no_feedback: `The EA gave no result within ${String(feedbackTimeoutMs / 1000)} s. Look in MT5 whether it was traded.`,
  connection_lost: 'The connection was lost before the result came. Look in MT5 whether it was traded.',
  ea_timeout: 'The EA reports a time-out: the broker may have taken the order. Look in MT5.',
  unclear_status: "The EA's answer is not clear. Look in MT5 whether it was traded.",
  restart: 'The app ended before the result came. Look in MT5 whether it was traded.',
  positions_remain: 'Telemetry does not agree with the close. Look in MT5 what is still open.',
  positions_untold:
    "The EA does not tell its positions, so the close can't be verified. Look in MT5 what is still open.",
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
        tradedLot: outcome.lot,
        unverified: !outcome.verified,
        message: outcome.text,
      };
    case 'rejected':
      return { ...settled, state: 'rejected', message: outcome.text };
    case 'unknown':
      return {
        ...settled,
        late: false,
        state: 'unknown',
        doubt: outcome.doubt,
        message: `${outcome.text} ${doubtTexts[outcome.doubt]}`,
      };
  }
}

/** What the EA has said of an order so far; null when nothing. */
export function outcomeOf(order: Order): Outcome | null {
  const { ticket, price, tradedLot, message } = order;
  if (order.closeReported !== null) {
    return { state: 'filled', ticket: null, price: null, lot: null, verified: false, text: order.closeReported };
  }
  if (order.settledBy !== null)
    return order.state === 'filled'
      ? { state: 'filled', ticket, price, lot: tradedLot, verified: true, text: null }
      : { state: 'rejected', text: '', sendFailed: false };
  if (order.state === 'filled') {
    return { state: 'filled', ticket, price, lot: tradedLot, verified: !order.unverified, text: message };
  }
  if (order.state === 'rejected') return { state: 'rejected', text: message ?? '', sendFailed: false };
  return null;
}

/** The EA reports that it has closed; telemetry has to agree before it counts as done. */
export function awaitPositions(order: Order, outcome: Outcome, roundTripMs: number): Order {
  const text = outcome.text ?? 'The EA reports the close as done.';
  const message = order.state === 'unknown' ? order.message : `${text} Waiting for telemetry to agree.`;
  return { ...order, roundTripMs, closeReported: text, message };
}

/** @param remaining positions on the account, of all symbols */
export function closed(order: Order, remaining: number): Order {
  const left = remaining === 0 ? 'no positions remain' : `${positionsRemain(remaining)} on the account`;
  return {
    ...order,
    state: 'filled',
    late: order.state === 'unknown',
    doubt: null,
    unverified: false,
    message: `${order.closeReported ?? ''}; ${left}.`,
  };
}

/** Telemetry did not agree with a close in time. @param remaining null: the EA doesn't tell */
export function breakOff(order: Order, remaining: number | null): Order {
  const reason = remaining === null ? 'positions_untold' : 'positions_remain';
  const counted = remaining === null ? '' : `${positionsRemain(remaining)}. `;
  return {
    ...order,
    state: 'unknown',
    doubt: reason,
    message:
      `${order.closeReported ?? ''} ${counted}${doubtTexts[reason]} v7 closes only positions of its own magic number.`.trim(),
  };
}

/** @param found what stands in MT5, or null when nothing does */
export function settleByHand(
  order: Order,
  found: { ticket: string; price: number | null } | null,
  settledBy: Settlement,
): Order {
  const settled = { ...order, settledBy, doubt: null, late: true };
  if (found === null) return { ...settled, state: 'rejected', message: 'Not in MT5, as a person found.' };
  const { ticket, price } = found;
  return {
    ...settled,
    state: 'filled',
    ticket,
    price,
    unverified: price === null,
    message: 'Found in MT5 by a person.',
  };
}

function positionsRemain(count: number): string {
  return count === 1 ? '1 position remains' : `${String(count)} positions remain`;
}
