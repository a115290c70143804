import type { Order } from '../../domain/orders/order.ts';
import { type EntryDeal, utcWords } from '../../domain/orders/pendingEntry.ts';
import { asSentence } from '../../base/asSentence.ts';
import type { Success } from '../../protocol/ea/executionReport.ts';

// State changes of an order that waits for its price: placed, filled by deals, or gone. Pure functions.

/** Whether a success means that the order waits at the broker: it names the order, and no price at which it traded. */
export function isPlacing({ entry = null }: Pick<Order, 'entry'>, { ticket, price }: Success): boolean {
  return entry !== null && ticket !== null && price === null;
}

/** @param order with the EA's success @param ticket number of the order at the broker */
export function placed(order: Order, ticket: string): Order {
  const waits = { ...order, ticket, price: null, tradedLot: null, unverified: false, doubt: null };
  // A deal can be told before the result that names the order.
  if ((order.deals ?? []).length > 0) return filledByDeals({ ...waits, state: 'filled' });
  return { ...waits, state: 'placed', message: null };
}

/** Adds a deal of the order. Told again, it changes nothing: the same object. */
export function withDeal(order: Order, deal: EntryDeal): Order {
  const deals = order.deals ?? [];
  if (deals.some((known) => known.deal === deal.deal)) return order;
  const added = { ...order, deals: [...deals, deal] };
  if (order.state === 'sent' || order.state === 'unknown' || order.ticket === null) return added;
  return filledByDeals({ ...added, state: 'filled', late: order.state === 'cancelled' });
}

/** Lots and average price of the deals so far. A report of more lots than these stays. */
function filledByDeals(order: Order): Order {
  const deals = order.deals ?? [];
  const lots = sum(deals.map((deal) => deal.lots));
  if (order.tradedLot !== null && order.tradedLot > lots) return order;
  const value = deals.every(({ price }) => price !== null)
    ? sum(deals.map((deal) => (deal.price ?? 0) * deal.lots)) / lots
    : null;
  const price = value === null ? null : Number(value.toFixed(8));
  const numbers = deals.map(({ deal }) => deal).join(', ');
  return { ...order, price, tradedLot: lots, message: `By ${deals.length === 1 ? 'deal' : 'deals'} ${numbers}.` };
}

/** The EA lists the order no more, and has told no deal of it. */
export function gone(order: Order, now: number): Order {
  const until = order.entry?.until ?? 'gtc';
  const isOver = typeof until === 'number' && until <= now;
  const why = isOver ? `it expired, as set, at ${utcWords(until)}` : 'it was cancelled, or it has expired';
  return { ...order, state: 'cancelled', message: asSentence(`The EA lists it no more and has told no deal: ${why}`) };
}

/** Drops errors of binary fractions. */
function sum(values: readonly number[]): number {
  return Number(values.reduce((total, value) => total + value, 0).toFixed(8));
}
