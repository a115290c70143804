import type { ChannelHealth, ChannelName, ChannelState } from '../../api/state/state.ts';
import type { Clock } from '../ports/clock.ts';

const rateSeconds = 5;
/** One more slot, for the current second. */
const slots = rateSeconds + 1;
/** Intervals without a sign of life after which a channel is quiet. */
const quietIntervals = 3;

/** Lamp of one channel: its peer, and the time of its last sign of life. */
export class ChannelMonitor {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private peers: string[] = [];
  private everJoined = false;
  private joinedAt = 0;
  /** Time of the last sign of life, monotonic ms; before the join: none yet. */
  private heardAt = Number.NEGATIVE_INFINITY;
  private messages = 0;
  private lastMessageAt = 0;
  private readonly perSecond = new Array<number>(slots).fill(0);
  private currentSecond = 0;
  private shown: ChannelState = 'listening';
  private since: number;

  /** @param intervalMs expected interval of signs of life */
  constructor(clock: Clock, intervalMs: number) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.since = clock.now();
  }

  get connected(): boolean {
    return this.peers.length > 0;
  }

  /** Number of messages so far. */
  get total(): number {
    return this.messages;
  }

  joined(address: string): void {
    this.peers.push(address);
    this.everJoined = true;
    this.joinedAt = this.clock.monotonic();
    this.heardAt = Number.NEGATIVE_INFINITY;
  }

  left(): void {
    this.peers.shift();
    this.heardAt = Number.NEGATIVE_INFINITY;
  }

  /** Counts a message of this channel. */
  count(monotonic: number, now: number): void {
    this.messages += 1;
    this.lastMessageAt = now;
    const second = Math.floor(monotonic / 1000);
    if (second !== this.currentSecond) this.turnTo(second);
    const slot = second % slots;
    this.perSecond[slot] = (this.perSecond[slot] ?? 0) + 1;
  }

  /** Records a sign that the EA's own loop serves this channel. */
  markAlive(monotonic: number): void {
    this.heardAt = monotonic;
  }

  health(): ChannelHealth {
    const monotonic = this.clock.monotonic();
    const state = this.stateAt(monotonic);
    if (state !== this.shown) {
      this.shown = state;
      this.since = this.clock.now();
    }
    const second = Math.floor(monotonic / 1000);
    this.turnTo(second);
    const counted = this.perSecond.reduce((sum, messages, slot) => (slot === second % slots ? sum : sum + messages), 0);
    return {
      state,
      since: this.since,
      peer: this.peers.at(0) ?? null,
      messages: this.messages,
      rate: counted / rateSeconds,
      lastMessageAt: this.messages === 0 ? null : this.lastMessageAt,
    };
  }

  private stateAt(monotonic: number): ChannelState {
    if (!this.connected) return this.everJoined ? 'down' : 'listening';
    if (monotonic - Math.max(this.heardAt, this.joinedAt) > quietIntervals * this.intervalMs) return 'quiet';
    return this.heardAt < this.joinedAt ? 'connected' : 'live';
  }

  private turnTo(second: number): void {
    const passed = Math.min(second - this.currentSecond, slots);
    for (let step = 1; step <= passed; step += 1) this.perSecond[(this.currentSecond + step) % slots] = 0;
    this.currentSecond = second;
  }
}

export type ChannelMonitors = Record<ChannelName, ChannelMonitor>;

/** State of the lamps now. */
export function healthOf({ command, telemetry, feedback }: ChannelMonitors): Record<ChannelName, ChannelHealth> {
  return { command: command.health(), telemetry: telemetry.health(), feedback: feedback.health() };
}
