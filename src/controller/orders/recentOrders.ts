import type { Order } from '../../domain/orders/order.ts';
import { isSameOrder, type OrderRef } from '../../domain/orders/orderRef.ts';
import { putOrderInto } from '../../api/state/putOrder.ts';
import { listLimits } from '../../api/state/state.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';

/** Orders in the app's state: the newest of all bridges, and older ones in doubt. */
export class RecentOrders {
  private readonly orders: Order[] = [];

  /** Newest first. */
  list(): Order[] {
    return [...this.orders];
  }

  find(order: OrderRef): Order | undefined {
    return this.orders.find((known) => isSameOrder(known, order));
  }

  /** Bridges with an order of this number. */
  bridgesOf(number: number): string[] {
    return this.orders.flatMap((known) => (known.number === number ? [known.bridge] : []));
  }

  /** @returns a bridge's earlier orders, oldest first */
  addEarlier(bridge: string, journal: JournalOrders): Order[] {
    const last = journal.lastOrders(listLimits.orders).filter((order) => order.bridge === bridge);
    const oldest = last.at(-1)?.number ?? Number.POSITIVE_INFINITY;
    const older = journal.ordersInDoubt(bridge).filter(({ number }) => number < oldest);
    const earlier = [...older, ...last.toReversed()];
    for (const order of earlier) this.put(order);
    return earlier;
  }

  /** Adds or updates an order. */
  put(order: Order): void {
    putOrderInto(this.orders, order);
  }
}
