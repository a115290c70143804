import { type Bar, type Timeframe, timeframes } from '../../domain/market/bar.ts';
import { isAbsurd } from '../../domain/market/readBars.ts';
import { BarSeries } from './barSeries.ts';

type EachTimeframe<T> = Record<Timeframe, T>;

/** Bars of one symbol in every timeframe. */
export class SymbolBars {
  private series = newSeries();
  /** Bars of an earlier connection; null: none, or it is decided whether they are the same broker's. */
  private before: EachTimeframe<BarSeries> | null = null;
  private number: number;
  /** A price too far from the last one to be true, unless the next one is like it. */
  private doubted: number | null = null;
  /** When bars or ticks last came, monotonic ms. */
  at = Number.NEGATIVE_INFINITY;

  /** @param number of this series, never used twice */
  constructor(number: number) {
    this.number = number;
  }

  /** The last known price; null: none since the EA connected. */
  get price(): number | null {
    return this.series.M1.last?.close ?? this.series.M5.last?.close ?? this.series.M15.last?.close ?? null;
  }

  /** Sets the bars aside until the EA of a new connection repeats one of them. */
  setAside(number: number): void {
    if (this.price !== null) this.before = this.series;
    this.begin(number);
  }

  /** @param at time of the bid by the broker's clock, ms */
  addTick(at: number, bid: number, monotonic: number): void {
    this.at = monotonic;
    const { price } = this;
    if (price !== null && isAbsurd(bid, price)) {
      const isRepeated = this.doubted !== null && !isAbsurd(bid, this.doubted);
      this.doubted = bid;
      if (!isRepeated) return;
      // Two prices agree: what was kept so far is the fault.
      this.series = newSeries();
    }
    this.doubted = null;
    for (const timeframe of timeframes) this.series[timeframe].addTick(at, bid);
  }

  /** Drops bars formed since the EA connected: the clock that placed them was wrong. */
  dropFormed(): void {
    for (const timeframe of timeframes) this.series[timeframe].dropFormed();
  }

  /** @returns how many bars contradict what the EA has sent before */
  addSent(sent: EachTimeframe<Bar[]>, monotonic: number): number {
    this.at = monotonic;
    if (this.before !== null && timeframes.some((timeframe) => sent[timeframe].length > 0)) {
      this.decide(this.before, sent);
      this.before = null;
    }
    let refused = 0;
    for (const timeframe of timeframes) {
      for (const bar of sent[timeframe]) if (!this.series[timeframe].put(bar)) refused += 1;
    }
    return refused;
  }

  /** The bars of a timeframe; those of an earlier connection until the first of this one. */
  of(timeframe: Timeframe): { bars: Bar[]; version: string; earlier: boolean } {
    const earlier = this.before !== null && this.price === null;
    const series = earlier && this.before !== null ? this.before[timeframe] : this.series[timeframe];
    const version = `${String(this.number)}.${String(series.version)}${earlier ? 'e' : ''}`;
    return { bars: series.bars, version, earlier };
  }

  /** Keeps earlier bars if the EA has sent one of them again and contradicts none. */
  private decide(before: EachTimeframe<BarSeries>, sent: EachTimeframe<Bar[]>): void {
    const compared = timeframes.map((timeframe) => before[timeframe].compare(sent[timeframe]));
    const isSameBroker = compared.some(({ same }) => same > 0) && compared.every(({ contrary }) => contrary === 0);
    if (isSameBroker) for (const timeframe of timeframes) this.series[timeframe].prepend(before[timeframe]);
  }

  private begin(number: number): void {
    this.number = number;
    this.series = newSeries();
    this.doubted = null;
  }
}

function newSeries(): EachTimeframe<BarSeries> {
  return { M1: new BarSeries('M1'), M5: new BarSeries('M5'), M15: new BarSeries('M15') };
}
