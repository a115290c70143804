import type { ChannelName } from '../api/state.ts';
import { assertNever } from '../protocol/assertNever.ts';
import type { ControlCommand } from '../protocol/commandFrame.ts';
import { decodeEaFrame } from '../protocol/eaFrame.ts';
import type { EaMessage } from '../protocol/eaMessages.ts';
import { readEaError, readTradeResult } from '../protocol/outcome.ts';
import type { AccountBook } from './accountBook.ts';
import { CatchUp } from './catchUp.ts';
import type { ChannelMonitor } from './channelHealth.ts';
import { KeepAlive } from './keepAlive.ts';
import type { OrderDesk } from './orderDesk.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { UnreadableFrames } from './unreadableFrames.ts';

export interface EaStreamContext {
  bridge: string;
  slippage: number;
  clock: Clock;
  recorder: Recorder;
  channels: Record<ChannelName, ChannelMonitor>;
  account: AccountBook;
  orders: OrderDesk;
  unreadable: UnreadableFrames;
  send: (command: ControlCommand) => void;
  /** The stream has become current. */
  caughtUp: () => void;
}

/** The conversation with one EA: reads what it sends, as history or as now, and keeps asking who it is. */
export class EaStream {
  private readonly context: EaStreamContext;
  private readonly keepAlive: KeepAlive;
  private readonly catchUp: CatchUp;
  private backlogFrames = 0;
  private lastRoundTripMs: number | null = null;

  constructor(context: EaStreamContext) {
    this.context = context;
    this.keepAlive = new KeepAlive(context.clock, context.slippage, context.send);
    this.catchUp = new CatchUp(context.clock, {
      ping: () => {
        this.keepAlive.ping();
      },
      caughtUp: () => {
        if (context.channels.command.connected) this.keepAlive.introduce();
        context.caughtUp();
      },
    });
  }

  get stream(): 'idle' | 'history' | 'current' {
    return this.catchUp.stream;
  }

  /** Frames read as history since the last handshake. */
  get backlog(): number {
    return this.backlogFrames;
  }

  get roundTripMs(): number | null {
    return this.lastRoundTripMs;
  }

  telemetryJoined(): void {
    this.backlogFrames = 0;
    this.context.account.forgetOwner();
    this.catchUp.streamJoined(this.context.channels.command.connected);
  }

  telemetryLeft(): void {
    this.catchUp.streamLeft();
  }

  commandJoined(): void {
    this.lastRoundTripMs = null;
    this.keepAlive.commandJoined();
    if (this.catchUp.stream === 'current') {
      this.keepAlive.ping();
      this.keepAlive.introduce();
    } else {
      this.catchUp.commandJoined();
    }
  }

  commandLeft(): void {
    this.keepAlive.stop();
    this.lastRoundTripMs = null;
  }

  /** Asks for a sign of life out of turn. */
  probe(): void {
    if (this.context.channels.command.connected) this.keepAlive.ping();
  }

  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback'): void {
    const decoded = decodeEaFrame(bytes);
    if (!decoded.ok) {
      this.context.unreadable.add(channel, bytes, decoded.reason);
      return;
    }
    const { clock } = this.context;
    const monotonic = clock.monotonic();
    const now = clock.now();
    if (this.catchUp.stream === 'current') {
      this.readNow(decoded.message, bytes, monotonic, now);
    } else {
      this.catchUp.frame();
      this.backlogFrames += 1;
      this.readHistory(decoded.message, bytes, monotonic, now);
    }
  }

  stop(): void {
    this.catchUp.stop();
    this.keepAlive.stop();
  }

  /** W16: kept in the journal, and used for nothing but what it says of orders in doubt. */
  private readHistory(message: EaMessage, bytes: Uint8Array, monotonic: number, now: number): void {
    if (message.kind === 'trade_result' || message.kind === 'error') {
      this.readFeedback(message, bytes, true);
    } else {
      this.context.recorder.record({ type: 'history_frame', bridge: this.context.bridge, frame: bytes });
    }
    if (message.kind !== 'pong') return;
    const sentAt = this.keepAlive.pong();
    this.catchUp.pong();
    if (this.catchUp.stream !== 'current') return;
    // This pong ended the history: it is the first frame of now.
    this.count(this.context.channels.feedback, monotonic, now);
    this.pongProved(sentAt, monotonic);
  }

  private readNow(message: EaMessage, bytes: Uint8Array, monotonic: number, now: number): void {
    const { account, channels, orders } = this.context;
    const { kind, body } = message;
    const telemetry = kind === 'telemetry' || kind === 'tick' || kind === 'candle_batch';
    this.count(telemetry ? channels.telemetry : channels.feedback, monotonic, now);
    if (!this.keepAlive.hasPong) orders.loopProved(monotonic);
    switch (kind) {
      case 'telemetry':
        account.report(body, monotonic, now);
        break;
      case 'trade_result':
        account.report(body, monotonic, now);
        this.readFeedback(message, bytes, false);
        break;
      case 'error':
        this.readFeedback(message, bytes, false);
        break;
      case 'status':
        account.named(body);
        break;
      case 'status_report':
        this.keepAlive.statusAnswered();
        account.report(body, monotonic, now);
        break;
      case 'pong':
        this.pongProved(this.keepAlive.pong(), monotonic);
        break;
      case 'tick':
        account.quote(body, now);
        break;
      case 'candle_batch':
        break;
      default:
        assertNever(kind);
    }
  }

  private count(channel: ChannelMonitor, monotonic: number, now: number): void {
    channel.count(monotonic, now);
    channel.heard(monotonic);
  }

  private readFeedback(
    message: EaMessage & { kind: 'trade_result' | 'error' },
    frame: Uint8Array,
    history: boolean,
  ): void {
    const { bridge, orders, recorder } = this.context;
    const signalId = message.body.signal_id;
    const outcome = message.kind === 'error' ? readEaError(message.body) : readTradeResult(message.body);
    const order = orders.feedback(signalId, outcome, history);
    recorder.record({ type: 'feedback', bridge, order: order?.number ?? null, signalId, frame, history });
  }

  private pongProved(sentAt: number | null, monotonic: number): void {
    this.context.channels.command.heard(monotonic);
    if (sentAt === null) return;
    this.lastRoundTripMs = monotonic - sentAt;
    this.context.orders.loopProved(sentAt);
  }
}
