import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, quantile, valueOf } from '../../src/base/histogram.ts';

describe('logarithmic buckets', () => {
  it('give a value back to within 4 %, up to a week in ms', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6e8, noNaN: true }), (value) => {
        expect(Math.abs(valueOf(bucketOf(value)) / value - 1)).toBeLessThan(0.04);
      }),
    );
  });

  it('take what is very short as 0 and what is very long as the longest', () => {
    expect(valueOf(bucketOf(0))).toBe(0);
    expect(bucketOf(1e15)).toBe(bucketOf(1e12));
  });

  it('have the same quantiles whether counted together or in parts, within 4 % of the exact ones', () => {
    const values = fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, values, fc.constantFrom(0.5, 0.95, 1), (one, other, share) => {
        const count = (all: number[]): number[] => {
          const counts = Array.from({ length: 325 }, () => 0);
          for (const value of all) counts[bucketOf(value)] = (counts[bucketOf(value)] ?? 0) + 1;
          return counts;
        };
        const first = count(one);
        const merged = count(other).map((each, bucket) => each + (first[bucket] ?? 0));
        const all = [...one, ...other].sort((a, b) => a - b);
        expect(merged).toEqual(count(all));
        const exact = all[Math.ceil(all.length * share) - 1] ?? 0;
        expect(Math.abs((quantile(merged, share) ?? 0) / exact - 1)).toBeLessThan(0.04);
      }),
    );
    expect(quantile([], 0.5)).toBeNull();
  });
});
