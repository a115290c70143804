import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { PingLedger } from './pingLedger.ts';

/** W16: the second ping of a handshake follows the first after this time. */
const secondPingMs = 1_000;
/** W16: an EA that answers no ping has caught up after this much traffic. */
const trafficMs = 2_000;
/** A ping or its pong can be lost with a connection that breaks in between: so long after the last one it is asked again. */
const askAgainMs = 2_000;

export interface BacklogGateActions {
  ping: () => void;
  /** The stream has become current. */
  caughtUp: () => void;
}

/**
 * Tells history from the present on a first-in, first-out stream (W16). After a handshake everything is history
 * until two pings sent a second apart have been answered; an EA without pong gets two seconds of traffic.
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

  /** @param ledger an EA that has proved there that it answers pings ends its backlog by pongs alone */
  constructor(clock: Clock, ledger: PingLedger, actions: BacklogGateActions) {
    this.clock = clock;
    this.ledger = ledger;
    this.actions = actions;
  }

  get stream(): 'idle' | 'history' | 'current' {
    return this.phase;
  }

  /** The EA's stream has begun anew. */
  streamJoined(commandConnected: boolean): void {
    this.stop();
    this.phase = 'history';
    if (commandConnected) this.askTwice();
  }

  /** Pings can be sent from now on; what was asked over an earlier connection may never have arrived. */
  commandJoined(): void {
    if (this.phase !== 'history') return;
    if (this.pings > 0) this.streamJoined(true);
    else this.askTwice();
  }

  streamLeft(): void {
    this.stop();
    this.phase = 'idle';
  }

  /** Any frame while the stream is history, before it is read. */
  frame(): void {
    if (this.trafficSeen || this.ledger.hasProved) return;
    this.trafficSeen = true;
    this.timers.push(
      this.clock.after(trafficMs, () => {
        if (this.pongs === 0) this.finish();
      }),
    );
  }

  /** A pong while the stream is history. One that was queued before can pass for the first ping's, never for both. */
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
