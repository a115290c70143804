import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import { listLimits } from './state.ts';

/**
 * The newest orders of all bridges with a new order or state in its place: by number among those of its bridge, by
 * time of firing among those of other bridges.
 */
export function putOrder(orders: readonly Order[], order: Order): Order[] {
  const changed = [...orders];
  putOrderInto(changed, order);
  return changed;
}

/** Like {@link putOrder}, in place: most orders that change are among the first. */
export function putOrderInto(orders: Order[], order: Order): void {
  const { at, isKnown } = placeOf(orders, order);
  if (isKnown) orders[at] = order;
  else orders.splice(at, 0, order);
  for (let last = orders.length - 1; last >= listLimits.orders; last -= 1) {
    const old = orders[last];
    // An unsettled order stays whatever its age, for a person to settle it.
    if (old !== undefined && !isUnsettled(old)) orders.splice(last, 1);
  }
}

/** The order's place in the list, present or future. */
function placeOf(orders: readonly Order[], order: Order): { at: number; isKnown: boolean } {
  let place: number | null = null;
  let index = 0;
  for (const other of orders) {
    if (other.bridge !== order.bridge) {
      if (other.at <= order.at) place ??= index;
    } else if (other.number > order.number) place = null;
    else if (other.number === order.number) return { at: index, isKnown: true };
    else return { at: place ?? index, isKnown: false };
    index += 1;
  }
  return { at: place ?? orders.length, isKnown: false };
}
