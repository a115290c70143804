import type { Order } from '../../domain/orders/order.ts';
import { isSameOrder, type OrderRef } from '../../domain/orders/orderRef.ts';
import { putOrderInto } from '../../api/state/putOrder.ts';
import { listLimits } from '../../api/state/state.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';

/** The newest orders of all bridges, and older ones in doubt: what the app's state shows of them. */
export class RecentOrders {
  private readonly orders: Order[] = [];

  /** The newest first. */
  list(): Order[] {
    return [...this.orders];
  }

  find(order: OrderRef): Order | undefined {
    return this.orders.find((known) => isSameOrder(known, order));
  }

  /** The bridges that have an order of this number. */
  bridgesOf(number: number): string[] {
    return this.orders.flatMap((known) => (known.number === number ? [known.bridge] : []));
  }

  /** @returns what a bridge has from before, the oldest first */
  addEarlier(bridge: string, journal: JournalOrders): Order[] {
    const last = journal.lastOrders(listLimits.orders).filter((order) => order.bridge === bridge);
    const oldest = last.at(-1)?.number ?? Number.POSITIVE_INFINITY;
    const older = journal.ordersInDoubt(bridge).filter(({ number }) => number < oldest);
    const earlier = [...older, ...last.toReversed()];
    for (const order of earlier) this.put(order);
    return earlier;
  }

  /** A new order, or another state of one. */
  put(order: Order): void {
    putOrderInto(this.orders, order);
  }
}
