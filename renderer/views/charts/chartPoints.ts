import { decimate } from '../../../src/api/presentation/sampleSeries.ts';
import type { Sample } from '../../../src/api/state/state.ts';
import type { Span } from '../../store/chartView.ts';

/** A chart's values at one moment; null breaks the line. Money in the account's currency. */
export interface ChartPoint {
  at: number;
  equity: number | null;
  /** Lowest and highest equity since the point before. */
  equityRange: [number, number] | null;
  balance: number | null;
  margin: number | null;
  freeMargin: number | null;
  /** Per cent (R1). */
  marginLevel: number | null;
  profit: number | null;
  profitRange: [number, number] | null;
  /** Drawdown in % of the peak, the worst since the point before; 0 is at the peak. */
  drawdown: number | null;
  peak: number | null;
  /** Range from equity to the peak. */
  belowPeak: [number, number] | null;
  /** Messages a second. */
  rate: number | null;
}

export type Figure = Exclude<
  { [Key in keyof ChartPoint]: ChartPoint[Key] extends number | null ? Key : never }[keyof ChartPoint],
  'at'
>;
export type FigureRange = Exclude<keyof ChartPoint, 'at' | Figure>;

export interface PointsInput {
  samples: readonly Sample[];
  span: Span;
  now: number;
  /** Time of the first recorded figures; null: none. */
  first: number | null;
  /** Highest equity before the samples. */
  peakBefore: number | null;
  /** Time when a person re-based the peak; null: never. */
  rebasedAt: number | null;
}

export interface ChartPoints {
  points: ChartPoint[];
  /** Times without telemetry. */
  gaps: Span[];
}

/** Most points drawn. */
const maxPoints = 600;
/** Longest time without telemetry that is no gap, ms: v7's heartbeat comes every 5 s. */
const minGapMs = 15_000;
/** Samples older than this may have become minutes. */
const minutesAfterMs = 6.9 * 24 * 3_600_000;
const minuteGapMs = 150_000;
/** Shortest span for a message rate, in ms: v7 sends some of them every 5 s. */
const rateMs = 5_000;

/** The drawn points of the samples in a span: at most {@link maxPoints}, with a break in each gap. */
export function chartPoints({ samples, span, now, first, peakBefore, rebasedAt }: PointsInput): ChartPoints {
  const start = Math.max(lastIndexBefore(samples, span.from), 0);
  const end = samples.findIndex(({ at }) => at > span.to);
  const peaks = new PeakFold(peakBefore, rebasedAt);
  for (const sample of samples.slice(0, start)) peaks.add(sample);
  // Leaves room for the breaks; a span that is all gaps could take as many as it has samples.
  const drawn = decimate(samples.slice(start, end < 0 ? undefined : end + 1), Math.floor(maxPoints * 0.8));
  const usual = usualDistance(drawn);
  const gapMs = (at: number): number => Math.max(minGapMs, usual * 3, now - at > minutesAfterMs ? minuteGapMs : 0);
  const points: ChartPoint[] = [];
  const gaps: Span[] = [];
  let before: Sample | null = null;
  let unbroken = 0;
  drawn.forEach((sample, index) => {
    const from = before?.at ?? Math.max(first ?? sample.at, span.from);
    if (sample.at - from > gapMs(from)) {
      gaps.push({ from, to: sample.at });
      if (before !== null) points.push(breakAt((from + sample.at) / 2));
      unbroken = index;
    }
    points.push(pointOf(sample, peaks.add(sample), rateAt(drawn, unbroken, index)));
    before = sample;
  });
  const until = Math.min(span.to, now);
  const last = drawn.at(-1)?.at ?? (first === null ? until : Math.max(first, span.from));
  if (until - last > gapMs(last)) gaps.push({ from: last, to: until });
  return { points: points.slice(-maxPoints), gaps };
}

/** The point nearest to a moment; null in a gap and outside of the known time. */
export function pointAt({ points, gaps }: ChartPoints, at: number): ChartPoint | null {
  if (gaps.some(({ from, to }) => at > from && at < to)) return null;
  let nearest: ChartPoint | null = null;
  for (const point of points) {
    if (point.equity === null) continue;
    if (nearest !== null && Math.abs(point.at - at) > Math.abs(nearest.at - at)) break;
    nearest = point;
  }
  return nearest;
}

/** The last known value of a line, for the label at its end. */
export function lastValue(points: readonly ChartPoint[], key: Figure): number | null {
  return points.findLast((point) => point[key] !== null)?.[key] ?? null;
}

/** The peak as it grows; a re-base restarts it. */
class PeakFold {
  private peak: number | null;
  private readonly rebasedAt: number | null;
  private before = 0;

  constructor(peak: number | null, rebasedAt: number | null) {
    this.peak = peak;
    this.rebasedAt = rebasedAt;
  }

  add({ at, equity, equityLow, equityHigh }: Sample): { peak: number; drawdown: number } {
    if (this.rebasedAt !== null && this.before > 0 && this.before < this.rebasedAt && at >= this.rebasedAt) {
      this.peak = null;
    }
    this.before = at;
    const earlier = this.peak;
    const peak = Math.max(earlier ?? equityHigh, equityHigh);
    this.peak = peak;
    // Whether the low came before the high is not known: the low counts against the peak from before.
    const worst = earlier === null ? 0 : share(earlier - equityLow, earlier);
    return { peak, drawdown: Math.max(worst, share(peak - equity, peak), 0) };
  }
}

function share(part: number, whole: number): number {
  return whole > 0 ? (part / whole) * 100 : 0;
}

function pointOf(
  sample: Sample,
  { peak, drawdown }: { peak: number; drawdown: number },
  rate: number | null,
): ChartPoint {
  const { at, equity, equityLow, equityHigh, balance, margin } = sample;
  return {
    at,
    equity,
    equityRange: [equityLow, equityHigh],
    balance,
    margin,
    freeMargin: margin === null ? null : equity - margin,
    marginLevel: margin === null || margin <= 0 ? null : (equity / margin) * 100,
    profit: equity - balance,
    profitRange: [equityLow - balance, equityHigh - balance],
    drawdown,
    peak,
    belowPeak: [equity, peak],
    rate,
  };
}

function breakAt(at: number): ChartPoint {
  return {
    at,
    equity: null,
    equityRange: null,
    balance: null,
    margin: null,
    freeMargin: null,
    marginLevel: null,
    profit: null,
    profitRange: null,
    drawdown: null,
    peak: null,
    belowPeak: null,
    rate: null,
  };
}

/** Messages a second up to a sample, over {@link rateMs} or the distance to the one before. */
function rateAt(samples: readonly Sample[], unbroken: number, index: number): number | null {
  const last = samples[index];
  if (last === undefined) return null;
  let messages = 0;
  for (let at = index; at > unbroken; at -= 1) {
    const counted = samples[at]?.messages ?? null;
    const before = samples[at - 1];
    if (counted === null || before === undefined) return null;
    messages += counted;
    const passed = last.at - before.at;
    if (passed >= rateMs || at - 1 === unbroken) return passed <= 0 ? null : messages / (passed / 1_000);
  }
  return null;
}

function lastIndexBefore(samples: readonly Sample[], at: number): number {
  return samples.findLastIndex((sample) => sample.at < at);
}

/** The median distance between neighbours, in ms. */
function usualDistance(samples: readonly Sample[]): number {
  const distances = samples.slice(1).map((sample, index) => sample.at - (samples[index]?.at ?? sample.at));
  distances.sort((one, other) => one - other);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}
