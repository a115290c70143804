import type { Order } from '../../domain/orders/order.ts';
import type { Clock } from '../ports/clock.ts';
import type { Interest } from './interest.ts';
import type { OpenTrades } from './sentOrders.ts';
import type { WatchedOrder } from './watchMemory.ts';

/** Inputs and listeners of the position reconciler. */
export interface PositionReconcilerContext {
  clock: Clock;
  /** Buys and sells that may be open without a report of it, one order left out. */
  open: (except: number) => OpenTrades;
  /** Whether each trade opens a position of its own. */
  hedging: () => boolean;
  /** Called when telemetry agrees with a close. */
  closed: (number: number, remaining: number) => void;
  /** Called when there are more positions than possible if an order was not traded. */
  rose: (order: Order, interest: Interest, before: number, now: number) => void;
  /** Called when nothing changed after an unreadable error. */
  quiet: (order: Order) => void;
  /** Stores the watched orders for the next start. */
  remember: (watched: WatchedOrder[]) => void;
}
