import type { Order } from '../api/order.ts';
import { keepOrders, listLimits } from '../api/state.ts';
import type { Journal } from './ports.ts';

/** The newest orders of all bridges, and older ones in doubt: what the app's state shows of them. */
export class RecentOrders {
  private orders: Order[] = [];

  /** The newest first. */
  list(): Order[] {
    return this.orders;
  }

  find(number: number): Order | undefined {
    return this.orders.find((known) => known.number === number);
  }

  /** @returns what a bridge has from before, the oldest first */
  addEarlier(bridge: string, journal: Journal): Order[] {
    const last = journal.lastOrders(listLimits.orders).filter((order) => order.bridge === bridge);
    const older = journal.ordersInDoubt(bridge).filter(({ number }) => number < (last.at(-1)?.number ?? 0));
    const earlier = [...last, ...older.toReversed()];
    this.orders = keepOrders([...this.orders, ...earlier].toSorted((one, other) => other.number - one.number));
    return earlier.toReversed();
  }

  /** A new order, or another state of one. */
  put(order: Order): void {
    const fresh = order.number > (this.orders[0]?.number ?? 0);
    const index = fresh ? -1 : this.orders.findIndex((known) => known.number === order.number);
    this.orders = index < 0 ? keepOrders([order, ...this.orders]) : this.orders.with(index, order);
  }
}
