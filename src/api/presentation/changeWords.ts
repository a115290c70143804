import type { SeenTrade, StoredChange } from '../../domain/orders/orderChange.ts';

/** Writes numbers for people. */
interface Figures {
  formatLots: (lots: number) => string;
  formatPlain: (value: number) => string;
}

/** What a change does to a position or pending order, as a heading. */
export function changeWords(change: StoredChange, { formatLots, formatPlain }: Figures): string {
  const stop = (value: number): string => (value === 0 ? 'none' : formatPlain(value));
  switch (change.action) {
    case 'close_position':
      return change.lot === null
        ? `Close position ${change.position}`
        : `Close ${formatLots(change.lot)} lots of position ${change.position}`;
    case 'close_by':
      return `Close position ${change.position} by ${change.by}`;
    case 'modify_position':
      return `Stops of position ${change.position}: SL ${stop(change.sl)}, TP ${stop(change.tp)}`;
    case 'modify_order': {
      const { order, price, limitPrice, sl, tp } = change;
      const limit = limitPrice === null ? '' : `, limit ${formatPlain(limitPrice)}`;
      return `Pending order ${order}: at ${formatPlain(price)}${limit}, SL ${stop(sl)}, TP ${stop(tp)}`;
    }
    case 'cancel_order':
      return `Cancel pending order ${change.order}`;
  }
}

/** A position or pending order as it was seen, such as "buy 0.1 XAUUSD at 2335, SL 2320, TP none". */
export function seenTradeWords(seen: SeenTrade, { formatLots, formatPlain }: Figures): string {
  const { side, lots, symbol, price, sl, tp } = seen;
  const at = price === null ? '' : ` at ${formatPlain(price)}`;
  const stop = (value: number | null): string => (value === null ? '?' : value === 0 ? 'none' : formatPlain(value));
  return `${side ?? 'order'} ${formatLots(lots)} ${symbol}${at}, SL ${stop(sl)}, TP ${stop(tp)}`;
}
