import type { Sample } from '../../api/state/state.ts';

/** Equity and messages over the span of one sample: from the sample before until now. */
export class SampleSpan {
  private low = Infinity;
  private high = -Infinity;
  /** Messages counted by the samples so far. */
  private counted = 0;

  /** Whether no equity has come. */
  get isEmpty(): boolean {
    return this.low === Infinity;
  }

  record(equity: number): void {
    if (equity < this.low) this.low = equity;
    if (equity > this.high) this.high = equity;
  }

  /** Drops the equity, which may be another account's. */
  drop(): void {
    this.low = Infinity;
    this.high = -Infinity;
  }

  /** Ends the span and begins the next. @param received messages of the EA so far */
  take(received: number): Pick<Sample, 'equityLow' | 'equityHigh'> & { messages: number } {
    const ended = { equityLow: this.low, equityHigh: this.high, messages: received - this.counted };
    this.counted = received;
    this.drop();
    return ended;
  }
}
