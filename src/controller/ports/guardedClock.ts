import { attempt, type OnFault } from '../../base/guard.ts';
import type { Clock } from './clock.ts';

/** A clock whose timers survive errors in their callbacks. */
export function guardedClock(clock: Clock, onFault: OnFault): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    turn: () => clock.turn(),
    after: (ms, action) =>
      clock.after(ms, () => {
        attempt(onFault, action);
      }),
    every: (ms, action) =>
      clock.every(ms, () => {
        attempt(onFault, action);
      }),
  };
}
