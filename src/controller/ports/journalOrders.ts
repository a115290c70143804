import type { Order } from '../../domain/orders/order.ts';

/**
 * Orders of a journal, for decisions: read synchronously. Each call throws a sentence when the journal can't be read.
 */
export interface JournalOrders {
  /** The last orders, newest first. */
  lastOrders(limit: number): Order[];
  /** The highest order number so far; 0: none. */
  lastOrderNumber(): number;
  /**
   * Orders of a bridge that are `sent` or `unknown`, oldest first.
   * @param bridge null: every bridge that ever was
   */
  ordersInDoubt(bridge: string | null): Order[];
  /** Pending orders of a bridge that wait at the broker, oldest first. */
  ordersPlaced(bridge: string): Order[];
  /**
   * The newest order with this signal_id that may have been sent, i.e. was not refused.
   * @param bridge null: every bridge that ever was
   */
  findSent(bridge: string | null, signalId: string): Order | null;
  findOrder(number: number): Order | null;
  /** Buys and sells of a bridge that may have been sent, fired at or after `at` (epoch ms), oldest first. */
  tradesSince(bridge: string, at: number): Order[];
}
