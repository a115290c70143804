import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import type { OpenTrades } from '../../domain/positions/openTrades.ts';
import { isChange } from '../../domain/tradeTerms.ts';

type Lists = Pick<OpenTrades, 'positions' | 'orders'>;

/** Changes that are done and that the EA's lists don't show yet: the result of a change comes before the next list. */
export class UnlistedChanges {
  /** Numbers of changes without an outcome. */
  private readonly open = new Set<number>();
  /** Each with the lists there were when it was done. */
  private done: { order: Order; before: Lists }[] = [];

  /** Records an order's new state. @param lists as they are now */
  follow(order: Order, lists: Lists): void {
    if (!isChange(order.action)) return;
    if (isUnsettled(order)) {
      this.open.add(order.number);
      return;
    }
    const isNew = this.open.delete(order.number);
    // What a person found in MT5 was done before.
    if (isNew && order.state === 'filled' && order.settledBy === null) this.done.push({ order, before: lists });
  }

  /** Changes done since the lists were told. */
  since({ positions, orders }: Lists): Order[] {
    this.done = this.done.filter(({ order: { change = null }, before }) =>
      change !== null && 'order' in change ? before.orders === orders : before.positions === positions,
    );
    return this.done.map(({ order }) => order);
  }
}
