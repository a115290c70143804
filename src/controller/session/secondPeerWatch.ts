import { type ChannelName, type SecondPeer, stopsTrading } from '../../api/state/state.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Grace for a restarted EA, ms, which can connect before its old connection is seen to end. Only a peer that is
 * refused while the first one stays this long is a second EA. Trading stops at the first attempt all the same.
 */
const graceMs = 2_000;
/** The same for telemetry, ms, whose half-open connections end after 6 s (`inboundOptions`). */
const senderGraceMs = 8_000;
/** Time without an attempt after which a refused peer counts as gone, ms: libzmq tries again every 100 ms to 1.1 s. */
const goneMs = 3_000;

/**
 * S3: watches for two EAs on one bridge. The second is refused. On the command port trading stops until a person has
 * removed it. A second sender on telemetry alone is refused too and harms no order: one alarm, forgotten once it has
 * gone.
 */
export class SecondPeerWatch {
  private readonly clock: Clock;
  private readonly alarm: (alarm: AlarmText) => void;
  private readonly changed: () => void;
  private peer: SecondPeer | null = null;
  private lastMonotonic = 0;
  private graceTimer: Unsubscribe | null = null;

  constructor(clock: Clock, context: { alarm: (alarm: AlarmText) => void; changed: () => void }) {
    this.clock = clock;
    this.alarm = context.alarm;
    this.changed = context.changed;
  }

  get current(): SecondPeer | null {
    const { peer } = this;
    const gone = this.clock.monotonic() - this.lastMonotonic > goneMs;
    return peer !== null && !stopsTrading(peer) && gone ? null : peer;
  }

  refused(channel: ChannelName, address: string): void {
    const { current } = this;
    this.lastMonotonic = this.clock.monotonic();
    const isWorse = channel === 'command' && current?.channel !== 'command';
    if (current !== null && !isWorse) {
      this.peer = { ...current, attempts: current.attempts + 1 };
      return;
    }
    this.stop();
    const peer: SecondPeer = { channel, address, at: this.clock.now(), attempts: 1 };
    this.peer = peer;
    this.graceTimer = this.clock.after(stopsTrading(peer) ? graceMs : senderGraceMs, () => {
      this.graceTimer = null;
      this.alarm(stopsTrading(peer) ? secondEa(address) : secondSender(address));
    });
    this.changed();
  }

  /** Handles an ended connection: within the grace it was the refused EA's own old one. */
  placeFreed(): void {
    if (this.graceTimer === null) return;
    this.stop();
    this.peer = null;
  }

  /**
   * Resumes trading.
   * @returns null, or why it can't be resumed
   */
  resume(): string | null {
    if (this.peer === null || !stopsTrading(this.peer)) return null;
    if (this.clock.monotonic() - this.lastMonotonic < goneMs) {
      return `The second EA at ${this.peer.address} still tries to connect. Remove it from its chart in MT5 first.`;
    }
    this.stop();
    this.peer = null;
    this.changed();
    return null;
  }

  stop(): void {
    this.graceTimer?.();
    this.graceTimer = null;
  }
}

function secondEa(address: string): AlarmText {
  return {
    level: 'critical',
    code: 'second_ea',
    text: `A second EA at ${address} tries to connect. It gets no orders, and trading is stopped.`,
    nextStep: 'Remove the EA that does not belong here from its chart in MT5, then press "Resume trading".',
  };
}

function secondSender(address: string): AlarmText {
  return {
    level: 'warning',
    code: 'second_sender',
    text: `A second program at ${address} tries to send telemetry or results to this bridge. It is refused; trading goes on.`,
    nextStep: 'Look in MT5 and among your programs what else has this telemetry address, and give it another one.',
  };
}
