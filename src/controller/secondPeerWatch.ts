import type { ChannelName, SecondPeer } from '../api/state.ts';
import type { Undo } from '../api/transport.ts';
import type { AlarmText } from './alarmBook.ts';
import type { Clock } from './ports.ts';

/**
 * An EA that restarts can knock before its old connection is seen to end. Only a peer that is refused while the
 * first one stays for this long is a second EA. Trading stops at the first knock all the same.
 */
const graceMs = 2_000;
/** libzmq tries again every 100 ms to 1.1 s: one that was silent for this long has gone. */
const goneMs = 3_000;

/** S3: two EAs on one bridge. The second is refused, and trading stops until a person has removed it. */
export class SecondPeerWatch {
  private readonly clock: Clock;
  private readonly alarm: (alarm: AlarmText) => void;
  private readonly changed: () => void;
  private peer: SecondPeer | null = null;
  private lastMonotonic = 0;
  private graceTimer: Undo | null = null;

  constructor(clock: Clock, context: { alarm: (alarm: AlarmText) => void; changed: () => void }) {
    this.clock = clock;
    this.alarm = context.alarm;
    this.changed = context.changed;
  }

  get current(): SecondPeer | null {
    return this.peer;
  }

  refused(channel: ChannelName, address: string): void {
    this.lastMonotonic = this.clock.monotonic();
    if (this.peer !== null) {
      this.peer = { ...this.peer, attempts: this.peer.attempts + 1 };
      return;
    }
    this.peer = { channel, address, at: this.clock.now(), attempts: 1 };
    this.graceTimer = this.clock.after(graceMs, () => {
      this.confirm(address);
    });
    this.changed();
  }

  /** A connection ended: within the grace it was the refused EA's own old one. */
  placeFreed(): void {
    if (this.graceTimer === null) return;
    this.stop();
    this.peer = null;
  }

  /** Null when trading may go on, else why not. */
  resume(): string | null {
    if (this.peer === null) return null;
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

  private confirm(address: string): void {
    this.graceTimer = null;
    this.alarm({
      level: 'critical',
      code: 'second_ea',
      text: `A second EA at ${address} tries to connect. It gets no orders, and trading is stopped.`,
      nextStep: 'Remove the EA that does not belong here from its chart in MT5, then press "Resume trading".',
    });
  }
}
