import { setTimeout as wait } from 'node:timers/promises';
import { Context, Pull, Push, Subscriber } from 'zeromq';
import { attempt, type OnFault } from '../base/guard.ts';
import { decodeTerminalText } from '../protocol/ea/terminalText.ts';
import type { SocketPatterns } from '../protocol/ea/socketPatterns.ts';
import { AcknowledgedFeedback } from './acknowledgedFeedback.ts';

export interface PaperEndpoints {
  command: string;
  telemetry: string;
  feedback: string;
}

/** Interval of v7's timer, ms: one command each (W9). */
const timerMs = 100;
/** v7's pause between tearing its sockets down and connecting again (W8). */
const reconnectMs = 3_000;
/** v7 treats the connection as dead after this long without a command, ms (W8). */
const silenceMs = 120_000;

/** The EA's side of the sockets: it connects and never binds. */
export class PaperSockets {
  private readonly endpoints: PaperEndpoints;
  private readonly patterns: SocketPatterns;
  private readonly onCommand: (text: string) => void;
  private readonly onFault: OnFault;
  private readonly timer: NodeJS.Timeout;
  private command: Pull | Subscriber | null = null;
  private telemetry: Push | null = null;
  private feedback: Push | AcknowledgedFeedback | null = null;
  private lastReceived = 0;

  /** @param onFault called with a bug in a command or in the sockets' timer */
  constructor(
    endpoints: PaperEndpoints,
    patterns: SocketPatterns,
    onCommand: (text: string) => void,
    onFault: OnFault,
  ) {
    this.endpoints = endpoints;
    this.patterns = patterns;
    this.onCommand = onCommand;
    this.onFault = onFault;
    this.connect();
    this.timer = setInterval(() => {
      attempt(this.onFault, () => this.takeCommand());
    }, timerMs);
  }

  /** Sends a message. As in v7 it is lost when the queue of 1,000 is full; unlike v7 this EA doesn't hang then (W16). */
  send(text: string): void {
    const feedback = /^\{"type":"(trade_result|error)"/.test(text);
    const socket = feedback ? this.feedback : this.telemetry;
    socket?.send(text)?.catch(() => undefined);
  }

  async reconnect(): Promise<void> {
    this.disconnect();
    await wait(reconnectMs);
    this.connect();
  }

  close(): void {
    clearInterval(this.timer);
    this.disconnect();
  }

  private connect(): void {
    const { endpoints, patterns } = this;
    this.lastReceived = performance.now();
    const context = new Context();
    context.blocky = false;
    this.command =
      patterns.command === 'pub' ? subscriber(context) : new Pull({ context, linger: 0, receiveTimeout: 0 });
    this.telemetry = new Push({ context, linger: 0, sendTimeout: 0 });
    this.command.connect(endpoints.command);
    this.telemetry.connect(endpoints.telemetry);
    if (patterns.feedback === 'req') {
      this.feedback = new AcknowledgedFeedback(context, endpoints.feedback, this.onFault);
    } else if (endpoints.feedback === endpoints.telemetry) {
      this.feedback = this.telemetry;
    } else {
      const feedback = new Push({ context, linger: 0, sendTimeout: 0 });
      feedback.connect(endpoints.feedback);
      this.feedback = feedback;
    }
  }

  private disconnect(): void {
    this.command?.close();
    this.telemetry?.close();
    if (this.feedback !== this.telemetry) this.feedback?.close();
    this.command = null;
    this.telemetry = null;
    this.feedback = null;
  }

  private async takeCommand(): Promise<void> {
    const [frame] = (await this.command?.receive().catch(() => [])) ?? [];
    if (frame !== undefined) {
      this.lastReceived = performance.now();
      this.onCommand(decodeTerminalText(frame));
    } else if (this.command !== null && performance.now() - this.lastReceived > silenceMs) {
      await this.reconnect();
    }
  }
}

/** Opens the SUB socket. Messages published before its subscription never arrive (S7). */
function subscriber(context: Context): Subscriber {
  const socket = new Subscriber({ context, linger: 0, receiveTimeout: 0 });
  socket.subscribe();
  return socket;
}
