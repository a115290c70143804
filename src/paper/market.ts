import { seededRandom } from './random.ts';

/** A broker's specification of a symbol. Prices are in the quote currency, `spread` is in points. */
export interface SymbolSpec {
  symbol: string;
  digits: number;
  contractSize: number;
  /** Whether prices are in US dollars, the account's currency; else the base currency is the dollar. */
  quotedInUsd: boolean;
  start: number;
  spread: number;
  /** Typical move of one tick, as a fraction of the price. */
  volatility: number;
}

export const paperSymbols: readonly SymbolSpec[] = [
  { symbol: 'XAUUSD', digits: 2, contractSize: 100, quotedInUsd: true, start: 2341.22, spread: 25, volatility: 4e-5 },
  {
    symbol: 'EURUSD',
    digits: 5,
    contractSize: 100_000,
    quotedInUsd: true,
    start: 1.15548,
    spread: 13,
    volatility: 1.5e-5,
  },
  {
    symbol: 'GBPUSD',
    digits: 5,
    contractSize: 100_000,
    quotedInUsd: true,
    start: 1.35357,
    spread: 16,
    volatility: 1.7e-5,
  },
  {
    symbol: 'USDJPY',
    digits: 3,
    contractSize: 100_000,
    quotedInUsd: false,
    start: 147.215,
    spread: 14,
    volatility: 1.6e-5,
  },
];

export interface PaperQuote {
  bid: number;
  ask: number;
  /** In points. */
  spread: number;
}

export interface Bar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/**
 * Pull of a price back to its start, as a fraction of the distance per tick, so that a market left running for days
 * stays plausible.
 */
const reversion = 2e-5;
/** The last ten bars of 15 minutes stay whole. */
const keptMinutes = 15 * 11;

interface Walk {
  spec: SymbolSpec;
  mid: number;
  quote: PaperQuote;
  minutes: Bar[];
}

/** A seeded random walk of a few symbols, with minute bars. */
export class PaperMarket {
  private readonly random: () => number;
  private readonly unrest: number;
  private readonly walks = new Map<string, Walk>();

  /** @param unrest scale of price moves: 1 is usual, 0 none */
  constructor(seed: number, unrest = 1) {
    this.random = seededRandom(seed);
    this.unrest = unrest;
    for (const spec of paperSymbols) {
      this.walks.set(spec.symbol, {
        spec,
        mid: spec.start,
        quote: quoteAt(spec, spec.start, spec.spread),
        minutes: [],
      });
    }
  }

  spec(symbol: string): SymbolSpec | null {
    return this.walks.get(symbol)?.spec ?? null;
  }

  specs(): SymbolSpec[] {
    return [...this.walks.values()].map(({ spec }) => spec);
  }

  quote(symbol: string): PaperQuote | null {
    return this.walks.get(symbol)?.quote ?? null;
  }

  /** One tick of every symbol. @param seconds broker time, for the bars */
  step(seconds: number): void {
    for (const walk of this.walks.values()) {
      const { spec } = walk;
      const pull = reversion * (spec.start / walk.mid - 1);
      walk.mid *= 1 + pull + spec.volatility * this.unrest * this.bell();
      const wider = this.random() < 0.05 ? 1 + this.random() * 0.4 * Math.min(1, this.unrest) : 1;
      walk.quote = quoteAt(spec, walk.mid, Math.round(spec.spread * wider));
      addToBars(walk.minutes, walk.quote.bid, seconds);
    }
  }

  /** The last bars of 1, 5 or 15 minutes, oldest first. */
  bars(symbol: string, minutes: 1 | 5 | 15, count: number): Bar[] {
    const merged: Bar[] = [];
    for (const bar of this.walks.get(symbol)?.minutes ?? []) {
      const time = bar.time - (bar.time % (minutes * 60));
      const last = merged.at(-1);
      if (last?.time === time) merged[merged.length - 1] = joinBars(last, bar);
      else merged.push({ ...bar, time });
    }
    return merged.slice(-count);
  }

  /** A random number, approximately normal, from -3 to 3. */
  private bell(): number {
    let sum = 0;
    for (let draw = 0; draw < 6; draw += 1) sum += this.random();
    return sum - 3;
  }
}

export function pointOf(spec: SymbolSpec): number {
  return 10 ** -spec.digits;
}

export function roundPrice(spec: SymbolSpec, price: number): number {
  return Number(price.toFixed(spec.digits));
}

function quoteAt(spec: SymbolSpec, mid: number, spread: number): PaperQuote {
  const bid = roundPrice(spec, mid - (spread * pointOf(spec)) / 2);
  return { bid, ask: roundPrice(spec, bid + spread * pointOf(spec)), spread };
}

function addToBars(bars: Bar[], price: number, seconds: number): void {
  const time = seconds - (seconds % 60);
  const last = bars.at(-1);
  const tick: Bar = { time, open: price, high: price, low: price, close: price, volume: 1 };
  if (last?.time === time) bars[bars.length - 1] = joinBars(last, tick);
  else bars.push(tick);
  if (bars.length > keptMinutes) bars.shift();
}

function joinBars(earlier: Bar, later: Bar): Bar {
  return {
    time: earlier.time,
    open: earlier.open,
    high: Math.max(earlier.high, later.high),
    low: Math.min(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
  };
}
