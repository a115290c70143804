import type { Order } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { isEntry } from '../../domain/tradeTerms.ts';

/**
 * Orders in the journal that are not in the socket yet: one turn of the event loop each, in which they can still be
 * stopped.
 */
export class LeavingOrders {
  /** Refusal that stopped an order meanwhile; null: none. */
  private readonly orders = new Map<Order, Refusal | null>();

  get any(): boolean {
    return this.orders.size > 0;
  }

  add(order: Order): void {
    this.orders.set(order, null);
  }

  /**
   * Ends the turn: the order is sent or stays.
   * @returns what stopped it; null: nothing
   */
  finish(order: Order): Refusal | null {
    const why = this.orders.get(order) ?? null;
    this.orders.delete(order);
    return why;
  }

  /** Stops orders that a close overtakes: a position must not be opened after the close that would have closed it. */
  overtake(close: Order): void {
    const touches = ({ action, symbol }: Order): boolean =>
      isEntry(action) && (close.action === 'close_all' || symbol === close.symbol);
    this.stop(refusals.overtaken(), touches);
  }

  stop(why: Refusal, which: (order: Order) => boolean = () => true): void {
    for (const order of this.orders.keys()) if (which(order)) this.orders.set(order, why);
  }

  /** Buys and sells, oldest first. */
  trades(): Order[] {
    return [...this.orders.keys()].filter(({ action }) => isEntry(action));
  }
}
