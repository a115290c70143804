import type { Order } from '../api/order.ts';

/** What the first versions of the app didn't write yet. */
type Added = 'day' | 'quote' | 'timing' | 'asked' | 'approvedBy';

/** An order of any version: one without a trading day gets the date in UTC of its firing. */
export function parseOrder(body: string): Order {
  const order = JSON.parse(body) as Omit<Order, Added> & Partial<Pick<Order, Added>>;
  const { day = new Date(order.at).toISOString().slice(0, 10), quote = null, timing = null } = order;
  const { asked = null, approvedBy = null } = order;
  return { ...order, day, quote, timing, asked, approvedBy };
}

export function parseOrderOrNull(body: string | undefined): Order | null {
  return body === undefined ? null : parseOrder(body);
}
