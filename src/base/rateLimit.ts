/** Fixed-window rate limit: at most `most` per `spanMs`. */
export class RateLimit {
  private readonly most: number;
  private readonly spanMs: number;
  private left: number;
  private since = Number.NEGATIVE_INFINITY;

  constructor(most: number, spanMs: number) {
    this.most = most;
    this.spanMs = spanMs;
    this.left = most;
  }

  /** Whether `cost` is left in the window. @param monotonic ms */
  has(monotonic: number, cost = 1): boolean {
    if (monotonic - this.since >= this.spanMs) {
      this.since = monotonic;
      this.left = this.most;
    }
    return this.left >= cost;
  }

  /** Takes `cost`, if it is left. @param monotonic ms */
  allow(monotonic: number, cost = 1): boolean {
    if (!this.has(monotonic, cost)) return false;
    this.left -= cost;
    return true;
  }
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Rate limit for journal rows of one kind: rows a minute, rows an hour, bytes an hour. */
export class RowRateLimit {
  private readonly most: RowLimits;
  private minuteSince = Number.NEGATIVE_INFINITY;
  private hourSince = Number.NEGATIVE_INFINITY;
  private inMinute = 0;
  private inHour = 0;
  private bytesInHour = 0;

  constructor(most: RowLimits) {
    this.most = most;
  }

  /** Takes one row, if it is left. @param monotonic ms @param bytes of outside text or frame in it */
  allow(monotonic: number, bytes = 0): boolean {
    const { aMinute, anHour, bytesAnHour = Number.POSITIVE_INFINITY } = this.most;
    if (monotonic - this.minuteSince >= minuteMs) {
      this.minuteSince = monotonic;
      this.inMinute = 0;
    }
    if (monotonic - this.hourSince >= hourMs) {
      this.hourSince = monotonic;
      this.inHour = 0;
      this.bytesInHour = 0;
    }
    if (this.inMinute >= aMinute || this.inHour >= anHour || this.bytesInHour + bytes > bytesAnHour) return false;
    this.inMinute += 1;
    this.inHour += 1;
    this.bytesInHour += bytes;
    return true;
  }
}

interface RowLimits {
  aMinute: number;
  anHour: number;
  bytesAnHour?: number;
}
