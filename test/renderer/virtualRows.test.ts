import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrolledTo, virtualRows } from '../../renderer/ui/virtualRows.ts';

const list = (count: number, scrollTop: number) => ({ count, rowHeight: 32, viewport: 320, scrollTop });
const drawnHeight = (count: number): number => Math.min(count * 32, 12_000_000);

describe('virtualRows', () => {
  it('draws all of a short list', () => {
    expect(virtualRows(list(5, 0))).toEqual({ first: 0, end: 5, above: 0, below: 0 });
  });

  it('draws nothing of an empty one', () => {
    expect(virtualRows(list(0, 0))).toEqual({ first: 0, end: 0, above: 0, below: 0 });
  });

  it('shows what is in sight, whatever the length and the place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 11, max: 3_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, part) => {
          const scrollTop = part * (drawnHeight(count) - 320);
          const { first, end, above, below } = virtualRows(list(count, scrollTop));
          const drawnFrom = above - scrollTop;
          const drawnTo = drawnFrom + (end - first) * 32;
          expect(end - first).toBeLessThanOrEqual(10 + 2 + 16);
          expect(drawnFrom).toBeLessThanOrEqual(0.01);
          expect(drawnTo).toBeGreaterThanOrEqual(319.99);
          expect(above + (end - first) * 32 + below).toBeCloseTo(drawnHeight(count), 3);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('ends with the last row, also where a browser could not draw the whole list', () => {
    const { end, below } = virtualRows(list(1_000_000, 12_000_000 - 320));
    expect(end).toBe(1_000_000);
    expect(below).toBeCloseTo(0, 5);
  });
});

describe('scrolledTo', () => {
  it('leaves a row in sight where it is', () => {
    expect(scrolledTo(3, list(100, 32))).toBe(32);
  });

  it('brings any row into sight', () => {
    fc.assert(
      fc.property(fc.nat(1_999_999), fc.double({ min: 0, max: 1, noNaN: true }), (row, part) => {
        const before = list(2_000_000, part * (12_000_000 - 320));
        const scrollTop = scrolledTo(row, before);
        const { first, end } = virtualRows({ ...before, scrollTop });
        expect(row).toBeGreaterThanOrEqual(first);
        expect(row).toBeLessThan(end);
      }),
      { numRuns: 2_000 },
    );
  });
});
