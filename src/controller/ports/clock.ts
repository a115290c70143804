import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** ARCHITECTURE rule 7: time as a port, in milliseconds. */
export interface Clock {
  /** Epoch time, for what a person reads. It can jump. */
  now(): number;
  /** Monotonic time, for ages and time limits. */
  monotonic(): number;
  after(ms: number, action: () => void): Unsubscribe;
  every(ms: number, action: () => void): Unsubscribe;
  /** Resolves after everything waiting in sockets and pipes was read once. */
  turn(): Promise<void>;
}

/**
 * Monotonic time of an event of an earlier start; now, if a clock that was set back puts it in the future.
 * @param at epoch ms
 */
export function monotonicTime(clock: Clock, at: number): number {
  return clock.monotonic() - Math.max(0, clock.now() - at);
}
