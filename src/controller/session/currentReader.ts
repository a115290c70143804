import { assertNever } from '../../base/assertNever.ts';
import { attempt, type OnFault } from '../../base/guard.ts';
import { isPrice, type PositionFigures } from '../../protocol/ea/eaMessages.ts';
import type { DecodedFrame } from '../../protocol/ea/framePart.ts';
import type { OrdersPage, PositionsPage } from '../../protocol/protocol8/reports.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { ChannelMonitor, ChannelMonitors } from './channelMonitor.ts';
import type { CloseOnlySwitch } from './closeOnlySwitch.ts';
import type { KeepAlive } from './keepAlive.ts';
import type { PingLedger } from './pingLedger.ts';
import type { ProtocolSession } from './protocolSession.ts';
import type { Reconciliation } from './reconciliation.ts';
import type { ResultReader } from './resultReader.ts';
import type { DealLog } from '../account/dealLog.ts';
import type { SessionListener } from './sessionContext.ts';

/** Age at which a list of positions counts no more, ms: an EA that lists them does so every 30 s. */
const listedMs = 45_000;

export type ReadFrame = DecodedFrame & { ok: true };

interface CurrentReaderContext {
  channels: ChannelMonitors;
  account: ReportedFigures;
  listener: SessionListener;
  deals: DealLog;
  results: ResultReader;
  keepAlive: KeepAlive;
  pings: PingLedger;
  protocol: ProtocolSession;
  reconciliation: Reconciliation;
  closeOnlySwitch: CloseOnlySwitch;
  /**
   * Called for an answered ping.
   * @param sentAt monotonic ms
   */
  ponged: (sentAt: number, roundTripMs: number) => void;
  onFault: OnFault;
}

/** Dispatches the EA's current messages: to account, quotes, bars, orders and lamps. */
export class CurrentReader {
  private readonly context: CurrentReaderContext;
  /** Time of the last message that the EA sends with its quotes (W15), monotonic ms. */
  quotesAt = 0;
  roundTripMs: number | null = null;
  /** Reports of figures and results so far. */
  private reports = 0;
  /** The number of them when the list of positions began that is coming. */
  private listBegan = 0;
  /** Time of the last whole list of positions, monotonic ms. */
  private listedAt = Number.NEGATIVE_INFINITY;

  constructor(context: CurrentReaderContext) {
    this.context = context;
  }

  read({ message, report }: ReadFrame, bytes: Uint8Array, monotonic: number, now: number): void {
    const { account, channels, keepAlive, listener, results } = this.context;
    const { kind, body } = message;
    const telemetry = kind === 'telemetry' || kind === 'tick' || kind === 'candle_batch';
    if (telemetry && (kind !== 'tick' || isPrice(body))) this.quotesAt = monotonic;
    count(telemetry ? channels.telemetry : channels.feedback, monotonic, now);
    if (!this.context.pings.hasAnswered) listener.orders.loopProved(monotonic);
    if (kind === 'telemetry' || kind === 'trade_result' || kind === 'status_report') this.reports += 1;
    switch (kind) {
      case 'telemetry':
        account.report(body, monotonic, now);
        this.readPositions(body, monotonic);
        listener.accountRules.reported();
        break;
      case 'trade_result':
        attempt(this.context.onFault, () => {
          account.report(body, monotonic, now);
        });
        results.read(body.signal_id, report, bytes, false);
        break;
      case 'error':
        results.read(body.signal_id, report, bytes, false);
        break;
      case 'status':
        account.named(body);
        listener.identity.observe(account.name);
        break;
      case 'status_report':
        keepAlive.answered();
        account.brokerClock.observeWritten(body.timestamp, now);
        account.report(body, monotonic, now);
        this.readPositions(body, monotonic);
        listener.accountRules.reported();
        break;
      case 'pong':
        keepAlive.answered();
        account.brokerClock.observeWritten(body.timestamp, now);
        this.readPong(body.n, monotonic);
        break;
      case 'reconciled':
        this.context.reconciliation.answered(body);
        break;
      case 'positions':
        this.readList(body, monotonic, now);
        break;
      case 'orders':
        this.readOrders(body, now);
        break;
      case 'deal':
        if (this.context.protocol.session === null) break;
        this.context.deals.take(body, account.name, monotonic);
        listener.accountRules.deal(body);
        listener.orders.reports.placed.dealt(body);
        break;
      case 'hello':
        this.context.protocol.hello(body);
        break;
      case 'close_only':
        this.context.closeOnlySwitch.told(body.on);
        break;
      case 'symbol':
        if (this.context.protocol.session !== null) account.symbols.record(body);
        break;
      case 'tick':
        if (isPrice(body)) {
          account.quotes.record(body, now);
          account.bars.addTick(body, now);
        } else account.quotes.markAlive();
        break;
      case 'candle_batch':
        account.bars.addBatch(body, now);
        break;
      default:
        assertNever(kind);
    }
  }

  /** Takes a page of pending orders. */
  private readOrders(page: OrdersPage, now: number): void {
    const { listed, orders } = this.context.listener;
    const whole = listed.takeOrders(page, now);
    if (whole !== null && this.context.protocol.session !== null) orders.reports.placed.told(whole);
  }

  /**
   * Handles the pong that ended the backlog as the first current frame.
   * @param sentAt time of its ping, monotonic ms
   */
  firstPong(sentAt: number | null, monotonic: number, now: number): void {
    count(this.context.channels.feedback, monotonic, now);
    this.pongProved(sentAt, monotonic);
  }

  private readPong(n: number | undefined, monotonic: number): void {
    const sentAt = this.context.pings.pong(n);
    // A number that is not awaited answers a ping of an earlier connection.
    if (n === undefined || sentAt !== null) this.pongProved(sentAt, monotonic);
  }

  private pongProved(sentAt: number | null, monotonic: number): void {
    const { channels, listener, pings, ponged } = this.context;
    pings.prove();
    channels.command.markAlive(monotonic);
    if (sentAt === null) return;
    this.roundTripMs = monotonic - sentAt;
    ponged(sentAt, this.roundTripMs);
    listener.orders.loopProved(sentAt);
  }

  /** A report between two pages may be newer than the list: its number of positions then proves nothing. */
  private readList(page: PositionsPage, monotonic: number, now: number): void {
    if (page.page === 1) this.listBegan = this.reports;
    const whole = this.context.listener.listed.takePositions(page, now);
    if (whole === null) return;
    this.listedAt = monotonic;
    if (this.listBegan === this.reports) this.readPositions({ positions: whole.length }, monotonic);
    this.context.listener.accountRules.listCame(monotonic);
  }

  /**
   * Takes a number of positions, with the symbols of the list where the EA sends one. A number that differs from the
   * list's confirms nothing, and shows that something may have changed: the list that agrees is on its way. A terminal
   * that is not logged in has no positions.
   */
  private readPositions(figures: PositionFigures, monotonic: number): void {
    const { account, listener } = this.context;
    listener.identity.observe(account.name);
    const isLoggedOut = listener.identity.problem?.kind === 'not_logged_in';
    const { positions, symbols = this.listedSymbols(monotonic), margin, balance } = figures;
    if (positions === undefined || isLoggedOut) return;
    if (symbols !== undefined && symbols.length !== positions) {
      listener.positions.stirred();
      return;
    }
    listener.positions.told({ count: positions, symbols, margin, balance });
  }

  private listedSymbols(monotonic: number): readonly string[] | undefined {
    if (monotonic - this.listedAt > listedMs) return undefined;
    return this.context.listener.listed.positions.entries?.map(({ symbol }) => symbol);
  }
}

function count(channel: ChannelMonitor, monotonic: number, now: number): void {
  channel.count(monotonic, now);
  channel.markAlive(monotonic);
}
