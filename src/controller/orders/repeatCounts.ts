import type { SentOrder } from './sentOrders.ts';
import type { Clock } from '../ports/clock.ts';

/** The first wait before a count is written again, in ms. It doubles as long as repeats go on. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const mostCounted = 1_000;

interface Counted {
  entry: SentOrder;
  waitMs: number;
  /** Monotonic ms: from then on the count may be written. */
  dueAt: number;
  isNews: boolean;
}

/** Orders whose results are repeated: each is counted at once, and written and published in ever longer spans. */
export class RepeatCounts {
  private readonly clock: Clock;
  private readonly write: (entry: SentOrder) => void;
  private readonly counted = new Map<number, Counted>();

  /** @param write writes and publishes the order as it is */
  constructor(clock: Clock, write: (entry: SentOrder) => void) {
    this.clock = clock;
    this.write = write;
  }

  /** The entry whose count is not written yet. */
  pending(number: number): SentOrder | null {
    return this.counted.get(number)?.entry ?? null;
  }

  /** The entry's order has counted one more. */
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

  /** Writes the counts that are due. Called a few times a second; with no time, all of them. */
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
