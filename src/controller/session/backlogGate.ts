import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { PingLedger } from './pingLedger.ts';

/** W16: delay between the two pings of a handshake, ms. */
const secondPingMs = 1_000;
/** W16: traffic after which an EA that answers no ping counts as current, ms. */
const trafficMs = 2_000;
/** Delay after which an unanswered ping is repeated, ms: it or its pong may have been lost with a broken connection. */
const askAgainMs = 2_000;

export interface BacklogGateActions {
  ping: () => void;
  /** Called when the stream becomes current. */
  caughtUp: () => void;
}

/**
 * Separates the backlog from current frames on a first-in, first-out stream (W16). After a handshake everything is
 * backlog until two pings sent a second apart are answered; an EA without pongs gets two seconds of traffic.
 */
export class BacklogGate {
  private readonly clock: Clock;
  private readonly ledger: PingLedger;
  private readonly actions: BacklogGateActions;
  private phase: 'idle' | 'history' | 'current' = 'idle';
  private pings = 0;
  private pongs = 0;
  private timers: Unsubscribe[] = [];
  private trafficSeen = false;
  /** Pongs alone end the backlog of an EA that had proved that it answers pings when this stream began. */
  private pongsOnly = false;

  /** @param ledger tells whether the EA has proved that it answers pings */
  constructor(clock: Clock, ledger: PingLedger, actions: BacklogGateActions) {
    this.clock = clock;
    this.ledger = ledger;
    this.actions = actions;
  }

  get stream(): 'idle' | 'history' | 'current' {
    return this.phase;
  }

  /** Handles a new connection of the EA's stream. */
  streamJoined(commandConnected: boolean): void {
    this.stop();
    this.phase = 'history';
    this.pongsOnly = this.ledger.hasProved;
    if (commandConnected) this.askTwice();
  }

  /** Handles a new connection for commands: earlier pings may never have arrived. */
  commandJoined(): void {
    if (this.phase !== 'history') return;
    if (this.pings > 0) this.streamJoined(true);
    else this.askTwice();
  }

  streamLeft(): void {
    this.stop();
    this.phase = 'idle';
  }

  /** Counts a frame of the backlog, before it is read. */
  frame(): void {
    if (this.trafficSeen || this.pongsOnly) return;
    this.trafficSeen = true;
    this.timers.push(
      this.clock.after(trafficMs, () => {
        if (this.pongs === 0) this.finish();
      }),
    );
  }

  /** Handles a pong in the backlog. An older queued pong can pass for the first ping's, never for both. */
  pong(): void {
    if (this.pongs < this.pings) this.pongs += 1;
    if (this.pongs >= 2) this.finish();
  }

  stop(): void {
    for (const cancel of this.timers.splice(0)) cancel();
    this.pings = 0;
    this.pongs = 0;
    this.trafficSeen = false;
  }

  private askTwice(): void {
    this.sendPing();
    this.timers.push(
      this.clock.after(secondPingMs, () => {
        this.sendPing();
        this.timers.push(
          this.clock.every(askAgainMs, () => {
            this.sendPing();
          }),
        );
      }),
    );
  }

  private sendPing(): void {
    this.pings += 1;
    this.actions.ping();
  }

  private finish(): void {
    this.stop();
    this.phase = 'current';
    this.actions.caughtUp();
  }
}
