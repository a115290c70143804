/** So many in each span of time, and no more: what a flood can't use up. */
export class Budget {
  private readonly most: number;
  private readonly spanMs: number;
  private left: number;
  private since = Number.NEGATIVE_INFINITY;

  constructor(most: number, spanMs: number) {
    this.most = most;
    this.spanMs = spanMs;
    this.left = most;
  }

  /** Whether there is so much left. @param monotonic ms */
  has(monotonic: number, cost = 1): boolean {
    if (monotonic - this.since >= this.spanMs) {
      this.since = monotonic;
      this.left = this.most;
    }
    return this.left >= cost;
  }

  /** Takes it, if there is so much left. @param monotonic ms */
  take(monotonic: number, cost = 1): boolean {
    if (!this.has(monotonic, cost)) return false;
    this.left -= cost;
    return true;
  }
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What rows of one kind may take of the journal: so many a minute, and so many rows and bytes an hour. */
export class RowBudget {
  private readonly aMinute: Budget;
  private readonly anHour: Budget;
  private readonly bytesAnHour: Budget;

  constructor(most: { aMinute: number; anHour: number; bytesAnHour?: number }) {
    this.aMinute = new Budget(most.aMinute, minuteMs);
    this.anHour = new Budget(most.anHour, hourMs);
    this.bytesAnHour = new Budget(most.bytesAnHour ?? Number.POSITIVE_INFINITY, hourMs);
  }

  /** Whether one more row is written. @param monotonic ms @param bytes of outside text or frame in it */
  take(monotonic: number, bytes = 0): boolean {
    const all = this.aMinute.has(monotonic) && this.anHour.has(monotonic) && this.bytesAnHour.has(monotonic, bytes);
    if (!all) return false;
    this.bytesAnHour.take(monotonic, bytes);
    return this.aMinute.take(monotonic) && this.anHour.take(monotonic);
  }
}
