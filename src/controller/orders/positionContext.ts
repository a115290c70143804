import type { Order } from '../../domain/orders/order.ts';
import type { Clock } from '../ports/clock.ts';
import type { Interest } from './interest.ts';
import type { OpenTrades } from './sentOrders.ts';
import type { WatchedOrder } from './watchMemory.ts';

/** Inputs and listeners of the position reconciler. */
export interface PositionReconcilerContext {
  clock: Clock;
  /** Buys and sells but one that may be open without being known to be. */
  open: (except: number) => OpenTrades;
  /** Whether each trade opens a position of its own. */
  hedging: () => boolean;
  /** Telemetry agrees with a close. */
  closed: (number: number, remaining: number) => void;
  /** There are more positions than an order can leave that was not traded. */
  rose: (order: Order, interest: Interest, before: number, now: number) => void;
  /** An error that nobody can read was followed by nothing at all. */
  quiet: (order: Order) => void;
  /** Writes down what is watched, for the next start. */
  remember: (watched: WatchedOrder[]) => void;
}
