import { acknowledgement } from '../../protocol/ea/socketPatterns.ts';
import type { BridgeState, ChannelName } from '../../api/state/state.ts';
import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import { doAll, faultsOf } from '../../base/guard.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { isSignalId } from '../../domain/signalId.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { CommandLink, Link, LinkListener } from '../ports/link.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { helloRefusal } from '../risk/tradingGuards.ts';
import { DealLog } from '../account/dealLog.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import { CommandPath, pingersKey } from '../session/commandPath.ts';
import { PingLedger } from '../session/pingLedger.ts';
import { CloseOnlySwitch } from '../session/closeOnlySwitch.ts';
import { ProtocolSession } from '../session/protocolSession.ts';
import { EaSession } from '../session/eaSession.ts';
import { FrameLog } from '../session/frameLog.ts';
import { CommandSender } from '../session/commandSender.ts';
import { loggedLink, logReply } from '../session/loggedLink.ts';
import { UnreadableFrames } from '../session/unreadableFrames.ts';
import type { BridgeConfig } from './bridgeConfig.ts';
import type { BridgeEa, BridgeParts } from './bridgeParts.ts';
import { ConnectionStatus } from './connectionStatus.ts';
import type { OrderManager } from './orderManager.ts';
import { PeerWatch } from './peerWatch.ts';

/** The bridge of the EA. */
export interface ConnectedBridge {
  id: string;
  config: () => BridgeConfig;
  state: () => BridgeState;
  account: ReportedFigures;
  /** Called when the stream is current, and with each hello then: whether the EA has said one. */
  caughtUp: (isGreeted: boolean) => void;
  /** Makes the order manager of this EA. */
  makeOrders: (ea: BridgeEa) => OrderManager;
}

/** An EA's connection: sockets, peers and session. */
export class EaConnection implements LinkListener {
  readonly wire: FrameLog;
  readonly peers: PeerWatch;
  readonly orderManager: OrderManager;
  readonly closeOnlySwitch: CloseOnlySwitch;
  readonly status: ConnectionStatus;
  readonly unreadable: UnreadableFrames;
  private readonly link: Link;
  private readonly bridgeId: string;
  private readonly platform: Platform;
  private readonly emit: Emit;
  /** Send only through this link: it records every frame. */
  private readonly out: CommandLink;
  private readonly commandPath: CommandPath;
  private readonly session: EaSession;
  private readonly protocol: ProtocolSession;
  /** The bridge is being removed while the app goes on. */
  private leaving = false;

  constructor(bridge: ConnectedBridge, link: Link, parts: BridgeParts, emit: Emit) {
    const { id, account, config } = bridge;
    const { journal, platform, publication } = parts;
    const { clock, journalWriter, logError } = platform;
    this.link = link;
    this.bridgeId = id;
    this.platform = platform;
    this.emit = emit;
    this.wire = new FrameLog(clock.now(), undefined, undefined, () => config().codePage);
    this.out = loggedLink(link, this.wire, () => clock.now());
    this.unreadable = new UnreadableFrames(clock, id);
    const onFault = faultsOf('command', logError);
    const commands = new CommandSender(this.out, () => this.peers.channels.command, clock, onFault);
    const pings = new PingLedger();
    this.protocol = new ProtocolSession({
      random: platform.random,
      epoch: parts.shared.epoch,
      send: (command) => {
        commands.command8(command);
      },
      greeted: (hello) => {
        this.session.greeted(hello);
      },
      changed: (problem) => {
        if (problem !== null) emit({ type: 'alarm', alarm: tradingAlarms.otherDesk(helloRefusal(problem)) });
        emit({ type: 'changed' });
      },
    });
    this.closeOnlySwitch = new CloseOnlySwitch({
      ...{ clock, protocol: this.protocol, killed: parts.shared.killed },
      remembered: (key) => journal.remembered(key),
      remember: (key, value) => {
        journalWriter.record({ type: 'remember', key, value });
      },
      alarm: (alarm) => {
        emit({ type: 'alarm', alarm });
      },
      changed: () => {
        emit({ type: 'changed' });
      },
    });
    this.commandPath = new CommandPath(id, journalWriter, pings, journal.remembered(pingersKey(id)));
    this.peers = new PeerWatch(
      {
        id,
        endpoints: link.endpoints,
        state: bridge.state,
        answersPings: () => pings.hasProved,
        ping: () => this.session.stream === 'current' && this.session.probe(),
      },
      platform,
      emit,
    );
    this.orderManager = bridge.makeOrders({
      link: this.out,
      connection: () => this.status.facts(this.leaving),
      probe: () => {
        this.session.probe();
        this.session.reconcile();
      },
      session: () => this.protocol.session,
      askStatus: () => {
        this.session.askStatus();
      },
    });
    this.session = new EaSession({
      bridge: id,
      slippage: () => config().slippage,
      codePage: () => config().codePage,
      clock,
      journalWriter,
      channels: this.peers.channels,
      account,
      listener: this.orderManager,
      deals: new DealLog(id, journalWriter, (signalId) => this.orderManager.listed.shown.source(signalId), emit),
      unreadable: this.unreadable,
      wire: this.wire,
      publication,
      pings,
      protocol: this.protocol,
      closeOnlySwitch: this.closeOnlySwitch,
      send: (command) => {
        // An EA of protocol 8 tells its account and figures unasked, and takes no command without a session.
        if (this.protocol.session === null) commands.control(command);
      },
      ponged: (sentAt, roundTripMs) => {
        this.peers.check.ponged(sentAt, roundTripMs);
      },
      caughtUp: (isGreeted) => {
        bridge.caughtUp(isGreeted);
        emit({ type: 'changed' });
      },
      alarm: (alarm) => {
        emit({ type: 'alarm', alarm });
      },
      logError,
    });
    const { closeOnlySwitch, commandPath, orderManager, peers, protocol, session, unreadable, wire } = this;
    this.status = new ConnectionStatus({
      ...{ link, peers, session, protocol, closeOnlySwitch, commandPath, orderManager, account, unreadable, wire },
    });
  }

  /** Starts the receive loops. Called once. */
  listen(): void {
    this.link.start(this);
  }

  /** S8: the acknowledgement is sent once the journal has the frame durably. */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: ((text: string) => void) | null): void {
    const signalIds = this.session.frame(bytes, channel).filter(isSignalId);
    if (reply === null) return;
    this.platform.journalWriter.whenDurable(() => {
      const text = acknowledgement(signalIds);
      logReply(this.wire, text, signalIds[0] ?? null, this.platform.clock.now());
      reply(text);
    });
  }

  peerJoined(channel: ChannelName, address: string): void {
    this.peers.joined(channel, address);
    if (channel === 'telemetry') this.session.telemetryJoined();
    if (channel === 'command') this.session.commandJoined();
    this.emit({ type: 'changed' });
  }

  peerLeft(channel: ChannelName): void {
    if (this.peers.left(channel)) {
      if (channel === 'telemetry') this.session.telemetryLeft();
      if (channel === 'command') this.session.commandLeft();
      this.orderManager.orders.connectionLost();
    }
    this.emit({ type: 'changed' });
  }

  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void {
    this.peers.refused(channel, address, why);
  }

  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void {
    this.peers.unexpectedPeer(channel, kind);
  }

  /**
   * Accepts an EA that answers no commands, after a person has checked it in MT5.
   * @throws ContractFailure `not_possible` while it has not named its account
   */
  acceptSilentEa(by: PersonSource): void {
    this.commandPath.acceptSilent(this.orderManager.identity, by);
    this.emit({ type: 'changed' });
  }

  /** @throws ContractFailure `not_possible` with the reason */
  takeOver(theirs: number, by: PersonSource): void {
    this.protocol.takeOver(theirs);
    const changes = { takenOverFrom: theirs };
    this.platform.journalWriter.record({ type: 'settings', bridge: this.bridgeId, by, changes });
  }

  /** W16: the EA's backlog has been read. */
  get isCurrent(): boolean {
    return this.session.stream === 'current';
  }

  /** Marks orders without a result as `unknown`: nobody will read further results. */
  leave(): void {
    this.leaving = true;
    this.orderManager.orders.connectionLost();
  }

  /** @throws the first failure */
  async stop(): Promise<void> {
    await doAll([
      ...[this.session, this.peers].map((part) => () => {
        part.stop();
      }),
      () => this.orderManager.orders.stop(),
      () => this.link.close(),
      () => {
        // Catches orders that were sent while the sockets were closing.
        if (this.leaving) this.leave();
      },
    ]);
  }
}
