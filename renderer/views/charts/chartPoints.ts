import { decimate } from '../../../src/api/sampleSeries.ts';
import type { Sample } from '../../../src/api/state.ts';

export interface ChartPoint {
  at: number;
  /** Null breaks the line: nothing came here. */
  equity: number | null;
  balance: number | null;
  margin: number | null;
  /** Per cent (R1). */
  marginLevel: number | null;
}

/** A chart never draws more points than this. */
const maxPoints = 600;
/** Nothing for longer than this, in ms, is a gap: v7's heartbeat comes every 5 s. */
const minGapMs = 15_000;

/** What a chart draws of the samples: at most {@link maxPoints}, with a break in each gap. */
export function chartPoints(samples: readonly Sample[]): ChartPoint[] {
  // Some room is left for the breaks; a span that is all gaps could take as many as it has samples.
  const drawn = decimate(samples, Math.floor(maxPoints * 0.8));
  const usual = usualDistance(drawn);
  const gapMs = Math.max(minGapMs, usual * 3);
  const points: ChartPoint[] = [];
  let before: Sample | null = null;
  for (const sample of drawn) {
    if (before !== null && sample.at - before.at > gapMs) points.push(breakAt((before.at + sample.at) / 2));
    points.push(pointOf(sample));
    before = sample;
  }
  return points.slice(-maxPoints);
}

function pointOf({ at, equity, balance, margin }: Sample): ChartPoint {
  return { at, equity, balance, margin, marginLevel: margin === null || margin <= 0 ? null : (equity / margin) * 100 };
}

function breakAt(at: number): ChartPoint {
  return { at, equity: null, balance: null, margin: null, marginLevel: null };
}

/** The median distance between neighbours, in ms. */
function usualDistance(samples: readonly Sample[]): number {
  const distances = samples.slice(1).map((sample, index) => sample.at - (samples[index]?.at ?? sample.at));
  distances.sort((one, other) => one - other);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

/** The span that a chart's time axis covers, in ms; null: from the first sample on. */
export const rangeMs = { '5m': 5 * 60_000, '1h': 60 * 60_000, all: null } as const;

/** The last value that is known of a line, for the label at its end. */
export function lastValue(points: readonly ChartPoint[], key: Exclude<keyof ChartPoint, 'at'>): number | null {
  return points.findLast((point) => point[key] !== null)?.[key] ?? null;
}
