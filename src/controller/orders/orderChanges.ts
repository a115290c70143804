import { type UnknownReason, feedbackTimeoutMs, type Order, type Settlement } from '../../domain/orders/order.ts';
import { asSentence } from '../../base/asSentence.ts';
import type { ExecutionReport, Success } from '../../protocol/ea/executionReport.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { isPlacing, placed } from './pendingChanges.ts';
import { isChange } from '../../domain/tradeTerms.ts';

// State changes of an order (ARCHITECTURE rule 2) and their alarms. Pure functions.

export function refuse(order: Order, refusal: Refusal): Order {
  return { ...order, state: 'refused', refusal };
}

export const doubtTexts: Record<UnknownReason, string> = {
  no_feedback: `The EA gave no result within ${String(feedbackTimeoutMs / 1000)} s. Look in MT5 whether it was traded.`,
  connection_lost: 'The connection was lost before the result came. Look in MT5 whether it was traded.',
  ea_timeout: 'The EA reports a time-out: the broker may have taken the order. Look in MT5.',
  unverified: 'The EA reports success, and names neither ticket nor price. Look in MT5 whether it was traded.',
  unclear_status: "The EA's answer is not clear. Look in MT5 whether it was traded.",
  restart: 'The app ended before the result came. Look in MT5 whether it was traded.',
  positions_remain: "The EA's figures still show positions that should be closed. Look in MT5 what is still open.",
  positions_untold:
    "The EA does not tell its positions, so the close can't be verified. Look in MT5 what is still open.",
};

/** The doubt in words. A change of a position or pending order is done, not traded. */
function doubtText({ action, entry = null }: Order, reason: UnknownReason): string {
  const text = doubtTexts[reason];
  if (entry !== null) return text.replace('it was traded', 'it is placed');
  return isChange(action) ? text.replace('it was traded', 'it was done') : text;
}

/** @param said the EA's message; null: none */
export function doubt(order: Order, reason: UnknownReason, said: string | null = null): Order {
  const text = doubtText(order, reason);
  const message = said === null ? text : `${asSentence(said)} ${text}`;
  return { ...order, state: 'unknown', doubt: reason, late: false, message };
}

/** @param roundTripMs from sending to this feedback */
export function settle(order: Order, outcome: ExecutionReport, roundTripMs: number): Order {
  // Completing an unverified success is no late result.
  const late = order.state === 'unknown' && order.doubt !== 'unverified';
  const settled = { ...order, roundTripMs, late, doubt: null, assumed: false };
  switch (outcome.state) {
    case 'filled':
      return {
        ...settled,
        state: 'filled',
        ticket: outcome.ticket,
        price: outcome.price,
        tradedLot: outcome.lot,
        unverified: !outcome.verified,
        message: partWords(outcome),
      };
    case 'rejected':
      return { ...settled, state: 'rejected', assumed: outcome.sendFailed, message: outcome.text };
    case 'unknown':
      return {
        ...settled,
        late: false,
        state: 'unknown',
        doubt: outcome.doubt,
        message: `${asSentence(outcome.text)} ${doubtText(order, outcome.doubt)}`,
      };
  }
}

/** An EA of protocol 8 says what it has done with a position or pending order, which has no ticket or price of its own. */
export function settleChange(order: Order, outcome: ExecutionReport, roundTripMs: number): Order {
  return { ...settle(order, outcome, roundTripMs), unverified: false };
}

/** N8: an intact store of the EA has never seen the order. */
export function neverSeen(order: Order): Order {
  const what = isChange(order.action) ? 'done' : 'traded';
  const message = `The EA has never received it, and refuses it from now on: nothing was ${what}.`;
  return { ...order, state: 'rejected', doubt: null, assumed: false, late: true, message };
}

/** From this round trip on, ms, MT5's error 4756 may be a time-out, after which the broker can still trade. */
export const slowFailureMs = 2_000;

/** Further facts when the EA answers a buy or sell. */
export interface AnswerFacts {
  roundTripMs: number;
  /** The EA reports its positions. */
  positionsTold: boolean;
  /** There are more positions than possible without this order. */
  risen: boolean;
}

/** Applies the EA's first or a late answer to a buy or sell. */
export function answerTrade(
  order: Order,
  outcome: ExecutionReport,
  { roundTripMs, positionsTold, risen }: AnswerFacts,
): Order {
  const settled = settle(order, outcome, roundTripMs);
  if (outcome.state === 'filled') {
    if (outcome.ticket !== null && isPlacing(order, outcome)) return placed(settled, outcome.ticket);
    if (outcome.ticket !== null || outcome.price !== null || !positionsTold) return settled;
    return risen ? agreedByPositions(settled) : { ...doubt(order, 'unverified', outcome.text), roundTripMs };
  }
  // The EA reported "done" before: an error after that proves nothing.
  if (order.doubt === 'unverified') return { ...doubt(order, 'unverified', outcome.text), roundTripMs };
  const provesNothing = outcome.state === 'rejected' && outcome.sendFailed;
  if (!provesNothing || (order.state !== 'unknown' && roundTripMs <= slowFailureMs)) return settled;
  return { ...doubt(order, 'unclear_status', outcome.text), roundTripMs };
}

/** Success without ticket and price, confirmed by one position more than before. */
export function agreedByPositions(order: Order): Order {
  // The positions have settled the doubt that the message was about.
  const said = order.doubt === null ? order.message : null;
  const message = `${said ?? 'The EA reports success without ticket and price'}: positions rose as they should.`;
  return { ...order, state: 'filled', doubt: null, unverified: false, message };
}

/** Whether the order is already unknown with the same message. */
export function saidBefore({ state, doubt: reason, message, roundTripMs }: Order, outcome: ExecutionReport): boolean {
  if (state !== 'unknown' || roundTripMs === null) return false;
  if (outcome.state !== 'filled') return message?.startsWith(outcome.text.trimEnd()) ?? false;
  return reason === 'unverified' && outcome.ticket === null && outcome.price === null;
}

/** A report contradicts an unverified fill. */
export function doubtFill(order: Order, said: string): Order {
  return { ...doubt(order, 'unverified', said), unverified: false };
}

/** Adds ticket, price and lots of a second report to a fill; null: it adds nothing, or contradicts the fill. */
export function completeFill(order: Order, outcome: ExecutionReport): Order | null {
  if (order.state !== 'filled' || order.settledBy !== null || outcome.state !== 'filled') return null;
  const { ticket, price, tradedLot } = order;
  const agree = (known: unknown, said: unknown): boolean => known === null || said === null || known === said;
  if (!agree(ticket, outcome.ticket) || !agree(price, outcome.price) || !agree(tradedLot, outcome.lot)) return null;
  const whole = {
    ticket: ticket ?? outcome.ticket,
    price: price ?? outcome.price,
    tradedLot: tradedLot ?? outcome.lot,
  };
  if (whole.ticket === ticket && whole.price === price && whole.tradedLot === tradedLot) return null;
  const unverified = !isChange(order.action) && (whole.ticket === null || whole.price === null);
  return { ...order, ...whole, unverified };
}

/** Positions have risen after a rejection without proof. */
export function doubtRejection(order: Order, before: number, now: number): Order {
  const said = `Reported as rejected (${order.message ?? ''}), but positions rose from ${String(before)} to ${String(now)}.`;
  return { ...doubt(order, 'unclear_status', said), assumed: false };
}

/** A rejection without proof whose watched positions an earlier version didn't store. */
export function doubtUnwatched(order: Order): Order {
  const said = `Reported as rejected (${order.message ?? ''}), and the app ended while the broker could still trade it.`;
  return { ...doubt(order, 'unclear_status', said), assumed: false };
}

/** An unreadable error with no position opened in the time in which it would have been. */
export function inferRejection(order: Order): Order {
  const message = `${order.message ?? ''} For a minute positions and margin did not rise, so it counts as rejected.`;
  return { ...order, state: 'rejected', doubt: null, late: true, assumed: true, message };
}

/** The EA's message, with a note where it reports a partial fill without its lots. */
function partWords({ lot, partial, text }: Success): string | null {
  if (!partial || lot !== null) return text;
  return `${text === null ? '' : `${asSentence(text)} `}Only a part was traded; the EA does not say how much. Look in MT5.`;
}

/** The EA's report of an order so far; null: none. */
export function reportOf(order: Order): ExecutionReport | null {
  const { ticket, price, tradedLot, message } = order;
  if (order.closeReported !== null) {
    return {
      state: 'filled',
      ticket: null,
      price: null,
      lot: null,
      partial: false,
      verified: false,
      text: order.closeReported,
    };
  }
  if (order.settledBy !== null)
    return order.state === 'filled'
      ? { state: 'filled', ticket, price, lot: tradedLot, partial: false, verified: true, text: null }
      : { state: 'rejected', text: '', sendFailed: false };
  if (order.state === 'placed' || order.state === 'cancelled') {
    return { state: 'filled', ticket, price, lot: tradedLot, partial: false, verified: false, text: null };
  }
  if (order.state === 'filled') {
    const verified = !order.unverified;
    return { state: 'filled', ticket, price, lot: tradedLot, partial: false, verified, text: message };
  }
  if (order.state === 'rejected') return { state: 'rejected', text: message ?? '', sendFailed: false };
  return null;
}

/** @param found ticket and price in MT5; null: nothing is there */
export function settleByHand(
  order: Order,
  found: { ticket: string; price: number | null } | null,
  settledBy: Settlement,
): Order {
  const settled = { ...order, settledBy, doubt: null, late: true };
  if (found === null) return { ...settled, state: 'rejected', message: 'Not in MT5, as a person found.' };
  const { ticket, price } = found;
  if ((order.entry ?? null) !== null && price === null) {
    const waits = placed(settled, ticket);
    return { ...waits, message: waits.message ?? 'Found in MT5 by a person: it waits for its price.' };
  }
  return {
    ...settled,
    state: 'filled',
    ticket,
    price,
    unverified: price === null,
    message: 'Found in MT5 by a person.',
  };
}
