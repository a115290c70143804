export const timeframes = ['M1', 'M5', 'M15'] as const;
/** Length of a bar, as MT5 names it. */
export type Timeframe = (typeof timeframes)[number];

const minuteMs = 60_000;
export const timeframeMs: Record<Timeframe, number> = { M1: minuteMs, M5: 5 * minuteMs, M15: 15 * minuteMs };

/** Most bars kept and shown of a symbol and timeframe. */
export const mostBars = 500;

/** Prices of one bar, by the bid. */
export interface BarPrices {
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface Bar extends BarPrices {
  /** Start by the broker's clock, ms as if it were UTC; a multiple of the timeframe. */
  start: number;
  /** Made from the ticks that came: the EA has not sent this bar. */
  formed: boolean;
}

/**
 * The bar that a price makes: the last one with the price in it, or the next one.
 * @param at time of the price by the broker's clock, ms
 * @returns null: the price belongs to an earlier bar than the last
 */
export function barWithPrice(last: Bar | undefined, timeframe: Timeframe, at: number, price: number): Bar | null {
  const start = barStart(timeframe, at);
  if (last === undefined || start > last.start) {
    return { start, open: price, high: price, low: price, close: price, formed: true };
  }
  if (start < last.start) return null;
  return { ...last, high: Math.max(last.high, price), low: Math.min(last.low, price), close: price };
}

export function barStart(timeframe: Timeframe, at: number): number {
  return at - (at % timeframeMs[timeframe]);
}
