import type { ControlCommand } from '../../protocol/ea/commandFrame.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { PingLedger } from './pingLedger.ts';
import type { ProtocolSession } from './protocolSession.ts';

/** Interval of pings, ms. W8: v7 tears its sockets down after 120 s without a command. */
export const pingIntervalMs = 30_000;
/** Interval of status requests, ms. W7: v7 reports its margin only in answers to `status`. */
const statusIntervalMs = 5_000;
/** Consecutive unanswered requests after which an EA is not asked again before the next handshake. */
const unansweredStatusLimit = 3;

/** Sends the requests that keep an EA connected and make it report its account (W7, W8). */
export class KeepAlive {
  private readonly clock: Clock;
  private readonly pings: PingLedger;
  private readonly protocol: ProtocolSession;
  private readonly slippage: () => number;
  private readonly send: (command: ControlCommand) => void;
  private readonly loggedOut: () => boolean;
  private stopPings: Unsubscribe | null = null;
  private stopStatus: Unsubscribe | null = null;
  private unansweredStatus = 0;

  /**
   * @param loggedOut whether the EA has reported that its terminal is logged in to no account: it is asked again until
   *   it is
   */
  constructor(
    clock: Clock,
    pings: PingLedger,
    protocol: ProtocolSession,
    slippage: () => number,
    send: (command: ControlCommand) => void,
    loggedOut: () => boolean,
  ) {
    this.clock = clock;
    this.pings = pings;
    this.protocol = protocol;
    this.slippage = slippage;
    this.send = send;
    this.loggedOut = loggedOut;
  }

  commandJoined(): void {
    this.stop();
    this.stopPings = this.clock.every(pingIntervalMs, () => {
      this.ping();
    });
  }

  /**
   * W7: asks for the account, once the stream is current, since an answer in the backlog would not count. A stream can
   * become current several times while the command port keeps its EA.
   */
  introduce(): void {
    this.askName();
    this.askStatus();
    this.stopStatus?.();
    this.stopStatus = this.clock.every(statusIntervalMs, () => {
      if (this.loggedOut()) this.askName();
      this.askStatus();
    });
  }

  private askName(): void {
    this.send({ type: 'config', param: 'slippage', value: String(this.slippage()) });
  }

  ping(): void {
    const { session } = this.protocol;
    const n = this.pings.sent(this.clock.monotonic(), session !== null);
    if (session === null || n === null) this.send({ type: 'ping' });
    else this.protocol.send({ type: 'ping', session, n, sent_at: this.clock.now() });
  }

  /** Records an answer: the EA is asked further. */
  answered(): void {
    this.unansweredStatus = 0;
  }

  stop(): void {
    this.stopPings?.();
    this.stopStatus?.();
    this.stopPings = null;
    this.stopStatus = null;
    this.pings.forgetCommandConnection();
    this.unansweredStatus = 0;
  }

  private askStatus(): void {
    if (this.unansweredStatus >= unansweredStatusLimit) return;
    this.unansweredStatus += 1;
    this.send({ type: 'command', command: 'status' });
  }
}
