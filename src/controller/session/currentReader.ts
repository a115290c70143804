import { assertNever } from '../../base/assertNever.ts';
import { attempt, type OnFault } from '../../base/guard.ts';
import { isPrice, type PositionFigures } from '../../protocol/ea/eaMessages.ts';
import type { DecodedFrame } from '../../protocol/ea/framePart.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { ChannelMonitor, ChannelMonitors } from './channelMonitor.ts';
import type { EaSwitch } from './eaSwitch.ts';
import type { KeepAlive } from './keepAlive.ts';
import type { PingLedger } from './pingLedger.ts';
import type { ProtocolSession } from './protocolSession.ts';
import type { Reconciliation } from './reconciliation.ts';
import type { ResultReader } from './resultReader.ts';
import type { SessionListener } from './sessionContext.ts';

export type ReadFrame = DecodedFrame & { ok: true };

interface CurrentReaderContext {
  channels: ChannelMonitors;
  account: ReportedFigures;
  listener: SessionListener;
  results: ResultReader;
  keepAlive: KeepAlive;
  pings: PingLedger;
  protocol: ProtocolSession;
  reconciliation: Reconciliation;
  eaSwitch: EaSwitch;
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
    switch (kind) {
      case 'telemetry':
        account.report(body, monotonic, now);
        this.readPositions(body);
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
        this.readPositions(body);
        break;
      case 'pong':
        keepAlive.answered();
        account.brokerClock.observeWritten(body.timestamp, now);
        this.readPong(body.n, monotonic);
        break;
      case 'reconciled':
        this.context.reconciliation.answered(body);
        break;
      case 'hello':
        this.context.protocol.hello(body);
        break;
      case 'close_only':
        this.context.eaSwitch.told(body.on);
        break;
      case 'symbol':
        account.symbols.record(body);
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

  /** A terminal that is not logged in has no positions. */
  private readPositions({ positions, symbols, margin, balance }: PositionFigures): void {
    const { account, listener } = this.context;
    listener.identity.observe(account.name);
    const isLoggedOut = listener.identity.problem?.kind === 'not_logged_in';
    if (positions !== undefined && !isLoggedOut)
      listener.positions.told({ count: positions, symbols, margin, balance });
  }
}

function count(channel: ChannelMonitor, monotonic: number, now: number): void {
  channel.count(monotonic, now);
  channel.markAlive(monotonic);
}
