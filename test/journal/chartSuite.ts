import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { minute, monday, orderRow, sample, sampleRow } from './fixtures.ts';
import type { JournalUnderTest } from './journalSuite.ts';

const hour = 60 * minute;

/** What charts ask, on every journal. */
export function chartSuite(open: () => JournalUnderTest): void {
  describe('charts', () => {
    let opened: JournalUnderTest;
    let journal: Journal;
    beforeEach(() => {
      opened = open();
      journal = opened.journal;
    });
    afterEach(() => opened.dispose());

    it('know when the figures began, and the peak of any time', async () => {
      const ask = { bridge: 'main', peakSince: 0, before: monday + 10 * hour };
      expect(await journal.recorded(ask)).toEqual({ first: null, peak: null });
      // A minute every half hour; the peaks lie within whole hours and on both sides of them.
      const highs = [900, 500, 700, 400, 600, 300, 800];
      journal.write(
        highs.map((high, index) => sampleRow(sample(monday + index * 30 * minute, 100, { equityHigh: high }))),
      );
      journal.write([sampleRow(sample(monday, 100, { equityHigh: 5_000 }), 'other')]);
      const peak = async (since: number, before: number): Promise<number | null> =>
        (await journal.recorded({ bridge: 'main', peakSince: monday + since, before: monday + before })).peak;
      expect((await journal.recorded(ask)).first).toBe(monday);
      expect(await peak(0, 10 * hour)).toBe(900);
      expect(await peak(minute, 10 * hour)).toBe(800);
      expect(await peak(minute, 3 * hour)).toBe(700);
      expect(await peak(61 * minute, 3 * hour)).toBe(600);
      expect(await peak(61 * minute, 2 * hour)).toBe(400);
      expect(await peak(31 * minute, 59 * minute)).toBeNull();
      expect(await peak(0, 0)).toBeNull();
    });

    it('mark what was filled in a span, at the time when the EA told it', async () => {
      journal.write([
        orderRow(1, { state: 'filled', action: 'buy', roundTripMs: 40.4, price: 2_341.2, ticket: '1' }),
        orderRow(2, { state: 'rejected', action: 'buy' }),
        orderRow(3, { state: 'filled', action: 'sell' }),
        orderRow(4, { state: 'unknown', action: 'sell' }),
        orderRow(5, { state: 'filled', action: 'close_all', symbol: 'ALL', lot: 0.01 }),
        orderRow(6, { state: 'filled', bridge: 'other' }),
        orderRow(7, { state: 'filled', action: 'close' }),
      ]);
      const all = { bridge: 'main', from: monday, to: monday + hour };
      const { marks, fills } = await journal.fills(all);
      expect(fills).toBe(4);
      expect(marks.map(({ number, kind }) => [number, kind])).toEqual([
        [1, 'buy'],
        [3, 'sell'],
        [5, 'close'],
        [7, 'close'],
      ]);
      expect(marks[0]).toEqual({
        number: 1,
        kind: 'buy',
        at: monday + 1_040,
        signalId: 'S1',
        symbol: 'XAUUSD',
        lot: 0.1,
        price: 2_341.2,
        count: 1,
      });
      const part = await journal.fills({ ...all, from: monday + 3_000, to: monday + 5_000 });
      expect(part.marks.map(({ number }) => number)).toEqual([3, 5]);
    });
  });
}
