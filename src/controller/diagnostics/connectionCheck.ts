import type { Order } from '../../domain/orders/order.ts';
import type { BridgeState, ChannelName } from '../../api/state/state.ts';
import type { ConnectionCheckResult, UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import { proveConnection } from './diagnose.ts';
import type { ConnectionAttempt, PingOutcome, ProofFacts } from './checkLayers.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/** Longest wait for the pong of a check's ping, ms. */
const pingPatienceMs = 3_000;

interface CheckContext {
  clock: Clock;
  state: () => BridgeState;
  /** Whether the EA has answered any ping since it connected. */
  answersPings: () => boolean;
  /** Sends a ping. False: no EA is connected. */
  ping: () => boolean;
}

/** Facts for the connection check of one bridge, and its pings. */
export class ConnectionCheck {
  private readonly context: CheckContext;
  private readonly attempts: Record<ChannelName, ConnectionAttempt | null> = {
    command: null,
    telemetry: null,
    feedback: null,
  };
  private notAllowed: ProofFacts['notAllowed'] = null;
  private ping: PingOutcome = { state: 'none' };
  private askedAt = 0;
  private patience: Unsubscribe | null = null;
  private waiting: (() => void)[] = [];
  private order: Order | null = null;

  constructor(context: CheckContext) {
    this.context = context;
  }

  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void {
    const { clock } = this.context;
    const earlier = this.attempts[channel];
    // A socket of the wrong type connects only once; a later visitor must not hide it.
    if (earlier?.kind === 'wrong_type' && kind !== 'wrong_type') return;
    this.attempts[channel] = { kind, at: clock.now() };
  }

  refusedAddress(channel: ChannelName, address: string): void {
    this.notAllowed = { channel, address, at: this.context.clock.now() };
  }

  joined(channel: ChannelName): void {
    // Both addresses of an EA can name one port: then the right socket joins right after the wrong one was refused.
    const attempt = this.attempts[channel];
    if (attempt !== null && this.context.clock.now() - attempt.at > pingPatienceMs) this.attempts[channel] = null;
    this.notAllowed = null;
    this.settle({ state: 'none' });
  }

  left(channel: ChannelName): void {
    this.attempts[channel] = null;
    this.settle({ state: 'none' });
  }

  /** @param sentAt time of the ping, monotonic ms */
  ponged(sentAt: number, roundTripMs: number): void {
    if (this.ping.state === 'waiting' && sentAt < this.askedAt) return;
    this.settle({ state: 'answered', ms: roundTripMs });
  }

  /** Records the check's order. */
  ordered(order: Order): void {
    this.order = order;
  }

  /** Follows the state of the check's order; others are ignored. */
  follow(order: Order): void {
    if (order.number === this.order?.number) this.order = order;
  }

  /** @param ask send a ping and wait for its outcome */
  async prove(ask: boolean): Promise<ConnectionCheckResult> {
    if (ask) await this.askPing();
    const { attempts, notAllowed, ping, order } = this;
    const { answersPings, clock, state } = this.context;
    return proveConnection({
      ...{ attempts, notAllowed, ping, order },
      bridge: state(),
      answersPings: answersPings(),
      now: clock.now(),
    });
  }

  stop(): void {
    this.settle({ state: 'none' });
  }

  private askPing(): Promise<void> {
    if (this.ping.state !== 'waiting') {
      this.askedAt = this.context.clock.monotonic();
      if (!this.context.ping()) return Promise.resolve();
      this.ping = { state: 'waiting' };
      this.patience = this.context.clock.after(pingPatienceMs, () => {
        this.settle({ state: 'silent' });
      });
    }
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  private settle(outcome: PingOutcome): void {
    this.patience?.();
    this.patience = null;
    this.ping = outcome;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
