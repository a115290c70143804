import { BoundedSet } from '../../base/boundedMap.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { Tick } from '../../protocol/ea/eaMessages.ts';
import { staleQuoteMs } from '../../domain/orders/refusal.ts';
import { PointCheck } from './pointCheck.ts';
import type { Clock } from '../ports/clock.ts';

/** Most symbols kept that are neither in the symbol table nor traded. */
const mostOthers = 200;
/** Most symbols kept that a person or program tried to trade, the newest. */
const mostTried = 100;
/** Most evicted symbols remembered by name. */
const mostGone = 1_000;
/** Interval at which a full table looks for silent symbols, ms. */
const lookEveryMs = 1_000;

/** The last quote of a symbol, and its ticks' evidence against the point of the symbol table. */
export interface KnownQuote extends Quote {
  pointDoubt: string | null;
  /** By the monotonic clock. */
  ageMs: number;
}

/**
 * Why a symbol has no quote although the EA sends quotes. `moved`: it had one before the EA reconnected. `crowded`: no
 * place is left.
 */
export type MissingQuote = 'none' | 'moved' | 'crowded';

/** The last quotes of an EA. Symbols of the symbol table and traded ones always have a place. */
export class QuoteTable {
  private readonly clock: Clock;
  /** Whether a symbol stands in the symbol table, by its broker's name. */
  private readonly isListed: (symbol: string) => boolean;
  private readonly symbols = new Map<string, SymbolQuotes>();
  private readonly traded = new Set<string>();
  private readonly tried = new BoundedSet<string>(mostTried);
  /** Names of evicted symbols, the newest. */
  private readonly gone = new BoundedSet<string>(mostGone);
  /** Number of symbols without a reserved place. */
  private others = 0;
  private crowded = false;
  private sends = false;
  private joinedAt = 0;
  /** Time of the last search for silent symbols, monotonic ms. */
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, isListed: (symbol: string) => boolean) {
    this.clock = clock;
    this.isListed = isListed;
  }

  /** Handles a new connection, which may be another EA's or another chart's: known quotes are no current prices. */
  joined(): void {
    this.sends = false;
    this.crowded = false;
    this.joinedAt = this.clock.monotonic();
    for (const known of this.symbols.values()) {
      known.earlier = true;
      known.changed = true;
    }
  }

  /**
   * Ages all quotes by a possible sleep of the machine, which the monotonic clock doesn't always count.
   * @param ms
   */
  age(ms: number): void {
    for (const known of this.symbols.values()) known.monotonicAt -= ms;
  }

  /** Notes that the EA sends quotes, even of a closed market. */
  markAlive(): void {
    this.sends = true;
  }

  record(tick: Tick, now: number): void {
    this.sends = true;
    const known = this.symbols.get(tick.symbol);
    const monotonicAt = this.clock.monotonic();
    if (known !== undefined && !known.earlier) {
      Object.assign(known, { tick, at: now, monotonicAt, changed: true });
      known.points.see(tick);
      return;
    }
    if (known === undefined && !this.makeRoom(tick.symbol)) return;
    const points = new PointCheck();
    points.see(tick);
    this.symbols.set(tick.symbol, { tick, at: now, monotonicAt, changed: true, earlier: false, points });
  }

  /** Reserves a place for a symbol that is to be traded, from its next quote on. */
  wanted(symbol: string): void {
    this.tried.delete(symbol);
    this.tried.add(symbol);
  }

  /** Reserves a traded symbol's place for good. */
  hold(symbol: string): void {
    this.traded.add(symbol);
  }

  /** The last quote since the EA connected. */
  of(symbol: string): KnownQuote | null {
    const known = this.symbols.get(symbol);
    if (known === undefined || known.earlier) return null;
    const ageMs = this.clock.monotonic() - known.monotonicAt;
    // By the current wall clock, which may have been set since the quote came.
    return { ...toQuote(known), at: this.clock.now() - ageMs, pointDoubt: known.points.doubt, ageMs };
  }

  /** The last quote, unless it is too old to be a price; else null. */
  fresh(symbol: string): KnownQuote | null {
    const quote = this.of(symbol);
    return quote === null || quote.ageMs > staleQuoteMs ? null : quote;
  }

  /** Whether a quote of the symbol has ever come, even before the EA reconnected. */
  wasKnown(symbol: string): boolean {
    return this.symbols.has(symbol) || this.gone.has(symbol);
  }

  /**
   * Why a symbol has no quote; null: the EA sends no quotes. An EA that has just connected gets time to send the
   * earlier ones.
   */
  missing(symbol: string): MissingQuote | null {
    const known = this.symbols.get(symbol)?.earlier === true;
    if (!this.sends) return known && this.clock.monotonic() - this.joinedAt <= staleQuoteMs ? 'moved' : null;
    if (known) return 'moved';
    return this.crowded ? 'crowded' : 'none';
  }

  /** Symbols that the EA quotes now, for a sentence. */
  quoted(): string[] {
    return [...this.symbols.values()].filter(({ earlier }) => !earlier).map(({ tick }) => tick.symbol);
  }

  /** Symbols with a current price. */
  quotedLately(): string[] {
    return this.quoted().filter((symbol) => this.fresh(symbol) !== null);
  }

  all(): Quote[] {
    return [...this.symbols.values()].map(toQuote);
  }

  /** The quotes that changed since the last call. */
  takeChanged(): Quote[] {
    const changed = [...this.symbols.values()].filter((known) => known.changed);
    for (const known of changed) known.changed = false;
    return changed.map(toQuote);
  }

  /**
   * Makes room for a new symbol by evicting one that has been silent for long.
   * @returns whether there is room
   */
  private makeRoom(symbol: string): boolean {
    if (this.hasPlace(symbol)) return true;
    if (this.others >= mostOthers) this.dropSilent();
    if (this.others >= mostOthers) {
      this.crowded = true;
      return false;
    }
    this.others += 1;
    return true;
  }

  private dropSilent(): void {
    const monotonic = this.clock.monotonic();
    if (monotonic - this.lookedAt < lookEveryMs) return;
    this.lookedAt = monotonic;
    let others = 0;
    for (const [symbol, { monotonicAt }] of this.symbols) {
      if (this.hasPlace(symbol)) continue;
      if (monotonic - monotonicAt <= staleQuoteMs) others += 1;
      else {
        this.symbols.delete(symbol);
        this.gone.add(symbol);
        this.crowded = true;
      }
    }
    this.others = others;
  }

  private hasPlace(symbol: string): boolean {
    return this.traded.has(symbol) || this.tried.has(symbol) || this.isListed(symbol);
  }
}

/** The last tick of a symbol, and the result of all its ticks. */
interface SymbolQuotes {
  tick: Tick;
  /** Epoch ms. */
  at: number;
  /** Monotonic ms. */
  monotonicAt: number;
  changed: boolean;
  /** Received before the EA reconnected. */
  earlier: boolean;
  points: PointCheck;
}

function toQuote({ tick, at, earlier, points }: SymbolQuotes): Quote {
  const { symbol, bid, ask } = tick;
  return { symbol, bid, ask, digits: points.digits, point: points.point, at, earlier };
}
