import { describe, expect, it } from 'vitest';
import { dayRangeOf } from '../../renderer/views/ticket/form/dayRange.ts';

const bars = (count: number, low = 100) =>
  Array.from({ length: count }, (_, index) => ({
    start: index * 900_000,
    open: low,
    high: low + 1 + index / 100,
    low,
    close: low,
    formed: false,
  }));

describe('how far a symbol moves in a day', () => {
  it('is what its last 24 hours of trading span', () => {
    expect(dayRangeOf({ bars: [...bars(10, 50), ...bars(96)], earlier: false })).toBeCloseTo(1.95);
  });

  it('is not known from half a morning, from nothing, or from an earlier connection', () => {
    expect(dayRangeOf({ bars: bars(47), earlier: false })).toBeNull();
    expect(dayRangeOf(null)).toBeNull();
    expect(dayRangeOf({ bars: bars(96), earlier: true })).toBeNull();
  });
});
