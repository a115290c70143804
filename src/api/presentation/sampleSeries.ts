import type { Sample } from '../state/state.ts';

/** A later sample over the same span as an earlier one: the last figures, the extremes and all messages of both. */
function mergeSamples(earlier: Sample, later: Sample): Sample {
  return {
    ...later,
    equityLow: Math.min(earlier.equityLow, later.equityLow),
    equityHigh: Math.max(earlier.equityHigh, later.equityHigh),
    margin: later.margin ?? earlier.margin,
    messages: sum(earlier.messages, later.messages),
  };
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : one + other;
}

/** Samples in time order, one for each span of `bucketMs` in which any came, the oldest dropped beyond `capacity`. */
export class SampleSeries {
  readonly bucketMs: number;
  private readonly capacity: number;
  private samples: Sample[] = [];

  constructor(bucketMs: number, capacity: number, samples: readonly Sample[] = []) {
    this.bucketMs = bucketMs;
    this.capacity = capacity;
    for (const sample of samples) this.add(sample);
  }

  add(sample: Sample): void {
    const last = this.samples.at(-1);
    if (last !== undefined && this.bucketOf(last) === this.bucketOf(sample)) {
      this.samples[this.samples.length - 1] = mergeSamples(last, sample);
      return;
    }
    this.samples.push(sample);
    // Trimmed in chunks: a shift for every sample would move the whole array each time.
    if (this.samples.length > this.capacity * 1.25) this.samples = this.samples.slice(-this.capacity);
  }

  since(from: number): Sample[] {
    const first = this.samples.findIndex((sample) => sample.at >= from);
    return first < 0 ? [] : this.samples.slice(first).slice(-this.capacity);
  }

  private bucketOf(sample: Sample): number {
    return Math.floor(sample.at / this.bucketMs);
  }
}

/**
 * At most `maxPoints` of the samples for drawing, by merging neighbours of equal time spans, so that no extreme of
 * the equity is lost. Spans in which nothing came give nothing: gaps stay gaps.
 */
export function decimate(samples: readonly Sample[], maxPoints: number): Sample[] {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length <= maxPoints) return [...samples];
  const span = (last.at - first.at + 1) / maxPoints;
  const merged: Sample[] = [];
  let bucket = -1;
  for (const sample of samples) {
    const own = Math.floor((sample.at - first.at) / span);
    const before = merged.at(-1);
    if (own === bucket && before !== undefined) merged[merged.length - 1] = mergeSamples(before, sample);
    else merged.push(sample);
    bucket = own;
  }
  return merged;
}
