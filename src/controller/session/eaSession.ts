import { doEach, faultsOf, type OnFault } from '../../base/guard.ts';
import { readEaFrame } from '../../protocol/ea/eaFrame.ts';
import type { FramePart } from '../../protocol/ea/framePart.ts';
import { statusOf } from './statusOf.ts';
import { maxPlainBytes } from '../../protocol/ea/largeFrame.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';
import { republished } from '../../protocol/gateway/republish.ts';
import { BacklogGate } from './backlogGate.ts';
import { BacklogRows } from './backlogRows.ts';
import { CurrentReader, type ReadFrame } from './currentReader.ts';
import { KeepAlive } from './keepAlive.ts';
import { LargeFrames } from './largeFrames.ts';
import { mayBeOn } from '../orders/orphans.ts';
import { Reconciliation } from './reconciliation.ts';
import { Readability } from './readability.ts';
import { ResultReader } from './resultReader.ts';
import type { EaSessionContext } from './sessionContext.ts';
import { StatusRequests } from './statusRequests.ts';
import { inboundEntry } from './wireEntries.ts';

/** Longest frame kept byte for byte in the wire log, bytes. A longer one would push out too many others. */
const maxLoggedBytes = 256 * 1024;

const noIds: readonly string[] = [];

/** The session of one EA: reads its frames, as backlog or as current, and keeps asking for its account. */
export class EaSession {
  private readonly context: EaSessionContext;
  private readonly keepAlive: KeepAlive;
  private readonly backlogGate: BacklogGate;
  private readonly backlogRows: BacklogRows;
  private readonly current: CurrentReader;
  private readonly results: ResultReader;
  private readonly readability: Readability;
  private readonly reconciliation: Reconciliation;
  private readonly statusRequests: StatusRequests;
  private readonly largeFrames: LargeFrames;
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
    this.backlogRows = new BacklogRows(context.bridge, context.journalWriter);
    this.results = new ResultReader(context, context.listener.orders.reports);
    this.keepAlive = new KeepAlive(
      context.clock,
      context.pings,
      context.protocol,
      context.slippage,
      context.send,
      () => context.account.name.loggedOut,
    );
    this.reconciliation = new Reconciliation({
      ...{ clock: context.clock, protocol: context.protocol, alarm: context.alarm, results: this.results },
      reports: context.listener.orders.reports,
      isOfAccount: (account) => mayBeOn(context.listener.identity, { account }),
      isCurrent: () => this.stream === 'current',
    });
    const { account, channels, closeOnlySwitch, listener, pings, ponged, protocol } = context;
    const { results, keepAlive, onFault, reconciliation } = this;
    this.current = new CurrentReader({
      account,
      channels,
      listener,
      results,
      keepAlive,
      pings,
      ponged,
      protocol,
      reconciliation,
      closeOnlySwitch,
      onFault,
    });
    this.statusRequests = new StatusRequests(context.clock, () => {
      if (context.channels.command.connected) context.send({ type: 'command', command: 'status' });
    });
    this.backlogGate = new BacklogGate(context.clock, context.pings, {
      ping: () => {
        this.keepAlive.ping();
      },
      caughtUp: () => {
        this.current.quotesAt = context.clock.monotonic();
        if (context.channels.command.connected) this.keepAlive.introduce();
        if (context.protocol.greeting === null) {
          context.account.forgetTold();
          context.caughtUp(false);
        } else this.takeHello();
      },
    });
  }

  get stream(): 'idle' | 'history' | 'current' {
    return this.backlogGate.stream;
  }

  /** Number of backlog frames since the last handshake. */
  get backlog(): number {
    return this.backlogRows.count;
  }

  get roundTripMs(): number | null {
    return this.current.roundTripMs;
  }

  /** Age of the last message that the EA sends with its quotes, ms; null while the stream is not current. */
  get quotesAgeMs(): number | null {
    return this.stream === 'current' ? this.context.clock.monotonic() - this.current.quotesAt : null;
  }

  telemetryJoined(): void {
    this.readability.read();
    this.context.pings.telemetryJoined();
    this.context.account.forgetOwner();
    this.context.account.quotes.joined();
    this.context.account.bars.joined();
    this.context.listener.identity.joined();
    this.backlogGate.streamJoined(this.context.channels.command.connected);
  }

  telemetryLeft(): void {
    this.context.listener.identity.left();
    this.context.listener.listed.sessionEnded();
    this.backlogRows.streamLeft();
    this.backlogGate.streamLeft();
  }

  commandJoined(): void {
    this.current.roundTripMs = null;
    this.keepAlive.commandJoined();
    // Another EA may hold the command port now: until the EA of this stream answers a command, the two are not known
    // to be the same.
    if (this.backlogGate.stream === 'current') this.backlogGate.streamJoined(true);
    else this.backlogGate.commandJoined();
  }

  commandLeft(): void {
    this.context.protocol.commandLeft();
    this.context.closeOnlySwitch.left();
    this.context.listener.listed.sessionEnded();
    this.reconciliation.left();
    this.keepAlive.stop();
    this.current.roundTripMs = null;
  }

  /** Handles a welcome: the kill switch reaches the EA first, then it is asked how long messages take (N3). */
  greeted(hello: Hello): void {
    this.context.closeOnlySwitch.greeted(hello);
    this.keepAlive.ping();
    this.takeHello();
  }

  /** Asks an EA of protocol 8 for the orders in doubt (N8). */
  reconcile(): void {
    this.reconciliation.ask();
  }

  /**
   * Sends a ping out of turn.
   * @returns whether an EA is connected
   */
  probe(): boolean {
    const { connected } = this.context.channels.command;
    if (connected) this.keepAlive.ping();
    return connected;
  }

  /** Requests the account's figures and positions out of turn. */
  askStatus(): void {
    this.statusRequests.ask();
  }

  /** @returns signal IDs in the frame, in order */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback'): readonly string[] {
    const { clock, codePage } = this.context;
    if (bytes.length <= maxPlainBytes) {
      return this.readParts(readEaFrame(bytes, codePage()), bytes, bytes, channel);
    }
    const { parts, bytes: kept } = this.largeFrames.read(bytes, clock.monotonic());
    return this.readParts(parts, kept, bytes, channel);
  }

  /** @param kept bytes of the frame to store */
  private readParts(
    parts: readonly [FramePart, ...FramePart[]],
    kept: Uint8Array,
    frame: Uint8Array,
    channel: 'telemetry' | 'feedback',
  ): readonly string[] {
    const now = this.context.clock.now();
    try {
      const logged = frame.length <= maxLoggedBytes ? frame : kept;
      const history = this.backlogGate.stream !== 'current';
      this.context.wire.add(logged, inboundEntry(parts, channel, history), now, frame.length);
    } catch (error) {
      this.onFault(error);
    }
    const [first] = parts;
    if (parts.length === 1) {
      this.readPart(first, kept, frame.length, channel, now);
      return first.signalId === null ? noIds : [first.signalId];
    }
    const signalIds = new Set<string>();
    // A bug in one part must not lose a result behind it. An unread part is not acknowledged.
    doEach(parts, (part) => {
      if (part.signalId !== null) signalIds.add(part.signalId);
      this.readPart(part, kept, frame.length, channel, now);
    });
    return [...signalIds];
  }

  /** @param size of the whole frame, bytes */
  private readPart(
    part: FramePart,
    bytes: Uint8Array,
    size: number,
    channel: 'telemetry' | 'feedback',
    now: number,
  ): void {
    try {
      this.republish(part, bytes, now);
    } catch (error) {
      this.onPublicationFault(error);
    }
    const { decoded } = part;
    const monotonic = this.context.clock.monotonic();
    if (!decoded.ok) {
      this.context.unreadable.add(channel, bytes, decoded.reason, part.about, size);
      this.readability.unreadable(monotonic, decoded.reason);
      if (decoded.signalId !== null) this.results.readBroken(decoded.signalId, decoded.reason, bytes);
      return;
    }
    this.readability.read();
    if (this.backlogGate.stream === 'current') {
      this.current.read(decoded, bytes, monotonic, now);
    } else {
      this.backlogGate.frame();
      this.backlogRows.frame();
      this.readHistory(decoded, bytes, monotonic, now);
    }
  }

  private republish(part: FramePart, bytes: Uint8Array, at: number): void {
    const { bridge, publication, listener } = this.context;
    if (!publication.hasSubscribers) return;
    const history = this.backlogGate.stream !== 'current';
    publication.publish(republished(part, bytes, { bridge, account: listener.identity.key, at, history }));
  }

  stop(): void {
    this.statusRequests.stop();
    this.backlogGate.stop();
    this.keepAlive.stop();
    this.context.closeOnlySwitch.left();
    this.reconciliation.stop();
  }

  /** Takes the account's name from the hello of this connection, once the stream is current. */
  private takeHello(): void {
    const { account, listener, protocol } = this.context;
    if (protocol.greeting === null || this.stream !== 'current') return;
    account.named(statusOf(protocol.greeting));
    account.greeted(protocol.greeting);
    this.context.caughtUp(true);
    listener.identity.observe(account.name);
    this.reconciliation.ask();
  }

  /** W16: stores a backlog frame; only its reports about orders in doubt have an effect. */
  private readHistory({ message, report }: ReadFrame, bytes: Uint8Array, monotonic: number, now: number): void {
    if (message.kind === 'trade_result' || message.kind === 'error') {
      this.results.read(message.body.signal_id, report, bytes, true);
    } else this.backlogRows.keep(bytes, monotonic);
    if (message.kind === 'hello') this.context.protocol.hello(message.body);
    // Told once after the welcome, which may come before the stream is current.
    if (message.kind === 'symbol' && this.context.protocol.session !== null)
      this.context.account.symbols.record(message.body);
    if (message.kind === 'close_only') this.context.closeOnlySwitch.told(message.body.on);
    if (message.kind !== 'pong') return;
    this.keepAlive.answered();
    const { n } = message.body;
    const sentAt = this.context.pings.pong(n);
    // It answers a ping of an earlier connection.
    if (n !== undefined && sentAt === null) return;
    this.backlogGate.pong();
    if (this.backlogGate.stream === 'current') this.current.firstPong(sentAt, monotonic, now);
  }
}
