import { BoundedSet } from '../../base/boundedMap.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { Tick } from '../../protocol/ea/eaMessages.ts';
import { staleQuoteMs } from '../../domain/orders/refusal.ts';
import { PointCheck } from './pointCheck.ts';
import type { Clock } from '../ports/clock.ts';

/** Symbols that nobody has named: as many as a window could show. */
const mostOthers = 200;
/** Symbols that somebody tried to trade and that may never have left, the newest. */
const mostTried = 100;
/** Symbols that gave way and are remembered by their name. */
const mostGone = 1_000;
/** How often a crowded table looks for symbols that have gone silent, in ms. */
const lookEveryMs = 1_000;

/** The last quote of a symbol, and what its ticks say against the point that stops are counted in. */
export interface KnownQuote extends Quote {
  pointDoubt: string | null;
  /** By the clock that never goes back. */
  ageMs: number;
}

/** Why an EA that sends quotes has none of a symbol. `moved`: it had before it connected anew. `crowded`: no place is left. */
export type MissingQuote = 'none' | 'moved' | 'crowded';

/** The last quotes of an EA. Symbols of the symbol table and those that were traded always have a place. */
export class QuoteTable {
  private readonly clock: Clock;
  /** Whether a symbol stands in the symbol table, by its broker's name. */
  private readonly isListed: (symbol: string) => boolean;
  private readonly symbols = new Map<string, SymbolQuotes>();
  private readonly traded = new Set<string>();
  private readonly tried = new BoundedSet<string>(mostTried);
  /** Symbols that gave way to others, the newest. */
  private readonly gone = new BoundedSet<string>(mostGone);
  /** Symbols without a place of their own. */
  private others = 0;
  private crowded = false;
  private sends = false;
  private joinedAt = 0;
  /** When silent symbols were last looked for, monotonic ms. */
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, isListed: (symbol: string) => boolean) {
    this.clock = clock;
    this.isListed = isListed;
  }

  /** Another EA, or the same on another chart, may be behind a new connection: what is known is no price of now. */
  joined(): void {
    this.sends = false;
    this.crowded = false;
    this.joinedAt = this.clock.monotonic();
    for (const known of this.symbols.values()) {
      known.earlier = true;
      known.changed = true;
    }
  }

  /** The machine may have slept for so long, which the clock that never goes back doesn't always count. @param ms */
  age(ms: number): void {
    for (const known of this.symbols.values()) known.monotonicAt -= ms;
  }

  /** The EA has sent a quote, be it one of a closed market. */
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

  /** A symbol that somebody wants to trade has a place from its next quote on. */
  wanted(symbol: string): void {
    this.tried.delete(symbol);
    this.tried.add(symbol);
  }

  /** A symbol that was traded keeps its place for good. */
  hold(symbol: string): void {
    this.traded.add(symbol);
  }

  /** The last quote since the EA connected. */
  of(symbol: string): KnownQuote | null {
    const known = this.symbols.get(symbol);
    if (known === undefined || known.earlier) return null;
    const ageMs = this.clock.monotonic() - known.monotonicAt;
    // By the wall clock of now, which may have been set since the quote came.
    return { ...toQuote(known), at: this.clock.now() - ageMs, pointDoubt: known.points.doubt, ageMs };
  }

  /** The last quote while it is a price: one that is too old is null. */
  fresh(symbol: string): KnownQuote | null {
    const quote = this.of(symbol);
    return quote === null || quote.ageMs > staleQuoteMs ? null : quote;
  }

  /** Whether a quote of the symbol has ever come, be it before the EA connected anew. */
  wasKnown(symbol: string): boolean {
    return this.symbols.has(symbol) || this.gone.has(symbol);
  }

  /**
   * Why there is no quote of a symbol that there should be one of; null: the EA sends no quotes. One that has just
   * connected has time to send those of before.
   */
  missing(symbol: string): MissingQuote | null {
    const known = this.symbols.get(symbol)?.earlier === true;
    if (!this.sends) return known && this.clock.monotonic() - this.joinedAt <= staleQuoteMs ? 'moved' : null;
    if (known) return 'moved';
    return this.crowded ? 'crowded' : 'none';
  }

  /** What the EA quotes now, for a sentence. */
  quoted(): string[] {
    return [...this.symbols.values()].filter(({ earlier }) => !earlier).map(({ tick }) => tick.symbol);
  }

  /** What has a price now. */
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

  /** Whether a symbol that has no quote yet gets a place: one that nothing was heard of for long gives way. */
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

/** The last tick of a symbol, and what all of its ticks have shown. */
interface SymbolQuotes {
  tick: Tick;
  /** Epoch ms. */
  at: number;
  /** Monotonic ms. */
  monotonicAt: number;
  changed: boolean;
  /** It came before the EA connected anew. */
  earlier: boolean;
  points: PointCheck;
}

function toQuote({ tick, at, earlier, points }: SymbolQuotes): Quote {
  const { symbol, bid, ask } = tick;
  return { symbol, bid, ask, digits: points.digits, point: points.point, at, earlier };
}
