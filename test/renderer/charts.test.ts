import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, SampleSeries } from '../../src/api/sampleSeries.ts';
import type { Sample } from '../../src/api/state.ts';
import { timeTicks, valueTicks } from '../../renderer/views/charts/axisTicks.ts';
import { chartPoints, lastValue } from '../../renderer/views/charts/chartPoints.ts';

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

describe('the points of a chart', () => {
  it('are never more than 600, whatever is drawn', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 3_000 });
    fc.assert(
      fc.property(gaps, (distances) => {
        let at = 0;
        const samples = distances.map((distance) => sample((at += distance)));
        expect(chartPoints(samples).length).toBeLessThanOrEqual(600);
      }),
      { numRuns: 100 },
    );
    expect(chartPoints(every(250, 10_000)).length).toBeLessThanOrEqual(600);
    expect(chartPoints(every(250, 300)).length).toBe(300);
  });

  it('break in a gap, where nothing came', () => {
    const points = chartPoints([...every(1_000, 10), ...every(1_000, 10, 60_000)]);
    expect(points.filter(({ equity }) => equity === null)).toHaveLength(1);
    expect(points[10]).toMatchObject({ at: 34_500, equity: null });
  });

  it('do not break between heartbeats', () => {
    expect(chartPoints(every(5_000, 20)).some(({ equity }) => equity === null)).toBe(false);
  });

  it('have a margin level only while margin is used', () => {
    expect(
      chartPoints([sample(0, 300, 150), sample(1, 300, 0), sample(2, 300, null)]).map(({ marginLevel }) => marginLevel),
    ).toEqual([200, null, null]);
    expect(lastValue(chartPoints([sample(0, 300, 150), sample(1, 300, null)]), 'marginLevel')).toBe(200);
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
