import {
  type Bar,
  barWithPrice,
  mostBars,
  type BarPrices,
  type Timeframe,
  timeframeMs,
} from '../../domain/market/bar.ts';

interface KeptBar {
  bar: Bar;
  /** Prices as the EA sent them last, before later ticks; null: it has not sent this bar. */
  sent: BarPrices | null;
}

/** The last bars of one symbol and timeframe: sent by the EA, and formed from ticks where it has sent none. */
export class BarSeries {
  private readonly timeframe: Timeframe;
  private kept: KeptBar[] = [];
  /** Changes with every bar but the last: whoever has an earlier version needs all bars. */
  private changes = 0;

  constructor(timeframe: Timeframe) {
    this.timeframe = timeframe;
  }

  get version(): number {
    return this.changes;
  }

  get last(): Bar | undefined {
    return this.kept.at(-1)?.bar;
  }

  get bars(): Bar[] {
    return this.kept.map(({ bar }) => bar);
  }

  /** @param at time of the bid by the broker's clock, ms */
  addTick(at: number, bid: number): void {
    const last = this.kept.at(-1);
    const bar = barWithPrice(last?.bar, this.timeframe, at, bid);
    if (bar === null) this.dropAhead(at, bid);
    else if (bar.start === last?.bar.start) last.bar = bar;
    else this.add({ bar, sent: null });
  }

  /**
   * Takes a bar that the EA sent in place of the one formed from ticks.
   * @returns false: it contradicts what the EA sent of this bar before, and is refused
   */
  put(bar: Bar): boolean {
    let at = this.kept.length;
    while (at > 0 && (this.kept[at - 1]?.bar.start ?? 0) >= bar.start) at -= 1;
    const known = this.kept[at];
    if (known?.bar.start !== bar.start) {
      if (at === 0 && this.kept.length >= mostBars) return true;
      this.kept.splice(at, 0, { bar, sent: bar });
      this.trim();
      if (at < this.kept.length - 1) this.changes += 1;
      return true;
    }
    if (known.sent !== null) {
      if (contradicts(known.sent, bar)) return false;
      if (isSame(known.sent, bar)) return true;
    }
    this.kept[at] = { bar, sent: bar };
    if (at < this.kept.length - 1) this.changes += 1;
    return true;
  }

  /** How many of the bars the EA has sent before in the same prices, and how many contradict them. */
  compare(bars: readonly Bar[]): { same: number; contrary: number } {
    const sent = new Map(this.kept.map((kept) => [kept.bar.start, kept.sent]));
    const known = bars.map((bar) => ({ bar, before: sent.get(bar.start) ?? null }));
    return {
      same: known.filter(({ bar, before }) => before !== null && isSame(before, bar)).length,
      contrary: known.filter(({ bar, before }) => before !== null && contradicts(before, bar)).length,
    };
  }

  /** Puts the bars of an earlier connection before the first of this one. */
  prepend(earlier: BarSeries): void {
    const first = this.kept[0]?.bar.start ?? Number.POSITIVE_INFINITY;
    this.kept = [...earlier.kept.filter(({ bar }) => bar.start < first), ...this.kept];
    this.trim();
    this.changes += 1;
  }

  dropFormed(): void {
    this.kept = this.kept.filter(({ sent }) => sent !== null);
    this.changes += 1;
  }

  private add(kept: KeptBar): void {
    this.kept.push(kept);
    this.trim();
  }

  private trim(): void {
    if (this.kept.length > mostBars) this.kept.splice(0, this.kept.length - mostBars);
  }

  /** Drops formed bars that start later than the next bar of now: a clock that has been set back made them. */
  private dropAhead(at: number, bid: number): void {
    const before = this.kept.length;
    const latest = at + timeframeMs[this.timeframe];
    while (this.kept.at(-1)?.sent === null && (this.last?.start ?? 0) > latest) this.kept.pop();
    if (this.kept.length === before) return;
    this.changes += 1;
    this.addTick(at, bid);
  }
}

/** A bar can grow while it is open: its open stays, its high only rises, its low only falls. */
function contradicts(before: BarPrices, now: BarPrices): boolean {
  return now.open !== before.open || now.high < before.high || now.low > before.low;
}

function isSame(one: BarPrices, other: BarPrices): boolean {
  return (['open', 'high', 'low', 'close'] as const).every((price) => one[price] === other[price]);
}
