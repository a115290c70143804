import type { AccountState, Quote, Sample } from '../api/state.ts';
import type { EaStatus, Tick } from '../protocol/eaMessages.ts';
import { staleTelemetryMs } from '../protocol/refusal.ts';
import type { Clock } from './ports.ts';

/** What any message may tell of the account: a heartbeat, a status report or a trade result is telemetry too (W11). */
export interface ReportedFigures {
  uuid?: string | undefined;
  balance?: number | undefined;
  equity?: number | undefined;
  margin?: number | undefined;
  free_margin?: number | undefined;
  profit?: number | undefined;
  positions?: number | undefined;
}

const maxQuotes = 200;

/** Figures, and when they came: both clocks start at 0, which `figures` being null makes meaningless. */
class Reported {
  figures: ReportedFigures | null = null;
  at = 0;
  monotonicAt = 0;

  take(figures: ReportedFigures, monotonic: number, now: number): void {
    this.figures = figures;
    this.at = now;
    this.monotonicAt = monotonic;
  }
}

/**
 * The account's figures, its owner's name and the last quotes, as the EA reported them since it connected. Messages
 * come by the ten thousand at worst, so they are kept as they came and worked out when somebody asks.
 */
export class AccountBook {
  private readonly clock: Clock;
  private uuid: string | null = null;
  private login: string | null = null;
  private server: string | null = null;
  private eaVersion: string | null = null;
  private positions: number | null = null;
  private readonly last = new Reported();
  /** The last that told the margin: v7 doesn't always. */
  private readonly lastWithMargin = new Reported();
  /** Whether this EA has reported figures since it connected. */
  private reported = false;
  private low = Infinity;
  private high = -Infinity;
  private readonly quotes = new Map<string, QuoteBook>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** uuid, else login@server (R4). */
  get key(): string | null {
    if (this.uuid !== null) return this.uuid;
    return this.login === null ? null : `${this.login}@${this.server ?? ''}`;
  }

  /** Another EA may be behind a new connection: its name must be told again. Figures stay, and age. */
  forgetOwner(): void {
    this.uuid = null;
    this.login = null;
    this.server = null;
    this.eaVersion = null;
    this.reported = false;
  }

  named(status: EaStatus): void {
    if (status.account !== undefined) this.login = String(status.account);
    if (status.server !== undefined) this.server = status.server;
    if (status.ea_version !== undefined) this.eaVersion = status.ea_version;
  }

  /** Takes over what the message tells; nothing without both balance and equity. */
  report(figures: ReportedFigures, monotonic: number, now: number): void {
    const { balance, equity } = figures;
    if (balance === undefined || equity === undefined) return;
    this.last.take(figures, monotonic, now);
    this.reported = true;
    if (figures.margin !== undefined) this.lastWithMargin.take(figures, monotonic, now);
    if (figures.uuid !== undefined) this.uuid = figures.uuid;
    if (figures.positions !== undefined) this.positions = figures.positions;
    if (equity < this.low) this.low = equity;
    if (equity > this.high) this.high = equity;
  }

  /** Age of the account's figures in ms, or null while this EA has reported none. */
  figuresAgeMs(): number | null {
    return this.reported ? this.clock.monotonic() - this.last.monotonicAt : null;
  }

  state(): AccountState {
    const { figures } = this.last;
    const balance = figures?.balance ?? null;
    const equity = figures?.equity ?? null;
    const margin = this.lastWithMargin.figures?.margin ?? null;
    return {
      uuid: this.uuid,
      login: this.login,
      server: this.server,
      eaVersion: this.eaVersion,
      trading: /demo/i.test(this.server ?? '') ? 'demo' : 'unknown',
      balance,
      equity,
      margin,
      marginAt: margin === null ? null : this.lastWithMargin.at,
      freeMargin: figures?.free_margin ?? (margin === null || equity === null ? null : equity - margin),
      marginLevel: margin === null || equity === null || margin <= 0 ? null : (equity / margin) * 100,
      profit: figures?.profit ?? (equity === null || balance === null ? null : equity - balance),
      positions: this.positions,
      at: figures === null ? null : this.last.at,
    };
  }

  /** The figures since the last call as one sample, or null when none came. */
  takeSample(): Sample | null {
    if (this.low === Infinity) return null;
    const { balance, equity, margin, at } = this.state();
    if (balance === null || equity === null || at === null) return null;
    const marginIsFresh = this.clock.monotonic() - this.lastWithMargin.monotonicAt < staleTelemetryMs;
    const sample = {
      at,
      balance,
      equity,
      equityLow: this.low,
      equityHigh: this.high,
      margin: marginIsFresh ? margin : null,
    };
    this.low = Infinity;
    this.high = -Infinity;
    return sample;
  }

  quote(tick: Tick, now: number): void {
    const book = this.quotes.get(tick.symbol);
    if (book !== undefined) {
      book.tick = tick;
      book.at = now;
      book.changed = true;
    } else if (this.quotes.size < maxQuotes) {
      this.quotes.set(tick.symbol, { tick, at: now, changed: true, digits: 0, point: null });
    }
  }

  allQuotes(): Quote[] {
    return [...this.quotes.values()].map(toQuote);
  }

  /** The quotes that changed since the last call. */
  takeQuotes(): Quote[] {
    const changed = [...this.quotes.values()].filter((book) => book.changed);
    for (const book of changed) book.changed = false;
    return changed.map(toQuote);
  }
}

/** The last tick of a symbol, and what all of its ticks have shown. Ticks come fast, so that is worked out when asked. */
interface QuoteBook {
  tick: Tick;
  at: number;
  changed: boolean;
  digits: number;
  point: number | null;
}

function toQuote(book: QuoteBook): Quote {
  const { symbol, bid, ask } = book.tick;
  book.digits = Math.max(book.digits, decimals(bid), decimals(ask));
  book.point = pointOf(book.tick) ?? book.point;
  return { symbol, bid, ask, digits: book.digits, point: book.point, at: book.at };
}

/** A tick's spread is in points, so it tells the point, which is a power of ten (W11). */
function pointOf({ bid, ask, spread }: Tick): number | null {
  if (spread === undefined || spread <= 0 || ask <= bid) return null;
  const exponent = Math.round(Math.log10((ask - bid) / spread));
  return Number(`1e${String(exponent)}`);
}

function decimals(price: number): number {
  const text = String(price);
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}
