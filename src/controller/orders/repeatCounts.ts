import type { SentOrder } from './sentOrders.ts';
import type { Clock } from '../ports/clock.ts';

/** First wait before a count is written again, ms. It doubles while repeats go on. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const mostCounted = 1_000;

interface Counted {
  entry: SentOrder;
  waitMs: number;
  /** Time from which the count may be written, monotonic ms. */
  dueAt: number;
  isNews: boolean;
}

/** Counts repeated results of orders: counted at once, written and published at growing intervals. */
export class RepeatCounts {
  private readonly clock: Clock;
  private readonly write: (entry: SentOrder) => void;
  private readonly counted = new Map<number, Counted>();

  /** @param write writes and publishes an order's current state */
  constructor(clock: Clock, write: (entry: SentOrder) => void) {
    this.clock = clock;
    this.write = write;
  }

  /** The entry whose count is not written yet; null: none. */
  pending(number: number): SentOrder | null {
    return this.counted.get(number)?.entry ?? null;
  }

  /** Counts a repeat. */
  count(entry: SentOrder): void {
    const monotonic = this.clock.monotonic();
    const { number } = entry.order;
    const known = this.counted.get(number);
    if (known !== undefined) {
      known.isNews = true;
      return;
    }
    if (this.counted.size >= mostCounted) this.flush(Number.POSITIVE_INFINITY);
    this.counted.set(number, { entry, waitMs: firstWaitMs, dueAt: monotonic + firstWaitMs, isNews: false });
    this.write(entry);
  }

  /** Writes the counts that are due. Called four times a second; without a time it writes all. */
  flush(monotonic = this.clock.monotonic()): void {
    for (const [number, counted] of this.counted) {
      if (monotonic < counted.dueAt) continue;
      if (counted.isNews) {
        counted.isNews = false;
        this.write(counted.entry);
        counted.waitMs = Math.min(longestWaitMs, counted.waitMs * 2);
        counted.dueAt = this.clock.monotonic() + counted.waitMs;
      } else this.counted.delete(number);
      if (monotonic === Number.POSITIVE_INFINITY) this.counted.delete(number);
    }
  }
}
