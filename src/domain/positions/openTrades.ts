import type { OrderSource } from '../orders/order.ts';

// What an account has open, as its EA lists it (N5). Tickets are text of digits (W15). Prices and stops: 0 is none.

/** What made a trade, by MT5's names: `client` is the terminal's own window, `so` a stop-out. */
export const tradeReasons = [
  ...['client', 'mobile', 'web', 'expert', 'sl', 'tp', 'so'],
  ...['rollover', 'vmargin', 'split', 'other'],
] as const;
export type TradeReason = (typeof tradeReasons)[number];

/** Who opened a trade. */
export interface TradeOrigin {
  /** The order ID by which it came, as the EA tells; null: none told. */
  signalId: string | null;
  /** Where this desk fired that order; null: no order of this desk's journal. */
  source: OrderSource | null;
  /** Null: not told. */
  reason: TradeReason | null;
  /** Null: not told. */
  magic: string | null;
  comment: string;
}

export interface OpenPosition extends TradeOrigin {
  /** Its identifier, which outlives its ticket. */
  position: string;
  symbol: string;
  side: 'buy' | 'sell';
  lots: number;
  /** Null: not told, as the figures below. */
  price: number | null;
  /** Epoch ms. */
  openedAt: number | null;
  sl: number | null;
  tp: number | null;
  /** When the list was taken, in the account's currency; without swap. */
  profit: number | null;
  swap: number | null;
}

export const pendingKinds = ['market', 'limit', 'stop', 'stop_limit', 'close_by'] as const;

/** An order that is not done: pending, or a market's on its way. */
export interface PendingOrder extends TradeOrigin {
  order: string;
  symbol: string;
  side: 'buy' | 'sell' | null;
  kind: (typeof pendingKinds)[number];
  /** What is left of `requested`. */
  lots: number;
  requested: number | null;
  price: number | null;
  /** Of a stop-limit order: the limit order's price. */
  limitPrice: number | null;
  /** Epoch s of the broker's clock; 0: until cancelled; null: not told. */
  until: number | null;
  placedAt: number | null;
  sl: number | null;
  tp: number | null;
}

/** An account's open trades. A list is null until its EA has told one. */
export interface OpenTrades {
  positions: readonly OpenPosition[] | null;
  orders: readonly PendingOrder[] | null;
  /** When the list of positions was taken, epoch ms of the desk's clock; null: there is none. */
  positionsAt: number | null;
  ordersAt: number | null;
  /** False: the EA's session has ended since, so that these are the last known. */
  isCurrent: boolean;
}

export const noTrades: OpenTrades = {
  positions: null,
  orders: null,
  positionsAt: null,
  ordersAt: null,
  isCurrent: false,
};
