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

  /** Whether there is one more. @param monotonic ms */
  take(monotonic: number): boolean {
    if (monotonic - this.since >= this.spanMs) {
      this.since = monotonic;
      this.left = this.most;
    }
    if (this.left === 0) return false;
    this.left -= 1;
    return true;
  }
}
