import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, SampleSeries } from '../../src/api/presentation/sampleSeries.ts';
import type { Sample } from '../../src/api/state/state.ts';
import { tickText, timeTicks, valueTicks } from '../../renderer/views/charts/axisTicks.ts';
import { chartPoints, lastValue, pointAt, type PointsInput } from '../../renderer/views/charts/chartPoints.ts';

const sample = (at: number, equity = 100, margin: number | null = 10): Sample => ({
  at,
  balance: 100,
  equity,
  equityLow: equity,
  equityHigh: equity,
  margin,
  messages: null,
});
const every = (ms: number, count: number, from = 0): Sample[] =>
  Array.from({ length: count }, (_, index) => sample(from + index * ms, 100 + (index % 7)));

const draw = (samples: Sample[], changes: Partial<PointsInput> = {}) => {
  const to = samples.at(-1)?.at ?? 0;
  const span = { from: 0, to };
  return chartPoints({ samples, span, now: to, first: 0, peakBefore: null, rebasedAt: null, ...changes });
};

describe('the points of a chart', () => {
  it('are never more than 600, whatever is drawn', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 3_000 });
    fc.assert(
      fc.property(gaps, (distances) => {
        let at = 0;
        const samples = distances.map((distance) => sample((at += distance)));
        expect(draw(samples).points.length).toBeLessThanOrEqual(600);
      }),
      { numRuns: 100 },
    );
    expect(draw(every(250, 10_000)).points.length).toBeLessThanOrEqual(600);
    expect(draw(every(250, 300)).points.length).toBe(300);
  });

  it('break in a gap, where nothing came', () => {
    const { points, gaps } = draw([...every(1_000, 10), ...every(1_000, 10, 60_000)]);
    expect(gaps).toEqual([{ from: 9_000, to: 60_000 }]);
    expect(points.filter(({ equity }) => equity === null)).toHaveLength(1);
    expect(points[10]).toMatchObject({ at: 34_500, equity: null });
  });

  it('do not break between heartbeats', () => {
    expect(draw(every(5_000, 20)).points.some(({ equity }) => equity === null)).toBe(false);
    expect(draw(every(5_000, 20)).gaps).toEqual([]);
  });

  it('have a margin level only while margin is used', () => {
    expect(
      draw([sample(0, 300, 150), sample(1, 300, 0), sample(2, 300, null)]).points.map(({ marginLevel }) => marginLevel),
    ).toEqual([200, null, null]);
    expect(lastValue(draw([sample(0, 300, 150), sample(1, 300, null)]).points, 'marginLevel')).toBe(200);
  });

  it('know of gaps at both ends of a span, but not of the time before anything was recorded', () => {
    const samples = every(1_000, 10, 100_000);
    const ends = { span: { from: 0, to: 200_000 }, now: 150_000 };
    expect(draw(samples, { ...ends, first: 0 }).gaps).toEqual([
      { from: 0, to: 100_000 },
      { from: 109_000, to: 150_000 },
    ]);
    expect(draw(samples, { ...ends, first: 100_000 }).gaps).toEqual([{ from: 109_000, to: 150_000 }]);
    expect(draw([], { ...ends, first: 50_000 }).gaps).toEqual([{ from: 50_000, to: 150_000 }]);
    expect(draw([], { ...ends, first: null }).gaps).toEqual([]);
  });

  it('are those of the span alone, with a neighbour on either side', () => {
    const { points } = draw(every(1_000, 100), { span: { from: 20_500, to: 30_500 }, now: 200_000 });
    expect(points.map(({ at }) => at)).toEqual(Array.from({ length: 12 }, (_, index) => 20_000 + index * 1_000));
  });

  it('do not break between minutes of more than a week ago', () => {
    const week = 7 * 86_400_000;
    const { gaps } = draw([...every(60_000, 10), ...every(250, 100, week)], { span: { from: 0, to: week + 25_000 } });
    expect(gaps).toEqual([{ from: 9 * 60_000, to: week }]);
  });

  it('fall below the peak of all that came before, which a person can re-base', () => {
    const samples = [100, 80, 120, 90, 60].map((equity, index) => sample(index * 1_000, equity));
    const drawdowns = (changes: Partial<PointsInput>): number[] =>
      draw(samples, changes).points.map(({ drawdown }) => Math.round((drawdown ?? 0) * 1e6) / 1e6);
    expect(drawdowns({})).toEqual([0, 20, 0, 25, 50]);
    expect(drawdowns({ peakBefore: 200 })).toEqual([50, 60, 40, 55, 70]);
    expect(drawdowns({ peakBefore: 200, rebasedAt: 2_500 })).toEqual([50, 60, 40, 0, 33.333333]);
    // A low between two points counts, also where the point ends higher.
    const dip = [sample(0, 100), { ...sample(1_000, 100), equityLow: 70 }];
    expect(draw(dip).points.map(({ drawdown }) => drawdown)).toEqual([0, 30]);
  });

  it('have the messages a second of the last seconds, or of a whole minute', () => {
    const counted = (ms: number, count: number, messages: number | null): Sample[] =>
      every(ms, count).map((one) => ({ ...one, messages }));
    const rates = (samples: Sample[]): (number | null)[] => draw(samples).points.map(({ rate }) => rate);
    expect(rates(counted(250, 100, 2)).slice(1)).toEqual(Array.from({ length: 99 }, () => 8));
    expect(rates(counted(60_000, 4, 120))).toEqual([null, 2, 2, 2]);
    expect(rates(counted(60_000, 3, null))).toEqual([null, null, null]);
  });

  it('are found by their time, but not in a gap', () => {
    const drawn = draw([...every(1_000, 10), ...every(1_000, 10, 60_000)]);
    expect(pointAt(drawn, 4_400)?.at).toBe(4_000);
    expect(pointAt(drawn, 4_600)?.at).toBe(5_000);
    expect(pointAt(drawn, 12_000)).toBeNull();
    expect(pointAt(drawn, 99_000)?.at).toBe(69_000);
  });
});

describe('decimation', () => {
  it('keeps the extremes, the order and the last value', () => {
    const equities = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 2_000 });
    fc.assert(
      fc.property(equities, fc.integer({ min: 2, max: 700 }), (values, most) => {
        const samples = values.map((equity, index) => sample(index * 250, equity));
        const drawn = decimate(samples, most);
        expect(drawn.length).toBeLessThanOrEqual(most);
        expect(Math.min(...drawn.map(({ equityLow }) => equityLow))).toBe(Math.min(...values));
        expect(Math.max(...drawn.map(({ equityHigh }) => equityHigh))).toBe(Math.max(...values));
        expect(drawn.at(-1)?.equity).toBe(values.at(-1));
        expect(drawn.map(({ at }) => at)).toEqual(drawn.map(({ at }) => at).toSorted((one, other) => one - other));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a series of samples', () => {
  it('merges what falls into one bucket and forgets the oldest', () => {
    const series = new SampleSeries(1_000, 10);
    for (const one of every(250, 400)) series.add(one);
    const kept = series.since(0);
    expect(kept).toHaveLength(10);
    expect(kept.at(-1)).toMatchObject({ at: 99_750, equityLow: 100, equityHigh: 106 });
  });
});

describe('axis ticks', () => {
  it('are round times in the local time zone', () => {
    const from = Date.UTC(2026, 0, 5, 9, 1, 30);
    expect(timeTicks(from, from + 300_000, 6, 0)).toEqual(
      [0, 1, 2, 3, 4].map((minute) => Date.UTC(2026, 0, 5, 9, 2 + minute)),
    );
    // India is 5½ hours ahead: whole hours there are half hours in UTC.
    const ticks = timeTicks(from, from + 6 * 3_600_000, 6, -330);
    expect(ticks.every((at) => (at + 330 * 60_000) % 3_600_000 === 0)).toBe(true);
  });

  it('are the first of the month over years', () => {
    const from = Date.UTC(2025, 10, 20);
    expect(timeTicks(from, from + 365 * 86_400_000, 5, 0)).toEqual(
      [0, 3, 6, 9].map((month) => Date.UTC(2026, month, 1)),
    );
    expect(timeTicks(from, from + 365 * 86_400_000, 4, 0)).toHaveLength(4);
    const ticks = [Date.UTC(2026, 0, 5, 9, 0, 0), Date.UTC(2026, 0, 5, 9, 0, 15)];
    expect(tickText(ticks[1] ?? 0, ticks)).toMatch(/:00:15$/);
    expect(tickText(Date.UTC(2026, 0, 5), [0, 86_400_000])).not.toContain(':');
  });

  it('cover the values, are few and can be told apart', () => {
    const values = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(values, ([low, span]) => {
        const { ticks, decimals } = valueTicks(low, low + span, 4);
        expect(ticks[0]).toBeLessThanOrEqual(low + span * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span - span * 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(8);
        const written = ticks.map((value) => value.toFixed(decimals));
        expect(new Set(written).size).toBe(written.length);
      }),
    );
  });
});
