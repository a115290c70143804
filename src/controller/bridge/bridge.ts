import { changedProperties } from '../../base/changedProperties.ts';
import type { ConnectionHistory } from '../../api/state/connectionHistory.ts';
import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import { attempt, doAll } from '../../base/guard.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { BridgeState, BridgeStatus, ChannelName, Sample, UnreadableFrame } from '../../api/state/state.ts';
import type { PlanningContext } from '../../protocol/gateway/planSignal.ts';
import { acknowledgement } from '../../protocol/ea/socketPatterns.ts';
import { findSymbol } from '../../domain/market/symbolTable.ts';
import { isSignalId } from '../../domain/signalId.ts';
import { type ControlCommand, encodeControl } from '../../protocol/ea/commandFrame.ts';
import { ReportedFigures } from '../account/reportedFigures.ts';
import { type BridgeConfig, type BridgeContext, changedMeaning, limitsKey } from './bridgeConfig.ts';
import { JournalQueries } from '../records/journalQueries.ts';
import type { ClockJump } from '../account/clockWatch.ts';
import { aliveKey, ConnectionLog } from '../diagnostics/connectionLog.ts';
import { connectionHistory, historyMs, leadMs } from '../diagnostics/connectionSpans.ts';
import { ConnectionCheck } from '../diagnostics/connectionCheck.ts';
import { ChannelMonitor, type ChannelMonitors, healthOf } from '../session/channelMonitor.ts';
import { connectionAlarms } from '../alarms/connectionAlarms.ts';
import { EaSession } from '../session/eaSession.ts';
import { JournalAlarm } from '../alarms/journalAlarm.ts';
import { pingIntervalMs } from '../session/keepAlive.ts';
import { loggedLink, logReply, summaryOf } from '../session/loggedLink.ts';
import type { ConnectionFacts } from '../risk/tradingGuards.ts';
import { pingersKey, CommandPath } from '../session/commandPath.ts';
import { SecondPeerWatch } from '../session/secondPeerWatch.ts';
import { signalGround } from './planningContext.ts';
import { tradesSpanMs } from '../risk/tradeCounter.ts';
import { OrderManager } from './orderManager.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import { UnreadableFrames } from '../session/unreadableFrames.ts';
import { FrameLog } from '../session/frameLog.ts';
import type { CommandLink, Link, LinkListener } from '../ports/link.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import type { CountedBridge } from '../signals/signalTarget.ts';

/** v7's heartbeat (W11): the interval by which telemetry is called quiet. */
const telemetryIntervalMs = 5_000;

/** One EA: its link, its account, its channels' health and its orders. */
export class Bridge implements LinkListener {
  readonly orderManager: OrderManager;
  readonly records: JournalQueries;
  readonly wire: FrameLog;
  private current: BridgeConfig;
  private readonly context: BridgeContext;
  private readonly link: Link;
  /** Send only through this link: it records every frame. */
  private readonly out: CommandLink;
  private readonly account: ReportedFigures;
  private readonly ea: EaSession;
  private readonly unreadable: UnreadableFrames;
  private readonly secondPeer: SecondPeerWatch;
  private readonly proof: CommandPath;
  private readonly diary: ConnectionLog;
  readonly check: ConnectionCheck;
  private readonly channels: ChannelMonitors;
  private readonly journal: JournalAlarm;
  /** It is removed while the app goes on. */
  private leaving = false;

  constructor(config: BridgeConfig, link: Link, context: BridgeContext) {
    const { clock, journalWriter } = context;
    this.current = config;
    this.context = context;
    this.link = link;
    this.wire = new FrameLog(clock.now(), undefined, undefined, () => this.current.codePage);
    this.out = loggedLink(link, this.wire, () => clock.now());
    this.records = new JournalQueries(config.id, () => this.current.limits.day, context);
    this.account = new ReportedFigures(clock, (symbol) => findSymbol(this.current, symbol) !== null);
    this.unreadable = new UnreadableFrames(clock, config.id);
    this.proof = new CommandPath(config.id, journalWriter, context.journal.remembered(pingersKey(config.id)));
    this.secondPeer = new SecondPeerWatch(clock, context);
    this.channels = {
      command: new ChannelMonitor(clock, pingIntervalMs),
      telemetry: new ChannelMonitor(clock, telemetryIntervalMs),
      feedback: new ChannelMonitor(clock, pingIntervalMs),
    };
    this.journal = new JournalAlarm(context.alarm);
    this.diary = new ConnectionLog(config.id, clock, journalWriter);
    this.check = new ConnectionCheck({
      clock,
      state: () => this.state(),
      answersPings: () => this.proof.hasAnswered,
      ping: () => this.ea.stream === 'current' && this.ea.probe(),
    });
    this.orderManager = new OrderManager({
      ...context,
      publishOrder: (order) => {
        this.check.follow(order);
        context.publishOrder(order);
      },
      bridge: config.id,
      settings: () => this.current,
      link: this.out,
      account: this.account,
      connection: () => this.connection(),
      probe: () => {
        this.ea.probe();
      },
      askStatus: () => {
        this.ea.askStatus();
      },
    });
    this.ea = new EaSession({
      bridge: config.id,
      slippage: () => this.current.slippage,
      codePage: () => this.current.codePage,
      clock,
      journalWriter,
      channels: this.channels,
      account: this.account,
      listener: this.orderManager,
      unreadable: this.unreadable,
      wire: this.wire,
      publication: context.publication,
      proof: this.proof,
      send: (command) => {
        this.sendControl(command);
      },
      ponged: (sentAt, roundTripMs) => {
        this.check.ponged(sentAt, roundTripMs);
      },
      caughtUp: context.changed,
      alarm: context.alarm,
      logError: context.logError,
    });
  }

  /** Takes up what was left from before, and begins to listen. Called once. */
  start(): void {
    this.diary.start(this.context.journal.remembered(aliveKey(this.current.id)));
    this.orderManager.restore();
    const knownLimits = this.context.journal.remembered(limitsKey(this.current.id));
    if (JSON.stringify(knownLimits) !== JSON.stringify(this.current.limits)) this.rememberLimits();
    if (this.current.armed) this.orderManager.armAtStart();
    this.link.start(this);
  }

  get config(): BridgeConfig {
    return this.current;
  }

  /** New settings hold for the next order. What would change the meaning of an order disarms the bridge. */
  configure(changes: Partial<BridgeSettings>, by: PersonSource): void {
    const before = this.current;
    this.current = { ...before, ...changes };
    const changed = changedProperties<BridgeSettings>(before, changes);
    if (Object.keys(changed).length === 0) return;
    this.context.journalWriter.record({ type: 'settings', bridge: before.id, by, changes: changed });
    if (changed.limits !== undefined) this.rememberLimits();
    const meaning = changedMeaning(before, this.current);
    if (meaning !== null) this.orderManager.disarm(meaning);
    this.context.changed();
  }

  /** A person has removed the second EA. Null, or why that can't be so. */
  resumeTrading(): string | null {
    return this.secondPeer.resume();
  }

  /**
   * The EA that answers nothing that is sent to the command port is the right one, as a person has seen in MT5.
   * @returns null, or why that can't be so
   */
  acceptSilentEa(by: PersonSource): string | null {
    const { key, names } = this.orderManager.identity;
    if (key === null) return 'The EA has not named its account. Wait until it has.';
    this.proof.acceptSilent(key, names, by);
    this.context.changed();
    return null;
  }

  /** S8: what waits for an answer gets it once the journal has the frame for good. */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: ((text: string) => void) | null): void {
    const signalIds = this.ea.frame(bytes, channel).filter(isSignalId);
    if (reply === null) return;
    this.context.journalWriter.whenDurable(() => {
      const text = acknowledgement(signalIds);
      logReply(this.wire, text, signalIds[0] ?? null, this.context.clock.now());
      reply(text);
    });
  }

  peerJoined(channel: ChannelName, address: string): void {
    this.channels[channel].joined(address);
    this.check.joined(channel);
    if (channel === 'telemetry') this.ea.telemetryJoined();
    if (channel === 'command') this.ea.commandJoined();
    this.context.changed();
  }

  peerLeft(channel: ChannelName): void {
    this.channels[channel].left();
    this.diary.dropped(channel);
    this.check.left(channel);
    this.secondPeer.placeFreed();
    if (!this.channels[channel].connected) {
      if (channel === 'telemetry') this.ea.telemetryLeft();
      if (channel === 'command') this.ea.commandLeft();
      this.orderManager.orders.connectionLost();
    }
    this.context.changed();
  }

  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void {
    if (why === 'second') {
      this.secondPeer.refused(channel, address);
      return;
    }
    this.check.refusedAddress(channel, address);
    this.context.alarm(connectionAlarms.notAllowed(address, this.link.endpoints[channel]));
  }

  stranger(channel: ChannelName, kind: UnexpectedPeerKind): void {
    this.check.stranger(channel, kind);
    this.context.alarm(connectionAlarms.stranger(this.link.endpoints[channel], kind));
  }

  /** ARCHITECTURE rule 7: what was told before can't be trusted any more. */
  clockJumped({ what, forwardMs }: ClockJump): void {
    this.account.age();
    this.account.quotes.age(forwardMs);
    this.context.alarm(tradingAlarms.disarmed(what));
    this.orderManager.disarm(what);
  }

  /** Inputs for sizing a signal; stale values are null. */
  ground(symbol: string): PlanningContext {
    return signalGround(this.current, this.account, this.context.clock, symbol);
  }

  /** For an engine that keeps count of its orders. */
  get counted(): CountedBridge {
    const { id } = this.current;
    const { clock, journal } = this.context;
    return {
      id,
      dayFrom: () => this.orderManager.days.today().from,
      tradesBy: (source) =>
        journal.tradesSince(id, clock.now() - tradesSpanMs).filter((order) => order.source === source),
    };
  }

  async connectionHistory(): Promise<ConnectionHistory> {
    const to = this.context.clock.now();
    const from = to - historyMs;
    // The newest rows are not in the journal yet.
    const unwritten = this.diary.unwritten();
    const rows = await this.records.connections(from - leadMs);
    return connectionHistory([...rows, ...unwritten], from, to);
  }

  state(): BridgeState {
    const { endpoints, patterns } = this.link;
    return { ...this.current, ...this.status(), endpoints: { ...endpoints }, running: patterns };
  }

  /** Of `state()`, all that is neither set nor fixed. */
  status(): BridgeStatus {
    return {
      ...this.orderManager.state(),
      channels: healthOf(this.channels),
      stream: this.ea.stream,
      backlog: this.ea.backlog,
      account: this.accountState(),
      roundTripMs: this.ea.roundTripMs,
      secondPeer: this.secondPeer.current,
      commandProved: this.ea.stream !== 'current' || this.proof.proved(this.orderManager.identity.names),
      unreadable: this.unreadable.count,
      wireFrames: this.wire.count,
      journalFailure: this.context.journalWriter.failure,
    };
  }

  /** Why it can't be trusted to read its EA, to write what happens and to stay disarmed, as the end of a sentence. */
  selfCheck(): string | null {
    const { journalWriter } = this.context;
    const { id } = this.current;
    journalWriter.flush();
    if (journalWriter.failure !== null)
      return `the journal of bridge ${id} can't be written (${journalWriter.failure})`;
    if (this.orderManager.state().armed) return `bridge ${id} can't be disarmed`;
    const broken = this.link.check?.() ?? null;
    return broken === null ? null : `${broken} (bridge ${id})`;
  }

  quotes(): Quote[] {
    return this.account.quotes.all();
  }

  /** Those that changed since they were published last. */
  changedQuotes(): Quote[] {
    return this.account.quotes.takeChanged();
  }

  unreadableFrames(): UnreadableFrame[] {
    return this.unreadable.list();
  }

  /** What came since the last call and is published in batches. Called a few times a second. */
  takeBatch(): { sample: Sample | null; unreadable: UnreadableFrame[] } {
    const { journalWriter } = this.context;
    const sample = this.account.takeSample(this.channels.telemetry.total + this.channels.feedback.total);
    this.orderManager.observe(sample);
    if (sample !== null) {
      journalWriter.record({
        type: 'sample',
        bridge: this.current.id,
        account: this.orderManager.identity.key,
        sample,
      });
    }
    this.diary.look(healthOf(this.channels));
    journalWriter.retry();
    this.journal.look(journalWriter.failure);
    return { sample, unreadable: this.unreadable.takeFresh() };
  }

  /** Nobody will hear what becomes of its orders: those without a result are unknown, in the journal too. */
  leave(): void {
    this.leaving = true;
    this.orderManager.orders.connectionLost();
    this.context.journalWriter.flush();
  }

  async stop(): Promise<void> {
    await doAll([
      ...[this.ea, this.check, this.diary, this.secondPeer].map((part) => () => {
        part.stop();
      }),
      () => this.orderManager.orders.stop(),
      () => this.link.close(),
      () => {
        // What was handed over while the sockets were being closed.
        if (this.leaving) this.leave();
      },
      () => {
        this.context.journalWriter.flush();
      },
    ]);
  }

  /** What a start without settings goes by. */
  private rememberLimits(): void {
    const { id, limits } = this.current;
    this.context.journalWriter.record({ type: 'remember', key: limitsKey(id), value: limits });
  }

  /** Fills count as positions until the EA tells them anew. */
  private accountState(): BridgeState['account'] {
    const account = this.account.state();
    if (account.positions === null) return account;
    return { ...account, positions: account.positions + this.orderManager.positions.knownFills };
  }

  private connection(): ConnectionFacts {
    return {
      endpoints: this.link.endpoints,
      commandConnected: this.channels.command.connected && !this.leaving,
      feedbackConnected: this.channels.feedback.connected && !this.leaving,
      secondPeer: this.secondPeer.current,
      commandProved: this.proof.proved(this.orderManager.identity.names),
      stream: this.ea.stream,
      figuresAgeMs: this.account.figuresAgeMs(),
      quotesAgeMs: this.ea.quotesAgeMs,
    };
  }

  private sendControl(command: ControlCommand): void {
    const encoded = encodeControl(command);
    if (!encoded.ok) return;
    const { clock, onFault } = this.context;
    attempt(onFault, async () => {
      const taken = await this.out.send(encoded.text, summaryOf(command));
      if (taken) this.channels.command.count(clock.monotonic(), clock.now());
    });
  }
}
