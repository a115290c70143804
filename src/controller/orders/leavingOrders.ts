import type { Order } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { isClose } from '../../domain/tradeTerms.ts';

/** Orders that are written down and not yet in the socket: one turn of the event loop each, in which they can be stopped. */
export class LeavingOrders {
  /** What stopped an order in the meantime, or null. */
  private readonly orders = new Map<Order, Refusal | null>();

  get any(): boolean {
    return this.orders.size > 0;
  }

  add(order: Order): void {
    this.orders.set(order, null);
  }

  /** It leaves or stays from now on. @returns what stopped it */
  finish(order: Order): Refusal | null {
    const why = this.orders.get(order) ?? null;
    this.orders.delete(order);
    return why;
  }

  /** A close overtakes them: what it would close must not be opened after it. */
  overtake(close: Order): void {
    const touches = ({ action, symbol }: Order): boolean =>
      !isClose(action) && (close.action === 'close_all' || symbol === close.symbol);
    this.stop(refusals.overtaken(), touches);
  }

  stop(why: Refusal, which: (order: Order) => boolean = () => true): void {
    for (const order of this.orders.keys()) if (which(order)) this.orders.set(order, why);
  }

  /** Buys and sells, the oldest first. */
  trades(): Order[] {
    return [...this.orders.keys()].filter(({ action }) => !isClose(action));
  }
}
