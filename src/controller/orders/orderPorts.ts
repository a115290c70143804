import type { Order, Unchecked } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { SignalRules } from '../../protocol/ea/signal.ts';
import type { CommandLink } from '../ports/link.ts';
import type { OrderSurroundings } from './newOrder.ts';
import type { PositionReconciler } from './positionReconciler.ts';
import type { SentOrders } from './sentOrders.ts';

// Ports that orders are sent and followed by, named by their use.

/** Why an order must not leave after all, for what its guards don't know of. */
export type AskAgain = (order: Order) => Refusal | null;

/** The EA that executes a bridge's orders. */
export interface ReportingEa {
  /** S8: it sends a result again until it is acknowledged, so that a repeat is nothing to look at. */
  resends: () => boolean;
  /** Asks it for its positions. */
  askStatus: () => void;
}

/** Orders and positions of a bridge, as far as they are in memory. */
export interface OrdersAtHand {
  sentOrders: SentOrders;
  positions: PositionReconciler;
}

/** How an order is written for the EA, and what is noted with it. */
export interface OrderTerms extends OrderSurroundings {
  /** What the EA takes of a symbol. */
  rules: (symbol: string) => SignalRules;
  /** The broker's name of a symbol. */
  brokerSymbol: (symbol: string) => string;
  nextOrderNumber: () => number;
}

/** Guards that an order has to pass. */
export interface OrderGuards {
  /** Why an order must not leave now: guards and limits (ARCHITECTURE rule 3). It counts orders that have left. */
  check: (order: Order, confirmed: readonly string[]) => Refusal | null;
  /** Why an order that is about to be put on the wire must stay here after all. */
  stopped: (order: Order) => Refusal | null;
  /** Checks that could not be made of an order that may leave. */
  unchecked: (order: Order) => readonly Unchecked[];
  /** S11: how many buys and sells may be unanswered at a time. */
  mostUnanswered: number;
}

/** The EA that orders go to. */
export interface ExecutingEa extends ReportingEa {
  link: Pick<CommandLink, 'send' | 'endpoints'>;
  /** Asks it for a sign of life. */
  probe: () => void;
}
