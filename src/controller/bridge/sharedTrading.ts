import type { Order } from '../../domain/orders/order.ts';

/** Numbers, kill switch, orphans and limits that all bridges of the app share. */
export interface SharedTrading {
  nextOrderNumber: () => number;
  /** Whether the kill switch is on. */
  killed: () => boolean;
  /** Orders in doubt of bridges that the journal knows and that aren't there any more. */
  orphans: () => Order[];
  /** Disarms where the app or the machine stood still: what waited meanwhile must not be fired (rule 7). */
  lookAtClock: () => void;
  /** S11: how many buys and sells may be unanswered at a time: one, but in benches. */
  mostUnanswered: number;
}
