import type { Order } from '../../domain/orders/order.ts';
import { visible } from '../../base/visibleText.ts';

/** Properties that earlier versions didn't write. */
type Added = 'day' | 'quote' | 'timing' | 'asked' | 'approvedBy' | 'longId' | 'tradedLot' | 'unchecked' | 'assumed';

type StoredOrder = Omit<Order, Added | 'ticket'> &
  Partial<Pick<Order, Added>> & {
    /** A number in earlier versions. */
    ticket: string | number | null;
  };

/** An order of any version: one without a trading day gets the date in UTC of its firing. */
export function parseOrder(body: string): Order {
  const order = JSON.parse(body) as StoredOrder;
  const { day = new Date(order.at).toISOString().slice(0, 10), quote = null, timing = null } = order;
  const { asked = null, approvedBy = null, longId = null, tradedLot = null, unchecked = [], assumed = false } = order;
  const ticket = order.ticket === null ? null : String(order.ticket);
  const message = order.message === null ? null : visible(order.message);
  return { ...order, message, day, quote, timing, asked, approvedBy, longId, tradedLot, unchecked, assumed, ticket };
}

export function parseOrderOrNull(body: string | undefined): Order | null {
  return body === undefined ? null : parseOrder(body);
}
