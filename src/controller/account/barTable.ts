import type { BarsAnswer, KnownBars } from '../../api/queries/bars.ts';
import { BoundedMap } from '../../base/boundedMap.ts';
import { type Timeframe, timeframes } from '../../domain/market/bar.ts';
import { readBars, type ReadBars } from '../../domain/market/readBars.ts';
import { staleQuoteMs } from '../../domain/orders/refusal.ts';
import type { CandleBatch } from '../../protocol/ea/candleBatch.ts';
import type { Tick } from '../../protocol/ea/eaMessages.ts';
import type { Clock } from '../ports/clock.ts';
import type { BrokerClock } from './brokerClock.ts';
import { SymbolBars } from './symbolBars.ts';

/** Most symbols whose bars are kept. */
const mostSymbols = 100;
/** Most symbols of which refused bars are counted. */
const mostRefused = 100;

const contradiction = 'A bar contradicts what the EA sent of it before.';
const crowded = `Bars are kept of ${String(mostSymbols)} symbols, and the EA sends more than that.`;

interface Refused {
  count: number;
  /** Why the last one was refused. */
  reason: string;
}

/** Bars of the EA's symbols, from its current frames: as it sends them, and formed from its ticks meanwhile. */
export class BarTable {
  private readonly clock: Clock;
  /** Whether a symbol stands in the symbol table, by its broker's name. */
  private readonly isListed: (symbol: string) => boolean;
  private readonly symbols = new Map<string, SymbolBars>();
  private readonly refused = new BoundedMap<string, Refused>(mostRefused);
  private readonly brokerClock: BrokerClock;
  /** Number of series that were begun; a part of their versions. */
  private begun = 0;

  constructor(clock: Clock, isListed: (symbol: string) => boolean, brokerClock: BrokerClock) {
    this.clock = clock;
    this.isListed = isListed;
    this.brokerClock = brokerClock;
  }

  /** Handles a new connection, which may be another broker's: earlier bars are set aside until the EA repeats one. */
  joined(): void {
    for (const bars of this.symbols.values()) bars.setAside((this.begun += 1));
  }

  /** Takes a tick whose prices are known to be prices. */
  addTick({ symbol, bid }: Pick<Tick, 'symbol' | 'bid'>, now: number): void {
    this.barsOf(symbol)?.addTick(this.brokerClock.now(now), bid, this.clock.monotonic());
  }

  addBatch(batch: CandleBatch, now: number): void {
    const { symbol, timestamp } = batch;
    if (this.brokerClock.observe(timestamp, now)) for (const each of this.symbols.values()) each.dropFormed();
    const bars = this.barsOf(symbol);
    if (bars === null) return;
    const ground = { now: this.brokerClock.now(now), price: bars.price };
    const read = Object.fromEntries(
      timeframes.map((timeframe) => [timeframe, readBars(batch[timeframe], timeframe, ground)]),
    ) as Record<Timeframe, ReadBars>;
    const contradictions = bars.addSent(
      { M1: read.M1.bars, M5: read.M5.bars, M15: read.M15.bars },
      this.clock.monotonic(),
    );
    for (const { refused, reason } of Object.values(read)) this.refuse(symbol, refused, reason ?? '');
    this.refuse(symbol, contradictions, contradiction);
  }

  /** @param known what the asker has already; null: nothing */
  answer(symbol: string, timeframe: Timeframe, known: KnownBars | null): BarsAnswer {
    const { aheadMs, offsetMs } = this.brokerClock;
    const refused = this.refused.get(symbol) ?? null;
    const kept = this.symbols.get(symbol)?.of(timeframe) ?? { bars: [], version: '', earlier: false };
    const whole = known === null || known.version !== kept.version;
    const bars = whole ? kept.bars : kept.bars.filter(({ start }) => start >= known.since);
    return { ...kept, bars, whole, offsetMs, aheadMs, refused };
  }

  private refuse(symbol: string, count: number, reason: string): void {
    if (count === 0) return;
    this.refused.set(symbol, { count: (this.refused.get(symbol)?.count ?? 0) + count, reason });
  }

  /** @returns null: no place is left */
  private barsOf(symbol: string): SymbolBars | null {
    const known = this.symbols.get(symbol);
    if (known !== undefined) return known;
    if (this.symbols.size >= mostSymbols && !this.dropSilent(symbol)) {
      this.refuse(symbol, 1, crowded);
      return null;
    }
    const bars = new SymbolBars((this.begun += 1));
    this.symbols.set(symbol, bars);
    return bars;
  }

  /**
   * Makes room for a symbol by dropping the one that has been silent for longest. One that isn't in the symbol table
   * pushes out none that is, and none that is quoted.
   * @returns whether there is room
   */
  private dropSilent(newcomer: string): boolean {
    const droppable = [...this.symbols].filter(([symbol]) => !this.isListed(symbol));
    const [symbol, bars] = droppable.toSorted(([, one], [, other]) => one.at - other.at)[0] ?? [];
    if (symbol === undefined || bars === undefined) return false;
    if (!this.isListed(newcomer) && this.clock.monotonic() - bars.at <= staleQuoteMs) return false;
    return this.symbols.delete(symbol);
  }
}
