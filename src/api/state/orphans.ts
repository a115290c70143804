import type { Order } from '../../domain/orders/order.ts';
import type { AppState } from './state.ts';

/** The bridge of the paper EA has a journal of its own, which is closed while it doesn't run: nothing of it is real money. */
const paperBridge = 'paper';

/** Unknown orders of bridges that were renamed or removed. */
export function orphansOf({ orders, bridges }: Pick<AppState, 'orders' | 'bridges'>): Order[] {
  const there = new Set([paperBridge, ...bridges.map(({ id }) => id)]);
  return orders.filter(({ bridge, state }) => (state === 'unknown' || state === 'sent') && !there.has(bridge));
}
