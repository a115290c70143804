import type { Order } from '../../domain/orders/order.ts';

/** The orders of a journal, for what decides: read at once, in the caller's turn. Each call throws a sentence where it can't be read. */
export interface JournalOrders {
  /** The last orders, the newest first. */
  lastOrders(limit: number): Order[];
  /** The highest order number so far, 0 when there is none. */
  lastOrderNumber(): number;
  /** Orders of a bridge that are `sent` or `unknown`, the oldest first. @param bridge null: of any that ever was */
  ordersInDoubt(bridge: string | null): Order[];
  /**
   * The newest order with this signal_id that may have left: any but a refused one.
   * @param bridge null: on any that ever was
   */
  findSent(bridge: string | null, signalId: string): Order | null;
  findOrder(number: number): Order | null;
  /** Buys and sells of a bridge that may have left, fired at or after `at` (epoch ms), the oldest first. */
  tradesSince(bridge: string, at: number): Order[];
}
