import { attempt, doEach, faultsOf, type OnFault, type LogError } from '../../base/guard.ts';
import type { ChannelName } from '../../api/state/state.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { CodePage } from '../../protocol/ea/codePage.ts';
import type { ControlCommand } from '../../protocol/ea/commandFrame.ts';
import { readEaFrame } from '../../protocol/ea/eaFrame.ts';
import type { DecodedFrame, FramePart } from '../../protocol/ea/framePart.ts';
import { isPrice, type PositionFigures } from '../../protocol/ea/eaMessages.ts';
import { maxPlainBytes } from '../../protocol/ea/largeFrame.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { republished } from '../../protocol/gateway/republish.ts';
import { decodeTerminalText } from '../../protocol/ea/terminalText.ts';
import { visible } from '../../base/visibleText.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import { BacklogGate } from './backlogGate.ts';
import type { ChannelMonitor } from './channelMonitor.ts';
import { inboundEntry, signalIdOf } from './wireEntries.ts';
import { copyOf } from '../../base/copyOf.ts';
import { KeepAlive } from './keepAlive.ts';
import { LargeFrames } from './largeFrames.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import { FeedbackRows } from './feedbackRows.ts';
import type { CommandPath } from './commandPath.ts';
import { Readability } from './readability.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { OrderSender } from '../orders/orderSender.ts';
import type { PositionReconciler } from '../orders/positionReconciler.ts';
import type { UnreadableFrames } from './unreadableFrames.ts';
import type { FrameLog } from './frameLog.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { Publication } from '../ports/stores.ts';

/** Who hears what an EA says of its account, its positions and its orders. */
interface SessionListener {
  identity: AccountIdentity;
  orders: OrderSender;
  positions: PositionReconciler;
}

export interface EaSessionContext {
  bridge: string;
  slippage: () => number;
  codePage: () => CodePage;
  clock: Clock;
  journalWriter: JournalWriter;
  channels: Record<ChannelName, ChannelMonitor>;
  account: ReportedFigures;
  listener: SessionListener;
  unreadable: UnreadableFrames;
  wire: FrameLog;
  publication: Publication;
  proof: CommandPath;
  send: (command: ControlCommand) => void;
  /** A ping was answered. @param sentAt monotonic ms */
  ponged: (sentAt: number, roundTripMs: number) => void;
  /** The stream has become current. */
  caughtUp: () => void;
  alarm: (text: AlarmText) => void;
  /** Told of a bug behind a part of a frame. */
  logError: LogError;
}

/** A frame up to this length is in the wire log byte for byte. A longer one would push too many others out. */
const maxLoggedBytes = 256 * 1024;

/** Characters of what an EA says of an order that stand in the order. */
const keptWords = 1_000;

/** Frames of history that are kept since a handshake. v7 queues up to 1,000 (W16); a flood must not fill the disk. */
const keptHistoryFrames = 2_000;
const keptHistory = { aMinute: 4_000, anHour: 20_000, bytesAnHour: 8 * 1024 * 1024 };

/** v7 takes about ten commands a second (W9): after many results at once their positions are asked for together, in ms. */
const statusSpacingMs = 500;

type ReadFrame = DecodedFrame & { ok: true };

/** The conversation with one EA: reads what it sends, as history or as now, and keeps asking who it is. */
export class EaSession {
  private readonly context: EaSessionContext;
  private readonly keepAlive: KeepAlive;
  private readonly backlogGate: BacklogGate;
  /** Since the last connection ended: the first ones of the next can come before its handshake is told. */
  private backlogFrames = 0;
  private readonly readability: Readability;
  /** When positions were last asked for out of turn, monotonic ms, and the question that waits for its time. */
  private statusAskedAt = Number.NEGATIVE_INFINITY;
  private statusTimer: Unsubscribe | null = null;
  private lastRoundTripMs: number | null = null;
  /** When something last came that the EA sends by its quotes, monotonic ms (W15). */
  private quotesAt = 0;
  private readonly largeFrames: LargeFrames;
  private readonly feedbackRows = new FeedbackRows();
  private readonly historyRows = new RowRateLimit(keptHistory);
  private readonly onFault: OnFault;
  private readonly onPublicationFault: OnFault;

  constructor(context: EaSessionContext) {
    this.context = context;
    this.onFault = faultsOf('frame', context.logError);
    this.onPublicationFault = faultsOf('publication', context.logError);
    this.readability = new Readability(context.alarm);
    this.largeFrames = new LargeFrames({
      codePage: context.codePage,
      orderOf: (signalId) => context.listener.orders.reports.orderOf(signalId),
      alarm: context.alarm,
    });
    this.keepAlive = new KeepAlive(context.clock, context.slippage, context.send, () => context.account.name.loggedOut);
    this.backlogGate = new BacklogGate(context.clock, {
      ping: () => {
        this.keepAlive.ping();
      },
      caughtUp: () => {
        this.quotesAt = context.clock.monotonic();
        if (context.channels.command.connected) this.keepAlive.introduce();
        context.caughtUp();
      },
    });
  }

  get stream(): 'idle' | 'history' | 'current' {
    return this.backlogGate.stream;
  }

  /** Frames read as history since the last handshake. */
  get backlog(): number {
    return this.backlogFrames;
  }

  get roundTripMs(): number | null {
    return this.lastRoundTripMs;
  }

  /** How long ago the EA last sent something by its quotes, in ms; null while the stream is not current. */
  get quotesAgeMs(): number | null {
    return this.stream === 'current' ? this.context.clock.monotonic() - this.quotesAt : null;
  }

  telemetryJoined(): void {
    this.readability.read();
    this.context.proof.joined();
    this.context.account.forgetOwner();
    this.context.account.quotes.joined();
    this.context.listener.identity.joined();
    this.backlogGate.streamJoined(this.context.channels.command.connected);
  }

  telemetryLeft(): void {
    this.context.listener.identity.left();
    this.backlogFrames = 0;
    this.backlogGate.streamLeft();
  }

  commandJoined(): void {
    this.lastRoundTripMs = null;
    this.keepAlive.commandJoined();
    // Somebody else may have taken the place on the command port: until the EA on this stream answers what is sent
    // there, it is not known to be the same.
    if (this.backlogGate.stream === 'current') this.backlogGate.streamJoined(true, this.context.proof.hasAnswered);
    else this.backlogGate.commandJoined();
  }

  commandLeft(): void {
    this.keepAlive.stop();
    this.lastRoundTripMs = null;
  }

  /** Asks for a sign of life out of turn. @returns whether there is an EA to ask */
  probe(): boolean {
    const { connected } = this.context.channels.command;
    if (connected) this.keepAlive.ping();
    return connected;
  }

  /** Asks for the account's figures and positions out of turn. */
  askStatus(): void {
    if (this.statusTimer !== null) return;
    const wait = this.statusAskedAt + statusSpacingMs - this.context.clock.monotonic();
    if (wait <= 0) {
      this.sendStatus();
      return;
    }
    this.statusTimer = this.context.clock.after(wait, () => {
      this.statusTimer = null;
      this.sendStatus();
    });
  }

  private sendStatus(): void {
    this.statusAskedAt = this.context.clock.monotonic();
    if (this.context.channels.command.connected) this.context.send({ type: 'command', command: 'status' });
  }

  /** @returns the signal IDs that the frame names, as they come in it */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback'): string[] {
    const { clock, codePage, wire } = this.context;
    const isPlain = bytes.length <= maxPlainBytes;
    const { parts, bytes: kept } = isPlain
      ? { parts: readEaFrame(bytes, codePage()), bytes }
      : this.largeFrames.read(bytes, clock.monotonic());
    const now = clock.now();
    attempt(this.onFault, () => {
      const logged = bytes.length <= maxLoggedBytes ? bytes : kept;
      wire.add(logged, inboundEntry(parts, channel, this.backlogGate.stream !== 'current'), now, bytes.length);
    });
    const signalIds = new Set<string>();
    // A result can stand behind a part that meets a bug. What could not be read is not acknowledged either.
    doEach(parts, (part) => {
      const signalId = signalIdOf(part.decoded);
      if (signalId !== null) signalIds.add(signalId);
      attempt(this.onPublicationFault, () => {
        this.republish(part, kept, now);
      });
      this.readPart(part, kept, bytes.length, channel, now);
    });
    return [...signalIds];
  }

  /** @param size of the whole frame, in bytes */
  private readPart(
    part: FramePart,
    bytes: Uint8Array,
    size: number,
    channel: 'telemetry' | 'feedback',
    now: number,
  ): void {
    const { clock, unreadable } = this.context;
    const { decoded } = part;
    const monotonic = clock.monotonic();
    if (!decoded.ok) {
      unreadable.add(channel, bytes, decoded.reason, part.about, size);
      this.readability.unreadable(monotonic, decoded.reason);
      if (decoded.signalId !== null) this.readBroken(decoded.signalId, decoded.reason, bytes);
      return;
    }
    this.readability.read();
    if (this.backlogGate.stream === 'current') {
      this.readNow(decoded, bytes, monotonic, now);
    } else {
      this.backlogGate.frame();
      this.backlogFrames += 1;
      this.readHistory(decoded, bytes, monotonic, now);
    }
  }

  private republish(part: FramePart, bytes: Uint8Array, at: number): void {
    const { bridge, publication, listener } = this.context;
    if (!publication.heard) return;
    const history = this.backlogGate.stream !== 'current';
    publication.publish(republished(part, bytes, { bridge, account: listener.identity.key, at, history }));
  }

  stop(): void {
    this.statusTimer?.();
    this.backlogGate.stop();
    this.keepAlive.stop();
  }

  /** W16: kept in the journal, and used for nothing but what it says of orders in doubt. */
  private readHistory({ message, report }: ReadFrame, bytes: Uint8Array, monotonic: number, now: number): void {
    if (message.kind === 'trade_result' || message.kind === 'error') {
      this.readFeedback(message.body.signal_id, report, bytes, true);
    } else if (this.backlogFrames <= keptHistoryFrames && this.historyRows.allow(monotonic, bytes.length)) {
      this.context.journalWriter.record({ type: 'history_frame', bridge: this.context.bridge, frame: copyOf(bytes) });
    }
    if (message.kind !== 'pong') return;
    const sentAt = this.keepAlive.pong();
    this.backlogGate.pong();
    if (this.backlogGate.stream !== 'current') return;
    // This pong ended the history: it is the first frame of now.
    this.count(this.context.channels.feedback, monotonic, now);
    this.pongProved(sentAt, monotonic);
  }

  private readNow({ message, report }: ReadFrame, bytes: Uint8Array, monotonic: number, now: number): void {
    const { account, channels, listener } = this.context;
    const { kind, body } = message;
    const telemetry = kind === 'telemetry' || kind === 'tick' || kind === 'candle_batch';
    if (telemetry && (kind !== 'tick' || isPrice(body))) this.quotesAt = monotonic;
    this.count(telemetry ? channels.telemetry : channels.feedback, monotonic, now);
    if (!this.keepAlive.hasPong) listener.orders.loopProved(monotonic);
    switch (kind) {
      case 'telemetry':
        account.report(body, monotonic, now);
        this.readPositions(body);
        break;
      case 'trade_result':
        attempt(this.onFault, () => {
          account.report(body, monotonic, now);
        });
        this.readFeedback(body.signal_id, report, bytes, false);
        break;
      case 'error':
        this.readFeedback(body.signal_id, report, bytes, false);
        break;
      case 'status':
        account.named(body);
        this.context.listener.identity.observe(account.name);
        break;
      case 'status_report':
        this.keepAlive.statusAnswered();
        account.report(body, monotonic, now);
        this.readPositions(body);
        break;
      case 'pong':
        this.pongProved(this.keepAlive.pong(), monotonic);
        break;
      case 'tick':
        if (isPrice(body)) account.quotes.record(body, now);
        else account.quotes.markAlive();
        break;
      case 'candle_batch':
        break;
      default:
        assertNever(kind);
    }
  }

  /** A terminal that is not logged in has none. */
  private readPositions({ positions, symbols, margin, balance }: PositionFigures): void {
    const { account, listener } = this.context;
    listener.identity.observe(account.name);
    const isLoggedOut = listener.identity.problem?.kind === 'not_logged_in';
    if (positions !== undefined && !isLoggedOut)
      listener.positions.told({ count: positions, symbols, margin, balance });
  }

  private count(channel: ChannelMonitor, monotonic: number, now: number): void {
    channel.count(monotonic, now);
    channel.markAlive(monotonic);
  }

  private readFeedback(
    signalId: string,
    report: ExecutionReport | undefined,
    frame: Uint8Array,
    history: boolean,
  ): void {
    if (report === undefined) return;
    const { bridge, clock, journalWriter, listener } = this.context;
    const outcome = clipText(report);
    // First what was said, then what comes of it.
    const order = listener.orders.reports.orderOf(signalId);
    const kept = this.feedbackRows.kept(frame, order, outcome, clock.monotonic());
    if (kept !== null) {
      const number = order?.number ?? null;
      journalWriter.record({
        type: 'feedback',
        bridge,
        order: number,
        signalId: clipId(signalId),
        frame: kept,
        history,
      });
    }
    listener.orders.reports.received(signalId, outcome, history);
  }

  private readBroken(signalId: string, reason: string, frame: Uint8Array): void {
    const { bridge, clock, journalWriter, listener } = this.context;
    const { reports } = listener.orders;
    const order = reports.numberOf(signalId);
    if (order === null) return;
    const kept = this.feedbackRows.keptBroken(frame, order, clock.monotonic());
    if (kept !== null) journalWriter.record({ type: 'broken_feedback', bridge, order, signalId, frame: kept, reason });
    reports.unreadable(signalId, visible(decodeTerminalText(frame, this.context.codePage())));
  }

  private pongProved(sentAt: number | null, monotonic: number): void {
    this.context.proof.pong();
    this.context.channels.command.markAlive(monotonic);
    if (sentAt === null) return;
    this.lastRoundTripMs = monotonic - sentAt;
    this.context.ponged(sentAt, this.lastRoundTripMs);
    this.context.listener.orders.loopProved(sentAt);
  }
}

/** An ID of ours is short; what an outsider calls one needn't be. */
function clipId(signalId: string): string {
  return signalId.slice(0, 100);
}

/** The frame stands in the journal once; its order keeps the beginning of its words. */
function clipText(outcome: ExecutionReport): ExecutionReport {
  if (outcome.text === null || outcome.text.length <= keptWords) return outcome;
  return { ...outcome, text: `${outcome.text.slice(0, keptWords)}…` };
}
