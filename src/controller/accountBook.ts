import type { AccountState, Sample } from '../api/state.ts';
import type { EaStatus } from '../protocol/eaMessages.ts';
import { staleTelemetryMs } from '../protocol/refusal.ts';
import type { AccountName } from './accountIdentity.ts';
import type { Clock } from './ports.ts';
import { QuoteTable } from './quoteTable.ts';

/** What any message may tell of the account: a heartbeat, a status report or a trade result is telemetry too (W11). */
export interface ReportedFigures {
  uuid?: string | undefined;
  balance?: number | undefined;
  equity?: number | undefined;
  margin?: number | undefined;
  free_margin?: number | undefined;
  profit?: number | undefined;
  positions?: number | undefined;
  trade_allowed?: boolean | undefined;
}

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
  private tradeAllowed: boolean | null = null;
  private positions: number | null = null;
  private readonly last = new Reported();
  /** The last that told the margin: v7 doesn't always. */
  private readonly lastWithMargin = new Reported();
  /** Whether this EA has reported figures since it connected. */
  private reported = false;
  private low = Infinity;
  private high = -Infinity;
  /** Messages that the samples so far have counted. */
  private counted = 0;
  readonly quotes: QuoteTable;

  /** @param isListed whether a symbol stands in the symbol table, by its broker's name */
  constructor(clock: Clock, isListed: (symbol: string) => boolean) {
    this.clock = clock;
    this.quotes = new QuoteTable(clock, isListed);
  }

  /** What the EA has named since it connected. */
  get name(): AccountName {
    return { uuid: this.uuid, login: this.login, server: this.server };
  }

  /** Another EA may be behind a new connection: its name must be told again. Figures stay, and age. */
  forgetOwner(): void {
    this.uuid = null;
    this.login = null;
    this.server = null;
    this.eaVersion = null;
    this.tradeAllowed = null;
    this.reported = false;
  }

  named(status: EaStatus): void {
    if (status.account !== undefined) this.login = String(status.account);
    if (status.server !== undefined) this.server = status.server;
    if (status.ea_version !== undefined) this.eaVersion = status.ea_version;
    if (status.trade_allowed !== undefined) this.tradeAllowed = status.trade_allowed;
  }

  /** Takes over what the message tells; nothing without both balance and equity. */
  report(figures: ReportedFigures, monotonic: number, now: number): void {
    const { balance, equity } = figures;
    if (figures.trade_allowed !== undefined) this.tradeAllowed = figures.trade_allowed;
    if (balance === undefined || equity === undefined) return;
    this.last.take(figures, monotonic, now);
    this.reported = true;
    if (figures.margin !== undefined) this.lastWithMargin.take(figures, monotonic, now);
    if (figures.uuid !== undefined) this.uuid = figures.uuid;
    if (figures.positions !== undefined) this.positions = figures.positions;
    if (equity < this.low) this.low = equity;
    if (equity > this.high) this.high = equity;
  }

  /** The figures are no longer of now, until new ones come. */
  age(): void {
    this.reported = false;
  }

  /** Age of the account's figures in ms, or null while this EA has reported none. */
  figuresAgeMs(): number | null {
    return this.reported ? this.clock.monotonic() - this.last.monotonicAt : null;
  }

  state(): AccountState {
    const { figures } = this.last;
    const { balance, equity, margin, freeMargin } = this.money();
    return {
      uuid: this.uuid,
      login: this.login,
      server: this.server,
      eaVersion: this.eaVersion,
      tradeAllowed: this.tradeAllowed,
      trading: /demo/i.test(this.server ?? '') ? 'demo' : 'unknown',
      balance,
      equity,
      margin,
      marginAt: margin === null ? null : this.lastWithMargin.at,
      freeMargin,
      marginLevel: margin === null || equity === null || margin <= 0 ? null : (equity / margin) * 100,
      profit: figures?.profit ?? (equity === null || balance === null ? null : equity - balance),
      positions: this.positions,
      at: figures === null ? null : this.last.at,
    };
  }

  private money(): Pick<AccountState, 'balance' | 'equity' | 'margin' | 'freeMargin'> {
    const { figures } = this.last;
    const balance = figures?.balance ?? null;
    const equity = figures?.equity ?? null;
    const margin = this.lastWithMargin.figures?.margin ?? null;
    const freeMargin = figures?.free_margin ?? (margin === null || equity === null ? null : equity - margin);
    return { balance, equity, margin, freeMargin };
  }

  /** What was told lately; a figure that is too old is null. */
  freshFigures(): Pick<AccountState, 'equity' | 'margin' | 'freeMargin'> {
    const monotonic = this.clock.monotonic();
    const isFresh = this.reported && monotonic - this.last.monotonicAt <= staleTelemetryMs;
    const marginIsFresh = isFresh && monotonic - this.lastWithMargin.monotonicAt <= staleTelemetryMs;
    const { equity, margin, freeMargin } = this.money();
    return {
      equity: isFresh ? equity : null,
      margin: marginIsFresh ? margin : null,
      freeMargin: marginIsFresh ? freeMargin : null,
    };
  }

  /**
   * The figures since the last call as one sample, or null when none came.
   * @param received messages of the EA so far
   */
  takeSample(received: number): Sample | null {
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
      messages: received - this.counted,
    };
    this.counted = received;
    this.low = Infinity;
    this.high = -Infinity;
    return sample;
  }
}
