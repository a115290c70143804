import type { HistoryRange } from '../api/contract.ts';
import { decimate, SampleSeries } from '../api/sampleSeries.ts';
import type { Sample } from '../api/state.ts';

const minute = 60_000;

interface Tier {
  spanMs: number;
  series: SampleSeries;
}

function tier(spanMs: number, bucketMs: number): Tier {
  return { spanMs, series: new SampleSeries(bucketMs, spanMs / bucketMs) };
}

/** The most samples that a query gives (issue: a chart draws about 600 points). */
const maxHistoryPoints = 600;

/** An account's samples in memory: the last minutes fine, the last 30 days by the minute. */
export class SampleHistory {
  private readonly tiers: Record<HistoryRange, Tier> = {
    '5m': tier(5 * minute, 250),
    '1h': tier(60 * minute, 5_000),
    all: tier(30 * 24 * 60 * minute, minute),
  };
  private firstAt: number | null = null;

  add(sample: Sample): void {
    this.firstAt ??= sample.at;
    for (const { series } of Object.values(this.tiers)) series.add(sample);
  }

  /** "All" comes from the finest tier that still reaches back to the first sample. */
  query(range: HistoryRange, now: number): Sample[] {
    const { firstAt } = this;
    if (firstAt === null) return [];
    const finest = Object.values(this.tiers).find(({ spanMs }) => now - spanMs <= firstAt);
    const { spanMs, series } = range === 'all' ? (finest ?? this.tiers.all) : this.tiers[range];
    return decimate(series.since(now - spanMs), maxHistoryPoints);
  }
}
