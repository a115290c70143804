import { nextStepOf } from '../../../../src/api/presentation/nextStepOf.ts';
import type { Order, OrderState } from '../../../../src/domain/orders/order.ts';
import { isSameOrder } from '../../../../src/domain/orders/orderRef.ts';
import { formatDuration, formatPriceLike } from '../../../format.ts';
import { lotWords } from '../../../shared/orderWords.ts';
import type { TicketResult } from './fireOrder.ts';
import { isClose } from '../../../../src/domain/tradeTerms.ts';

/** The ticket's sentence on its last order. */
export interface TicketWords {
  word: string;
  /** State that colours the word; null: muted. */
  state: OrderState | null;
  text: string;
  nextStep: string | null;
  signalId: string | null;
}

/**
 * @param order what the list knows of the order that `result` speaks of
 * @param error what is wrong with what was typed
 */
export function ticketWords(
  result: TicketResult | null,
  order: Order | null,
  error: string | null,
): TicketWords | null {
  if (error !== null) return notSent(error);
  if (order !== null) return orderWords(order);
  switch (result?.kind) {
    case 'sending': {
      const { signalId } = result;
      return { word: 'sending', state: 'sent', text: 'On its way to the app.', nextStep: null, signalId };
    }
    case 'unknown': {
      const { signalId, text } = result;
      return { word: 'unknown', state: 'unknown', text, nextStep: null, signalId };
    }
    case 'failed':
      return notSent(result.text);
    default:
      return null;
  }
}

/** The order of a result, in its newest state. */
export function findOrder(orders: readonly Order[], result: TicketResult | null): Order | null {
  if (result?.kind === 'order') return orders.find((order) => isSameOrder(order, result)) ?? null;
  if (result?.kind === 'unknown') {
    const { bridge, signalId } = result;
    return orders.find((each) => each.signalId === signalId && (bridge === null || each.bridge === bridge)) ?? null;
  }
  return null;
}

function notSent(text: string): TicketWords {
  return { word: 'not sent', state: 'refused', text, nextStep: null, signalId: null };
}

function orderWords(order: Order): TicketWords {
  const base = { word: order.state, state: order.state, signalId: order.signalId, nextStep: null };
  switch (order.state) {
    case 'refused':
      return { ...base, text: order.refusal?.reason ?? '', nextStep: order.refusal?.nextStep ?? null };
    case 'sent':
      return { ...base, text: order.message ?? 'Sent. Waiting for the result from the EA.' };
    case 'filled':
      return { ...base, text: filledWords(order) };
    case 'placed':
      return { ...base, text: placedWords(order), nextStep: nextStepOf(order) };
    case 'cancelled':
      return { ...base, text: order.message ?? '' };
    case 'rejected':
      return { ...base, text: order.message ?? 'The EA gave no reason.', nextStep: nextStepOf(order) };
    case 'unknown':
      return {
        ...base,
        text: order.message ?? '',
        nextStep: 'It is not sent again. A late result will settle it, or you do: open it in Executions.',
      };
  }
}

/** A pending order is placed, and nothing is traded yet. */
function placedWords({ ticket, roundTripMs, settledBy }: Order): string {
  const took = roundTripMs === null || settledBy !== null ? '' : ` in ${formatDuration(roundTripMs)}`;
  return `Placed as order ${ticket ?? 'without a number'}${took}. It waits for its price: nothing is traded yet.`;
}

function filledWords(order: Order): string {
  const { action, message, price, roundTripMs, settledBy, ticket } = order;
  if (isClose(action) && settledBy === null) return message ?? 'Closed.';
  const said = message === null ? '' : ` ${message}`;
  const as = ticket === null ? 'without a ticket' : `as ticket ${ticket}`;
  const at = price === null ? 'without a price' : `at ${formatPriceLike(price, order.quote)}`;
  const took = roundTripMs === null || settledBy !== null ? '' : ` in ${formatDuration(roundTripMs)}`;
  const [lots, asked] = lotWords(order);
  const part = asked === null ? '' : `${lots} of ${asked} lots `;
  return `Filled ${part}${as} ${at}${took}.${said}`;
}
