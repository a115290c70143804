import type { Clock } from '../../controller/ports/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  every(ms, action) {
    const timer = setInterval(action, ms);
    return () => {
      clearInterval(timer);
    };
  },
  // The first ends the turn that is going on, whose poll may be over; the second is a whole one.
  turn: () =>
    new Promise((resolve) => {
      setImmediate(() => setImmediate(resolve));
    }),
};
