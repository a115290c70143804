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

/** The account's figures, its owner's name and the last quotes, as the EA reported them since it connected. */
export class AccountBook {
  private readonly clock: Clock;
  private uuid: string | null = null;
  private login: string | null = null;
  private server: string | null = null;
  private eaVersion: string | null = null;
  private balance: number | null = null;
  private equity: number | null = null;
  private margin: number | null = null;
  private freeMargin: number | null = null;
  private profit: number | null = null;
  private positions: number | null = null;
  private at: number | null = null;
  private monotonicAt: number | null = null;
  private marginAt: number | null = null;
  private marginMonotonicAt = 0;
  private low = Infinity;
  private high = -Infinity;
  private readonly quotes = new Map<string, Quote>();
  private changedQuotes = new Set<string>();

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
    this.monotonicAt = null;
  }

  named(status: EaStatus): void {
    if (status.account !== undefined) this.login = String(status.account);
    if (status.server !== undefined) this.server = status.server;
    if (status.ea_version !== undefined) this.eaVersion = status.ea_version;
  }

  /** Takes over what the message tells; nothing without both balance and equity. */
  report(figures: ReportedFigures, monotonic: number): void {
    const { balance, equity } = figures;
    if (balance === undefined || equity === undefined) return;
    const now = this.clock.now();
    this.balance = balance;
    this.equity = equity;
    this.at = now;
    this.monotonicAt = monotonic;
    if (figures.uuid !== undefined) this.uuid = figures.uuid;
    if (figures.positions !== undefined) this.positions = figures.positions;
    if (figures.margin !== undefined) {
      this.margin = figures.margin;
      this.marginAt = now;
      this.marginMonotonicAt = monotonic;
    }
    this.freeMargin = figures.free_margin ?? (this.margin === null ? null : equity - this.margin);
    this.profit = figures.profit ?? equity - balance;
    if (equity < this.low) this.low = equity;
    if (equity > this.high) this.high = equity;
  }

  /** Age of the account's figures in ms, or null while this EA has reported none. */
  figuresAgeMs(): number | null {
    return this.monotonicAt === null ? null : this.clock.monotonic() - this.monotonicAt;
  }

  state(): AccountState {
    const { margin, equity } = this;
    return {
      uuid: this.uuid,
      login: this.login,
      server: this.server,
      eaVersion: this.eaVersion,
      trading: /demo/i.test(this.server ?? '') ? 'demo' : 'unknown',
      balance: this.balance,
      equity,
      margin,
      marginAt: this.marginAt,
      freeMargin: this.freeMargin,
      marginLevel: margin === null || equity === null || margin <= 0 ? null : (equity / margin) * 100,
      profit: this.profit,
      positions: this.positions,
      at: this.at,
    };
  }

  /** The figures since the last call as one sample, or null when none came. */
  takeSample(): Sample | null {
    const { balance, equity, at } = this;
    if (this.low === Infinity || balance === null || equity === null || at === null) return null;
    const marginIsFresh = this.marginAt !== null && this.clock.monotonic() - this.marginMonotonicAt < staleTelemetryMs;
    const sample = {
      at,
      balance,
      equity,
      equityLow: this.low,
      equityHigh: this.high,
      margin: marginIsFresh ? this.margin : null,
    };
    this.low = Infinity;
    this.high = -Infinity;
    return sample;
  }

  quote(tick: Tick): void {
    const known = this.quotes.get(tick.symbol);
    if (known === undefined && this.quotes.size >= maxQuotes) return;
    const digits = Math.max(known?.digits ?? 0, decimals(tick.bid), decimals(tick.ask));
    this.quotes.set(tick.symbol, {
      symbol: tick.symbol,
      bid: tick.bid,
      ask: tick.ask,
      digits,
      point: pointOf(tick) ?? known?.point ?? null,
      at: this.clock.now(),
    });
    this.changedQuotes.add(tick.symbol);
  }

  allQuotes(): Quote[] {
    return [...this.quotes.values()];
  }

  /** The quotes that changed since the last call. */
  takeQuotes(): Quote[] {
    const changed = [...this.changedQuotes].flatMap((symbol) => this.quotes.get(symbol) ?? []);
    this.changedQuotes = new Set();
    return changed;
  }
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
