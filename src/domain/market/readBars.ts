import { barStart, mostBars, type Bar, type Timeframe } from './bar.ts';

/** A bar as an EA sends it: `time` in seconds by the broker's clock. */
export interface SentBar {
  time?: number | undefined;
  open?: number | undefined;
  high?: number | undefined;
  low?: number | undefined;
  close?: number | undefined;
}

/** Facts by which bars are checked. */
export interface BarGround {
  /** Now by the broker's clock, ms. */
  now: number;
  /** A known price of the symbol; null: none, so that the bars are compared with each other. */
  price: number | null;
}

export interface ReadBars {
  /** Oldest first, each start once. */
  bars: Bar[];
  refused: number;
  /** Why the last refused bar was refused; null: none was. */
  reason: string | null;
}

/** No bar of MT5 starts earlier: 1 January 2000. */
const earliestMs = 946_684_800_000;
/** How far a bar may start ahead of the broker's clock, which is known to a second. */
const aheadMs = 60_000;
const highestPrice = 1e9;
/** A price that differs by this factor from the known one is a fault, not a market. */
const absurdFactor = 10;

/** Whether a price is too far from a known one to be a price of the same symbol. */
export function isAbsurd(price: number, known: number): boolean {
  return price > known * absurdFactor || price < known / absurdFactor;
}

/** Reads the bars of one timeframe. One that can't be used is refused and counted; the others are read. */
export function readBars(sent: readonly (SentBar | null)[], timeframe: Timeframe, ground: BarGround): ReadBars {
  const ordered = (isNewestFirst(sent) ? sent.toReversed() : sent).slice(-mostBars);
  const known = ground.price ?? middleClose(ordered);
  const bars: Bar[] = [];
  let refused = 0;
  let reason: string | null = null;
  for (const each of ordered) {
    const read = readBar(each, timeframe, { now: ground.now, price: known }, bars.at(-1)?.start ?? 0);
    if (typeof read === 'object') bars.push(read);
    else {
      refused += 1;
      reason = read;
    }
  }
  return { bars, refused, reason };
}

/** @returns the bar, or why it is refused */
function readBar(sent: SentBar | null, timeframe: Timeframe, ground: BarGround, before: number): Bar | string {
  const { time, open, high, low, close } = sent ?? {};
  if (time === undefined || open === undefined || high === undefined || low === undefined || close === undefined) {
    return 'A bar has no time or lacks a price.';
  }
  if (!(low > 0 && high < highestPrice)) return 'A bar has a price of 0, below 0 or beyond all prices.';
  if (!(high >= Math.max(open, close) && low <= Math.min(open, close))) {
    return 'A bar has a high below or a low above its other prices.';
  }
  const { now, price } = ground;
  if (price !== null && (isAbsurd(high, price) || isAbsurd(low, price))) {
    return `A bar has prices more than ${String(absurdFactor)} times away from the symbol's.`;
  }
  const start = barStart(timeframe, Math.floor(time) * 1000);
  if (!(start >= earliestMs)) return 'A bar starts before the year 2000.';
  if (start > now + aheadMs) return "A bar starts in the future by the broker's clock.";
  if (start <= before) return 'A bar starts no later than the one before it.';
  return { start, open, high, low, close, formed: false };
}

/** Whether the bars stand in the order of a series in MT5. */
function isNewestFirst(sent: readonly (SentBar | null)[]): boolean {
  const [first, last] = [sent[0]?.time, sent.at(-1)?.time];
  return first !== undefined && last !== undefined && first > last;
}

function middleClose(sent: readonly (SentBar | null)[]): number | null {
  const closes = sent.map((bar) => bar?.close ?? 0).filter((close) => close > 0);
  return closes.sort((one, other) => one - other)[Math.floor(closes.length / 2)] ?? null;
}
