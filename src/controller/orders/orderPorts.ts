import type { Confirmations } from '../../api/contract.ts';
import type { Order, Unchecked } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { EncodedFrame } from '../../protocol/ea/commandFrame.ts';
import type { SignalRules } from '../../protocol/ea/signal.ts';
import type { CommandLink } from '../ports/link.ts';
import type { OrderSurroundings } from './newOrder.ts';
import type { PositionReconciler } from './positionReconciler.ts';
import type { SentOrders } from './sentOrders.ts';

// Ports for sending and following orders, named by use.

/** Further check right before sending, for facts that the guards don't know; null: send. */
export type AskAgain = (order: Order) => Refusal | null;

/** The EA that executes a bridge's orders. */
export interface ReportingEa {
  /** S8: the EA sends a result again until it is acknowledged, so a repeat is normal. */
  resends: () => boolean;
  /** Requests the EA's positions. */
  askStatus: () => void;
}

/** Orders and positions of a bridge in memory. */
export interface OrdersAtHand {
  sentOrders: SentOrders;
  positions: PositionReconciler;
}

/** Encoding of an order for the EA, and the facts stored with it. */
export interface OrderTerms extends OrderSurroundings {
  /** Limits of what the EA accepts for a symbol. */
  rules: (symbol: string) => SignalRules;
  /** The broker's name of a symbol. */
  brokerSymbol: (symbol: string) => string;
  nextOrderNumber: () => number;
  /** Most that the price may move between order and fill, points. */
  slippage: () => number;
}

/** Checks that an order has to pass. */
export interface OrderGuards {
  /** Why an order must not be sent now: guards and limits (ARCHITECTURE rule 3). Counts orders already sent. */
  check: (order: Order, confirmed: Confirmations) => Refusal | null;
  /** Why an order about to enter the socket must not be sent after all. */
  stopped: (order: Order) => Refusal | null;
  /** Checks that were impossible for an order that may be sent. */
  unchecked: (order: Order) => readonly Unchecked[];
  /** S11: most unanswered buys and sells at a time. */
  mostUnanswered: number;
}

/** The EA that receives the orders. */
export interface ExecutingEa extends ReportingEa {
  link: Pick<CommandLink, 'send' | 'endpoints'>;
  /** Sends a ping. */
  probe: () => void;
  /** Session of an EA of protocol 8 (N1); null: it is written to as the documented one. */
  session: () => string | null;
}

/** An order that passed its checks. */
export interface Leaving {
  intended: Order;
  encoded: Extract<EncodedFrame, { ok: true }>;
  /** Monotonic ms. */
  firedAt: number;
  /** Called for a guarded order after the commit. */
  checkAgain: AskAgain;
}
