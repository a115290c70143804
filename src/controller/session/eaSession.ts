import { faultsOf } from '../../base/guard.ts';
import { statusOf } from './statusOf.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';
import { BacklogGate } from './backlogGate.ts';
import { BacklogRows } from './backlogRows.ts';
import { CurrentReader, type ReadFrame } from './currentReader.ts';
import { FrameReader } from './frameReader.ts';
import { KeepAlive } from './keepAlive.ts';
import { mayBeOn } from '../orders/orphans.ts';
import { Reconciliation } from './reconciliation.ts';
import { ResultReader } from './resultReader.ts';
import type { EaSessionContext } from './sessionContext.ts';
import { StatusRequests } from './statusRequests.ts';

/** The session of one EA: takes its messages, as backlog or as current, and keeps asking for its account. */
export class EaSession {
  private readonly context: EaSessionContext;
  private readonly keepAlive: KeepAlive;
  private readonly backlogGate: BacklogGate;
  private readonly backlogRows: BacklogRows;
  private readonly current: CurrentReader;
  private readonly results: ResultReader;
  private readonly frames: FrameReader;
  private readonly reconciliation: Reconciliation;
  private readonly statusRequests: StatusRequests;

  constructor(context: EaSessionContext) {
    this.context = context;
    this.backlogRows = new BacklogRows(context.bridge, context.journalWriter);
    this.results = new ResultReader(context, context.listener.orders.reports);
    this.frames = new FrameReader(context, this.results, {
      isBacklog: () => this.stream !== 'current',
      message: (message, bytes, monotonic, now) => {
        this.readMessage(message, bytes, monotonic, now);
      },
    });
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
    const { results, keepAlive, reconciliation } = this;
    const onFault = faultsOf('frame', context.logError);
    this.current = new CurrentReader({
      account,
      channels,
      listener,
      deals: context.deals,
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
    this.frames.joined();
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
    this.context.listener.orders.reports.placed.sessionEnded();
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
    this.context.listener.orders.reports.placed.sessionEnded();
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
    return this.frames.read(bytes, channel);
  }

  stop(): void {
    this.statusRequests.stop();
    this.backlogGate.stop();
    this.keepAlive.stop();
    this.context.closeOnlySwitch.left();
    this.reconciliation.stop();
  }

  private readMessage(message: ReadFrame, bytes: Uint8Array, monotonic: number, now: number): void {
    if (this.backlogGate.stream === 'current') {
      this.current.read(message, bytes, monotonic, now);
    } else {
      this.backlogGate.frame();
      this.backlogRows.frame();
      this.readHistory(message, bytes, monotonic, now);
    }
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
