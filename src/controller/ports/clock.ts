import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** ARCHITECTURE rule 7: time as a port. All in milliseconds. */
export interface Clock {
  /** Epoch time, for what a person reads. It can jump. */
  now(): number;
  /** Never goes back: for ages and time limits. */
  monotonic(): number;
  after(ms: number, action: () => void): Unsubscribe;
  every(ms: number, action: () => void): Unsubscribe;
  /** Everything that waits to be read from sockets and pipes is read once. */
  turn(): Promise<void>;
}

/** When something of an earlier start happened, as monotonic ms. What a clock that was set back puts ahead is of now. */
export function monotonicTime(clock: Clock, at: number): number {
  return clock.monotonic() - Math.max(0, clock.now() - at);
}
