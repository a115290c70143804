import type { Order } from './order.ts';
import { isSameOrder } from './orderRef.ts';
import { keepOrders } from './state.ts';

/**
 * The newest orders of all bridges with one as it is now, in its place: those of a bridge by their number, and among those
 * of other bridges by when it was fired.
 */
export function putOrder(orders: readonly Order[], order: Order): Order[] {
  const known = orders.findIndex((other) => isSameOrder(other, order));
  if (known >= 0) return keepOrders(orders.with(known, order));
  const ofBridge = (other: Order): boolean => other.bridge === order.bridge;
  const newer = orders.findLastIndex((other) => ofBridge(other) && other.number > order.number);
  const older = orders.findIndex((other, index) => index > newer && (ofBridge(other) || other.at <= order.at));
  return keepOrders(orders.toSpliced(older < 0 ? orders.length : older, 0, order));
}
