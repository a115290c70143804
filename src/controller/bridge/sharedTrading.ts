import type { Unavailable } from '../../domain/arithmetic/unavailable.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { EpochCount } from '../ports/epoch.ts';

/** State that all bridges share: numbers, kill switch, orphans, limits. */
export interface SharedTrading {
  nextOrderNumber: () => number;
  /** Whether the kill switch is on. */
  killed: () => boolean;
  /** Orders in doubt of removed bridges. */
  orphans: () => Order[];
  /**
   * Sides that are open, pending or on their way in a symbol, on any account.
   * @param symbol the name on the bridge that asks
   */
  sidesOf: (bridge: string, symbol: string) => readonly ('buy' | 'sell')[] | Unavailable;
  /** Disarms after a suspension of the app or the machine: queued orders must not be fired (rule 7). */
  lookAtClock: () => void;
  /** S11: most unanswered buys and sells at a time: one, except in benches. */
  mostUnanswered: number;
  epoch: EpochCount;
}
