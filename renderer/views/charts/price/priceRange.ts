import type { AutoscaleInfo } from 'lightweight-charts';

/** How far beyond the bars lines of the ticket may stretch the scale: a multiple of the bars' own range, or a share of the price. */
const mostStretch = 3;
const leastReach = 0.002;

/** Range of prices on the chart's scale: the bars and the quote, and lines of the ticket where they are near enough. */
export class PriceRange {
  private quote: { bid: number; ask: number } | null = null;
  private lines: readonly number[] = [];
  private last: AutoscaleInfo | null = null;
  private isHeld = false;

  setQuote(quote: { bid: number; ask: number } | null): void {
    this.quote = quote;
  }

  /** @returns whether the prices differ from those before */
  setLines(prices: readonly number[]): boolean {
    const isSame = prices.join() === this.lines.join();
    this.lines = prices;
    return !isSame;
  }

  /** Holds the range still, or lets it follow the bars again. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /** @param base range of the visible bars; null: there are none */
  around(base: AutoscaleInfo | null): AutoscaleInfo | null {
    if (this.isHeld && this.last !== null) return this.last;
    const range = base?.priceRange ?? null;
    if (base === null || range === null) return base;
    const { bid, ask } = this.quote ?? { bid: range.minValue, ask: range.maxValue };
    const minValue = Math.min(range.minValue, bid);
    const maxValue = Math.max(range.maxValue, ask);
    const reach = Math.max((maxValue - minValue) * mostStretch, maxValue * leastReach);
    const near = this.lines.filter((price) => price > minValue - reach && price < maxValue + reach);
    const priceRange = { minValue: Math.min(minValue, ...near), maxValue: Math.max(maxValue, ...near) };
    this.last = { ...base, priceRange };
    return this.last;
  }
}
