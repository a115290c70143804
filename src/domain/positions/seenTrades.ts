import type { SeenTrade } from '../orders/orderChange.ts';
import type { OpenPosition, PendingOrder } from './openTrades.ts';

/** The position as a person sees it. */
export function seenPosition({ symbol, side, lots: open, price: at, sl, tp }: OpenPosition): SeenTrade {
  return { symbol, side, lots: open, price: at, sl, tp };
}

/** The pending order as a person sees it. */
export function seenPending({ symbol, side, lots: open, price: at, limitPrice, sl, tp }: PendingOrder): SeenTrade {
  return { symbol, side, lots: open, price: at, ...(limitPrice === null ? {} : { limitPrice }), sl, tp };
}
