import { compareOrders } from '../../../src/api/queries/orderQuery.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { orderKey } from '../../../src/domain/orders/orderRef.ts';
import type { ListQuery } from './listQuery.ts';

type ByKey = ReadonlyMap<string, Order>;

/** The newest orders of the app's state, sorted into those shown above the journal's view and those that wait. */
export class LiveOrders {
  /** Rows above the view. */
  shown: Order[] = [];
  /** Matching orders not shown until a person asks for them. */
  waiting: Order[] = [];
  private readonly isWithin: (order: Order, query: ListQuery) => boolean;
  private orders: readonly Order[] = [];
  private latest: ByKey = new Map();

  constructor(isWithin: (order: Order, query: ListQuery) => boolean) {
    this.isWithin = isWithin;
  }

  get all(): readonly Order[] {
    return this.orders;
  }

  /**
   * Takes the state's orders.
   * @returns the earlier ones by their keys; null: unchanged
   */
  set(orders: readonly Order[]): ByKey | null {
    if (orders === this.orders) return null;
    const before = this.latest;
    this.orders = orders;
    this.latest = new Map(orders.map((order) => [orderKey(order), order]));
    return before;
  }

  /** The order as the state has it now, else as it is given. */
  current(order: Order): Order {
    return this.latest.get(orderKey(order)) ?? order;
  }

  /**
   * Sorts the orders anew.
   * @param upTo last order number of the view; null: no view yet, all matching orders are shown
   * @param follow show new orders at once
   */
  sift(query: ListQuery, matches: (order: Order) => boolean, upTo: number | null, follow: boolean): void {
    const fits = (order: Order): boolean =>
      order.bridge === query.bridge && matches(order) && this.isWithin(order, query);
    if (upTo === null) {
      this.shown = this.orders.filter(fits).sort((one, other) => compareOrders(one, other, query.sort));
      this.waiting = [];
      return;
    }
    const fresh = this.orders.filter((order) => order.number > upTo && fits(order));
    if (follow) {
      this.shown = fresh;
      this.waiting = [];
      return;
    }
    // Visible rows stay, with their orders updated.
    this.shown = this.shown.map((order) => this.current(order));
    const shown = new Set(this.shown.map(({ number }) => number));
    this.waiting = fresh.filter(({ number }) => !shown.has(number));
  }

  /** Whether an order up to a number has changed: a view by state may lose or gain it. */
  changedUpTo(upTo: number, bridge: string, before: ByKey): boolean {
    return this.orders.some((order) => {
      const known = before.get(orderKey(order));
      return order.bridge === bridge && order.number <= upTo && known !== undefined && known !== order;
    });
  }

  /** Orders in doubt that left the state. An old one leaves with the event that settles it. */
  settledSince(before: ByKey, bridge: string): Set<number> {
    const gone = [...before].filter(
      ([key, order]) =>
        order.bridge === bridge && !this.latest.has(key) && (order.state === 'unknown' || order.state === 'sent'),
    );
    return new Set(gone.map(([, { number }]) => number));
  }
}
