import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Shortest time between two requests, ms: v7 takes about ten commands a second (W9), so many results share one request
 * for positions.
 */
const spacingMs = 500;

/** Requests figures and positions out of turn: at most one each {@link spacingMs}, and none is lost. */
export class StatusRequests {
  private readonly clock: Clock;
  private readonly send: () => void;
  /** Time of the last request, monotonic ms. */
  private askedAt = Number.NEGATIVE_INFINITY;
  private timer: Unsubscribe | null = null;

  constructor(clock: Clock, send: () => void) {
    this.clock = clock;
    this.send = send;
  }

  ask(): void {
    if (this.timer !== null) return;
    const wait = this.askedAt + spacingMs - this.clock.monotonic();
    if (wait <= 0) {
      this.sendNow();
      return;
    }
    this.timer = this.clock.after(wait, () => {
      this.timer = null;
      this.sendNow();
    });
  }

  stop(): void {
    this.timer?.();
  }

  private sendNow(): void {
    this.askedAt = this.clock.monotonic();
    this.send();
  }
}
