import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import { listLimits } from './state.ts';

/**
 * The newest orders of all bridges with one as it is now, in its place: those of a bridge by their number, and among those
 * of other bridges by when it was fired.
 */
export function putOrder(orders: readonly Order[], order: Order): Order[] {
  const changed = [...orders];
  putOrderInto(changed, order);
  return changed;
}

/** The same, in the list itself: most orders that change are among its first. */
export function putOrderInto(orders: Order[], order: Order): void {
  const { at, isKnown } = placeOf(orders, order);
  orders.splice(at, isKnown ? 1 : 0, order);
  for (let last = orders.length - 1; last >= listLimits.orders; last -= 1) {
    const old = orders[last];
    // However old an unsettled one is, a person has to be able to settle it.
    if (old !== undefined && !isUnsettled(old)) orders.splice(last, 1);
  }
}

/** Where it stands, or would. */
function placeOf(orders: readonly Order[], order: Order): { at: number; isKnown: boolean } {
  let place: number | null = null;
  for (const [index, other] of orders.entries()) {
    if (other.bridge !== order.bridge) {
      if (other.at <= order.at) place ??= index;
    } else if (other.number > order.number) place = null;
    else if (other.number === order.number) return { at: index, isKnown: true };
    else return { at: place ?? index, isKnown: false };
  }
  return { at: place ?? orders.length, isKnown: false };
}
