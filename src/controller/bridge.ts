import type { FireRequest } from '../api/contract.ts';
import type {
  BridgeKind,
  BridgeState,
  ChannelName,
  Order,
  OrderSource,
  Quote,
  Sample,
  UnreadableFrame,
} from '../api/state.ts';
import { encodeControl, type ControlCommand } from '../protocol/commandFrame.ts';
import { isClose, type SignalRules } from '../protocol/signal.ts';
import { AccountBook } from './accountBook.ts';
import type { AlarmText } from './alarmBook.ts';
import { ChannelMonitor } from './channelHealth.ts';
import { EaStream } from './eaStream.ts';
import { pingIntervalMs } from './keepAlive.ts';
import { connectionAlarms } from './connectionAlarms.ts';
import { findConnectionObstacle, findObstacle, type BridgeFacts } from './obstacle.ts';
import { OrderDesk } from './orderDesk.ts';
import type { Clock, Link, LinkListener, RandomBytes } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { SampleHistory } from './sampleHistory.ts';
import { SecondPeerWatch } from './secondPeerWatch.ts';
import { UnreadableFrames } from './unreadableFrames.ts';

export interface BridgeConfig extends SignalRules {
  id: string;
  name: string;
  kind: BridgeKind;
  /** A CSS colour by which a person tells bridges apart. */
  colour: string;
  /** ISO code of the account's currency, or null. */
  currency: string | null;
  /** Points of slippage that the EA is told (W7). */
  slippage: number;
  armed: boolean;
}

/** What a bridge needs of its surroundings. */
export interface BridgeContext {
  clock: Clock;
  random: RandomBytes;
  recorder: Recorder;
  nextOrderNumber: () => number;
  publishOrder: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  /** Something about the bridge changed that must be seen at once. */
  changed: () => void;
}

/** v7's heartbeat (W11): the interval by which telemetry is called quiet. */
const telemetryIntervalMs = 5_000;

/** One EA: its link, its account, its channels' health and its orders. */
export class Bridge implements LinkListener {
  readonly config: BridgeConfig;
  readonly history = new SampleHistory();
  private readonly context: BridgeContext;
  private readonly link: Link;
  private readonly account: AccountBook;
  private readonly orders: OrderDesk;
  private readonly ea: EaStream;
  private readonly unreadable: UnreadableFrames;
  private readonly secondPeer: SecondPeerWatch;
  private readonly channels: Record<ChannelName, ChannelMonitor>;
  private armed: boolean;

  constructor(config: BridgeConfig, link: Link, context: BridgeContext) {
    const { clock, recorder } = context;
    this.config = config;
    this.context = context;
    this.link = link;
    this.armed = config.armed;
    this.account = new AccountBook(clock);
    this.unreadable = new UnreadableFrames(clock, config.id);
    this.secondPeer = new SecondPeerWatch(clock, context);
    this.channels = {
      command: new ChannelMonitor(clock, pingIntervalMs),
      telemetry: new ChannelMonitor(clock, telemetryIntervalMs),
      feedback: new ChannelMonitor(clock, pingIntervalMs),
    };
    this.orders = new OrderDesk({
      bridge: config.id,
      rules: config,
      clock,
      random: context.random,
      recorder,
      link,
      nextNumber: context.nextOrderNumber,
      accountKey: () => this.account.key,
      obstacle: (action) => (isClose(action) ? findConnectionObstacle : findObstacle)(this.facts()),
      publish: context.publishOrder,
      alarm: context.alarm,
      probe: () => {
        this.ea.probe();
      },
    });
    this.ea = new EaStream({
      bridge: config.id,
      slippage: config.slippage,
      clock,
      recorder,
      channels: this.channels,
      account: this.account,
      orders: this.orders,
      unreadable: this.unreadable,
      send: (command) => {
        this.sendControl(command);
      },
      caughtUp: context.changed,
    });
    link.start(this);
  }

  fire(request: FireRequest, source: OrderSource): Promise<Order> {
    return this.orders.fire(request, source);
  }

  setArmed(armed: boolean): void {
    if (armed === this.armed) return;
    this.armed = armed;
    this.context.recorder.record({ type: 'armed', bridge: this.config.id, armed });
    this.context.changed();
  }

  /** A person has removed the second EA. Null, or why that can't be so. */
  resumeTrading(): string | null {
    return this.secondPeer.resume();
  }

  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback'): void {
    this.ea.frame(bytes, channel);
  }

  peerJoined(channel: ChannelName, address: string): void {
    this.channels[channel].joined(address);
    if (channel === 'telemetry') this.ea.telemetryJoined();
    if (channel === 'command') this.ea.commandJoined();
    this.context.changed();
  }

  peerLeft(channel: ChannelName): void {
    this.channels[channel].left();
    this.secondPeer.placeFreed();
    if (!this.channels[channel].connected) {
      if (channel === 'telemetry') this.ea.telemetryLeft();
      if (channel === 'command') this.ea.commandLeft();
      this.orders.connectionLost();
    }
    this.context.changed();
  }

  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void {
    if (why === 'second') this.secondPeer.refused(channel, address);
    else this.context.alarm(connectionAlarms.notAllowed(address, this.link.endpoints[channel]));
  }

  stranger(channel: ChannelName, detail: string): void {
    this.context.alarm(connectionAlarms.stranger(this.link.endpoints[channel], detail));
  }

  state(): BridgeState {
    const { id, name, kind, colour, currency, stopUnit, lots } = this.config;
    return {
      id,
      name,
      kind,
      colour,
      currency,
      stopUnit,
      lots,
      endpoints: { ...this.link.endpoints },
      armed: this.armed,
      channels: {
        command: this.channels.command.health(),
        telemetry: this.channels.telemetry.health(),
        feedback: this.channels.feedback.health(),
      },
      stream: this.ea.stream,
      backlog: this.ea.backlog,
      account: this.account.state(),
      roundTripMs: this.ea.roundTripMs,
      secondPeer: this.secondPeer.current,
      unreadable: this.unreadable.count,
      obstacle: findObstacle(this.facts()),
    };
  }

  quotes(): Quote[] {
    return this.account.allQuotes();
  }

  unreadableFrames(): UnreadableFrame[] {
    return this.unreadable.list();
  }

  /** What came since the last call and is published in batches. */
  takeBatch(): { quotes: Quote[]; sample: Sample | null; unreadable: UnreadableFrame[] } {
    const sample = this.account.takeSample();
    if (sample !== null) this.history.add(sample);
    return { quotes: this.account.takeQuotes(), sample, unreadable: this.unreadable.takeFresh() };
  }

  async stop(): Promise<void> {
    this.ea.stop();
    this.secondPeer.stop();
    this.orders.stop();
    await this.link.close();
  }

  private facts(): BridgeFacts {
    return {
      endpoints: this.link.endpoints,
      commandConnected: this.channels.command.connected,
      feedbackConnected: this.channels.feedback.connected,
      secondPeer: this.secondPeer.current,
      armed: this.armed,
      stream: this.ea.stream,
      figuresAgeMs: this.account.figuresAgeMs(),
      unanswered: this.orders.unanswered,
    };
  }

  private sendControl(command: ControlCommand): void {
    const encoded = encodeControl(command);
    if (!encoded.ok) return;
    void this.link.send(encoded.text).then((taken) => {
      const { clock } = this.context;
      if (taken) this.channels.command.count(clock.monotonic(), clock.now());
    });
  }
}
