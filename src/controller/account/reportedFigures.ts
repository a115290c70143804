import { isDemoServer } from '../../api/state/accountStake.ts';
import type { Sample } from '../../api/state/state.ts';
import type { AccountState } from '../../api/state/accountState.ts';
import type { PositionMode } from '../../domain/tradeTerms.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';
import type { EaStatus } from '../../protocol/ea/eaMessages.ts';
import { type AgedFigures, freshFigures } from '../../domain/orders/planningContext.ts';
import { staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { BarTable } from './barTable.ts';
import { BrokerClock } from './brokerClock.ts';
import { QuoteTable } from './quoteTable.ts';
import { ToldSymbolList } from './toldSymbolList.ts';
import { ToldTerms } from './toldTerms.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccountName } from './accountName.ts';
import { type AccountFigures, Reported } from './accountFigures.ts';
import { clip, ReportedName } from './reportedName.ts';
import { SampleSpan } from './sampleSpan.ts';

/**
 * The account's figures and name, and the last quotes, as reported since the EA connected. Up to ten thousand messages
 * come a second, so they are stored as they are and evaluated on demand.
 */
export class ReportedFigures {
  private readonly clock: Clock;
  private readonly names = new ReportedName();
  private version: string | null = null;
  private tradeAllowed: boolean | null = null;
  private tradeMode: Hello['trade_mode'] | null = null;
  private marginMode: Hello['margin_mode'] | null = null;
  /** Time of the last report of positions, monotonic ms. */
  private positionsAt = 0;
  private positions: number | null = null;
  private readonly last = new Reported();
  /** The last report with a margin: v7 doesn't always report it. */
  private readonly lastWithMargin = new Reported();
  /** Whether this EA has reported figures since it connected. */
  private reported = false;
  private marginReported = false;
  private positionsReported = false;
  private readonly span = new SampleSpan();
  readonly quotes: QuoteTable;
  readonly bars: BarTable;
  readonly terms = new ToldTerms();
  readonly symbols = new ToldSymbolList();
  readonly brokerClock = new BrokerClock();

  /** @param isListed whether a symbol stands in the symbol table, by its broker's name */
  constructor(clock: Clock, isListed: (symbol: string) => boolean) {
    this.clock = clock;
    this.quotes = new QuoteTable(clock, isListed);
    this.bars = new BarTable(clock, isListed, this.brokerClock);
  }

  /** Version of the EA; null: not reported. */
  get eaVersion(): string | null {
    return this.version;
  }

  /** Names that the EA has reported since it connected. */
  get name(): AccountName {
    return this.names.current;
  }

  /**
   * Handles a new connection, which may be another EA's: the account must be named again. The old figures stay visible
   * until new ones come, and nothing is decided by them.
   */
  forgetOwner(): void {
    this.names.forget();
    this.version = null;
    this.tradeAllowed = null;
    this.terms.forget();
    this.forgetTold();
    this.age();
    this.span.drop();
  }

  /** Handles a change of the account: figures not reported since the EA connected are unknown. */
  forgetEarlier(): void {
    if (!this.reported) this.last.figures = null;
    if (!this.marginReported) this.lastWithMargin.figures = null;
    if (!this.positionsReported) this.positions = null;
  }

  /** Handles another account: all figures are unknown. */
  private forgetFigures(): void {
    this.terms.forget();
    this.forgetTold();
    this.age();
    this.forgetEarlier();
    this.span.drop();
  }

  /** Forgets what only an EA of protocol 8 tells. */
  forgetTold(): void {
    this.symbols.forget();
    this.tradeMode = null;
    this.marginMode = null;
  }

  named(status: EaStatus): void {
    if (status.account !== undefined || status.server !== undefined) this.nameLogin(status);
    this.terms.record(status);
    if (status.ea_version !== undefined) this.version = clip(status.ea_version);
    if (status.trade_allowed !== undefined) this.tradeAllowed = status.trade_allowed;
  }

  /** Takes the terms of the account that only an EA of protocol 8 tells (N1). */
  greeted({ trade_mode, margin_mode }: Hello): void {
    this.tradeMode = trade_mode ?? null;
    this.marginMode = margin_mode ?? null;
  }

  /** As the EA tells it; null: it does not. An exchange account is a netting one. */
  get positionMode(): PositionMode | null {
    if (this.marginMode === null || this.marginMode === undefined) return null;
    return this.marginMode === 'hedging' ? 'hedging' : 'netting';
  }

  private nameLogin(named: Pick<EaStatus, 'account' | 'server'>): void {
    if (this.names.nameLogin(named)) this.forgetFigures();
  }

  /** Takes the figures of a message; nothing without both balance and equity. */
  report(figures: AccountFigures, monotonic: number, now: number): void {
    const { balance, equity } = figures;
    if (figures.trade_allowed !== undefined) this.tradeAllowed = figures.trade_allowed;
    if (balance === undefined || equity === undefined) return;
    // A login alone doesn't tell whether the terminal is logged in.
    if (figures.account !== undefined && (figures.server ?? this.name.server) !== null) this.nameLogin(figures);
    if (figures.uuid !== undefined && this.names.nameUuid(figures.uuid)) this.forgetFigures();
    this.terms.record(figures);
    this.last.record(figures, monotonic, now);
    this.reported = true;
    if (figures.margin !== undefined) {
      this.lastWithMargin.record(figures, monotonic, now);
      this.marginReported = true;
    }
    if (figures.positions !== undefined) {
      this.positions = figures.positions;
      this.positionsAt = monotonic;
      this.positionsReported = true;
    }
    this.span.record(equity);
  }

  /** Makes the figures stale until new ones come. */
  age(): void {
    this.brokerClock.forget();
    this.reported = false;
    this.marginReported = false;
    this.positionsReported = false;
  }

  /** Age of the account's figures, ms; null: this EA has reported none. */
  figuresAgeMs(): number | null {
    return this.reported ? this.clock.monotonic() - this.last.monotonicAt : null;
  }

  state(): AccountState {
    const { figures } = this.last;
    const { balance, equity, margin, freeMargin } = this.money();
    const { uuid, login, server } = this.name;
    return {
      uuid,
      login,
      server,
      eaVersion: this.version,
      tradeAllowed: this.tradeAllowed,
      trading: this.tradeMode ?? (isDemoServer(server) ? 'demo' : 'unknown'),
      positionMode: this.positionMode,
      ...this.terms.current,
      balance,
      equity,
      margin,
      marginAt: margin === null ? null : this.lastWithMargin.at,
      freeMargin,
      marginLevel: margin === null || equity === null || margin <= 0 ? null : (equity / margin) * 100,
      profit: figures?.profit ?? (equity === null || balance === null ? null : equity - balance),
      positions: this.last.monotonicAt - this.positionsAt > staleTelemetryMs ? null : this.positions,
      at: figures === null ? null : this.last.at,
      brokerOffsetMs: this.brokerClock.offsetMs,
    };
  }

  /** Number of positions as telemetry told it last, and when, monotonic ms; null: not since the EA connected. */
  get toldPositions(): { count: number; at: number } | null {
    const { positions: count, positionsAt: at } = this;
    return count !== null && this.positionsReported ? { count, at } : null;
  }

  /** Balance, and the credit that the equity has as well; null: not reported. */
  get balanceWithCredit(): number | null {
    const { figures } = this.last;
    return figures?.balance === undefined ? null : figures.balance + (figures.credit ?? 0);
  }

  private money(): Pick<AccountState, 'balance' | 'equity' | 'margin' | 'freeMargin'> {
    const { figures } = this.last;
    const balance = figures?.balance ?? null;
    const equity = figures?.equity ?? null;
    const margin = this.lastWithMargin.figures?.margin ?? null;
    const freeMargin = figures?.free_margin ?? (margin === null || equity === null ? null : equity - margin);
    return { balance, equity, margin, freeMargin };
  }

  /** Time of the last report of the margin in use, monotonic ms. */
  get marginToldAt(): number {
    return this.lastWithMargin.monotonicAt;
  }

  /** Equity and margin in use, with their ages. */
  aged(): AgedFigures {
    const { equity, margin } = this.money();
    const marginAgeMs = this.marginReported ? this.clock.monotonic() - this.lastWithMargin.monotonicAt : null;
    return { equity, equityAgeMs: this.figuresAgeMs(), margin, marginAgeMs };
  }

  /** Equity and margin; null when older than `staleTelemetryMs`. */
  freshFigures(): Pick<AccountState, 'equity' | 'margin' | 'freeMargin'> {
    const { equity, margin } = freshFigures(this.aged());
    return { equity, margin, freeMargin: margin === null ? null : this.money().freeMargin };
  }

  /**
   * The figures since the last call as one sample; null: none came.
   * @param received messages of the EA so far
   */
  takeSample(received: number): Sample | null {
    if (this.span.isEmpty) return null;
    const { balance, equity, margin, at } = this.state();
    if (balance === null || equity === null || at === null) return null;
    const marginIsFresh =
      this.marginReported && this.clock.monotonic() - this.lastWithMargin.monotonicAt < staleTelemetryMs;
    const { equityLow, equityHigh, messages } = this.span.take(received);
    return { at, balance, equity, equityLow, equityHigh, margin: marginIsFresh ? margin : null, messages };
  }
}
