import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bar, barStart, barWithPrice, mostBars, timeframes } from '../../src/domain/market/bar.ts';
import { readBars, type SentBar } from '../../src/domain/market/readBars.ts';

const minute = 60_000;
/** 1 September 2026, 12:00:30 by the broker's clock. */
const now = Date.UTC(2026, 8, 1, 12, 0, 30);
const ground = { now, price: null };

const sent = (minutesAgo: number, changes: Partial<SentBar> = {}): SentBar => ({
  time: (barStart('M1', now) - minutesAgo * minute) / 1000,
  open: 1.1,
  high: 1.2,
  low: 1.05,
  close: 1.15,
  ...changes,
});
const starts = (bars: readonly Bar[]): number[] => bars.map(({ start }) => (barStart('M1', now) - start) / minute);

describe('bars that an EA sends', () => {
  it('are read with their start by the broker’s clock', () => {
    expect(readBars([sent(2), sent(1)], 'M1', ground)).toEqual({
      bars: [2, 1].map((ago) => ({
        start: barStart('M1', now) - ago * minute,
        ...{ open: 1.1, high: 1.2, low: 1.05, close: 1.15, formed: false },
      })),
      refused: 0,
      reason: null,
    });
  });

  it('are read from the newest to the oldest too, as a series of MT5 stands', () => {
    expect(starts(readBars([sent(1), sent(2), sent(3)], 'M1', ground).bars)).toEqual([3, 2, 1]);
  });

  it.each([
    ['a high below the low', { high: 1, low: 1.3 }, 'high below'],
    ['a high below the open', { high: 1.08 }, 'high below'],
    ['a low above the close', { low: 1.16 }, 'low above'],
    ['no time', { time: undefined }, 'no time'],
    ['no close', { close: undefined }, 'lacks a price'],
    ['a price of 0', { low: 0 }, 'price of 0'],
    ['prices below 0', { open: -1, high: -1, low: -1, close: -1 }, 'below 0'],
    ['a price beyond all prices', { high: 1e12 }, 'beyond all prices'],
    ['a start in the future', { time: now / 1000 + 3_600 }, 'in the future'],
    ['a start in milliseconds', { time: now }, 'in the future'],
    ['a start before there was MT5', { time: 12 }, 'before the year 2000'],
  ])('are refused with %s, and the others are read', (_, changes, reason) => {
    const read = readBars([sent(3), sent(2, changes), sent(1)], 'M1', ground);
    expect(starts(read.bars)).toEqual([3, 1]);
    expect(read).toMatchObject({ refused: 1, reason: expect.stringContaining(reason) as string });
  });

  it('are refused where they go backwards or say a bar twice, and where one is no bar at all', () => {
    const read = readBars([sent(5), sent(3), sent(4), sent(3), null, sent(1)], 'M1', ground);
    expect(starts(read.bars)).toEqual([5, 3, 1]);
    expect(read.refused).toBe(3);
  });

  it('are refused where their prices are not those of the symbol', () => {
    const far = sent(1, { open: 115, high: 120, low: 110, close: 115 });
    expect(readBars([sent(3), sent(2), far], 'M1', ground)).toMatchObject({ refused: 1, bars: [{}, {}] });
    expect(readBars([far], 'M1', { now, price: 1.1 })).toMatchObject({ refused: 1, bars: [] });
  });

  it('whatever comes: what is kept is in order, on the grid and possible', () => {
    const figure = fc.oneof(
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      fc.constantFrom(0, -1, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
      fc.constant(undefined),
    );
    const anyBar = fc.option(
      fc.record({
        time: fc.oneof(fc.integer({ min: now / 1000 - 90_000, max: now / 1000 + 9_000 }), figure),
        ...{ open: figure, high: figure, low: figure, close: figure },
      }),
    );
    fc.assert(
      fc.property(fc.array(anyBar, { maxLength: 600 }), fc.constantFrom(...timeframes), (bars, timeframe) => {
        const read = readBars(bars, timeframe, ground);
        expect(read.bars.length + read.refused).toBe(Math.min(bars.length, mostBars));
        let before = 0;
        for (const { start, open, high, low, close } of read.bars) {
          expect(start).toBeGreaterThan(before);
          expect(start).toBe(barStart(timeframe, start));
          expect(start).toBeLessThanOrEqual(now + minute);
          expect(Math.max(open, close)).toBeLessThanOrEqual(high);
          expect(Math.min(open, close)).toBeGreaterThanOrEqual(low);
          expect(low).toBeGreaterThan(0);
          before = start;
        }
      }),
    );
  });
});

describe('a bar that ticks form', () => {
  it('opens with the first, closes with the last and spans all bids of its time', () => {
    const bids = fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(bids, fc.constantFrom(...timeframes), (prices, timeframe) => {
        const start = barStart(timeframe, now);
        let bar: Bar | undefined;
        for (const [second, price] of prices.entries()) {
          bar = barWithPrice(bar, timeframe, start + second * 1000, price) ?? undefined;
        }
        expect(bar).toEqual({
          start,
          open: prices[0],
          high: Math.max(...prices),
          low: Math.min(...prices),
          close: prices.at(-1),
          formed: true,
        });
      }),
    );
  });

  it('is another one in the next minute, and never an earlier one', () => {
    const first = barWithPrice(undefined, 'M1', now, 1.1);
    expect(barWithPrice(first ?? undefined, 'M1', now + minute, 1.2)).toMatchObject({ open: 1.2, low: 1.2 });
    expect(barWithPrice(first ?? undefined, 'M1', now - minute, 1.2)).toBeNull();
  });
});
