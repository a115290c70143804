import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deal } from '../../src/domain/positions/deals.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import type { DealsQuery } from '../../src/controller/ports/journalHistory.ts';
import { day, monday, row } from './fixtures.ts';
import type { JournalUnderTest } from './journalSuite.ts';

const account = '1@Broker';

function deal(number: number, more: Partial<Deal> = {}): Deal {
  return {
    ...{
      deal: String(number),
      at: monday + number,
      position: String(number),
      symbol: 'XAUUSD',
      side: 'buy',
      entry: 'in',
    },
    ...{ lots: 0.1, price: 2400, profit: 0, swap: 0, costs: -0.5, reason: 'expert', magic: '7', comment: 'c' },
    ...{ signalId: null, source: null, ...more },
  };
}
const out = (number: number, position: number, more: Partial<Deal> = {}): Deal =>
  deal(number, { entry: 'out', side: 'sell', position: String(position), profit: 10, ...more });

/** What every journal must do with deals. */
export function dealsSuite(open: () => JournalUnderTest): void {
  describe('deals', () => {
    let opened: JournalUnderTest;
    let journal: Journal;
    beforeEach(() => {
      opened = open();
      journal = opened.journal;
    });
    afterEach(() => opened.dispose());

    const write = (deals: Deal[], of = account, bridge = 'main'): void => {
      journal.write(deals.map((each) => row({ type: 'deal', bridge, account: of, deal: each })));
    };
    const all: DealsQuery = { accounts: [account], from: 0, to: Number.MAX_SAFE_INTEGER, before: null, limit: 100 };

    it('make closed trades, the newest first, in pages, with the sums of all that are asked for', async () => {
      write([deal(1), deal(2), out(3, 1), out(4, 2, { profit: -4, swap: -1, costs: -0.5 })]);
      const first = await journal.deals({ ...all, limit: 1 });
      expect(first).toMatchObject({
        trades: [{ deal: '4', position: '2', openPrice: 2400, net: -6, costs: -1 }],
        next: { at: monday + 4, deal: '4' },
        sums: { closed: 2, won: 1, profit: 6, swap: -1, costs: -2 },
      });
      const second = await journal.deals({ ...all, limit: 2, before: first.next });
      expect(second).toMatchObject({ trades: [{ deal: '3', net: 9 }], next: null });
      const early = await journal.deals({ ...all, to: monday + 4 });
      expect(early).toMatchObject({ trades: [{ deal: '3' }], sums: { closed: 1, profit: 10 } });
    });

    it('that are told again count once, as they were told last', async () => {
      write([deal(1), out(2, 1)]);
      write([out(2, 1, { profit: 12 })]);
      expect(await journal.deals(all)).toMatchObject({ trades: [{ net: 11 }], sums: { closed: 1, profit: 12 } });
    });

    it('of another account with the same numbers are no part of it', async () => {
      write([deal(1), out(2, 1)]);
      write([deal(1, { price: 9 }), out(2, 1, { profit: 500 })], '2@Broker');
      expect(await journal.deals(all)).toMatchObject({
        trades: [{ openPrice: 2400 }],
        sums: { closed: 1, profit: 10 },
      });
      const both = await journal.deals({ ...all, accounts: [account, '2@Broker'] });
      expect(both.sums).toMatchObject({ closed: 2, profit: 510 });
    });

    it('are added up by symbol, by who opened the position whatever closed it, and by month', async () => {
      write([
        out(4, 2, { profit: -4, signalId: 'T9', source: 'ticket' }),
        deal(1, { signalId: 'S1', source: 'engine VENOM' }),
        deal(2, { symbol: 'EURUSD', reason: 'mobile' }),
        out(3, 1, { reason: 'sl' }),
        out(5, 9, { at: monday + 40 * day }),
      ]);
      const groups = async (by: 'symbol' | 'opener' | 'month') =>
        (await journal.dealGroups({ accounts: [account], from: 0, to: Number.MAX_SAFE_INTEGER, by })).map(
          ({ name, closed, profit }) => [name, closed, profit],
        );
      expect(await groups('opener')).toEqual([
        ['', 1, 10],
        ['engine VENOM', 1, 10],
        ['mobile', 1, -4],
      ]);
      expect(await groups('symbol')).toEqual([
        ['EURUSD', 0, 0],
        ['XAUUSD', 3, 16],
      ]);
      expect(await groups('month')).toEqual([
        ['2026-06', 2, 6],
        ['2026-07', 1, 10],
      ]);
    });

    it('come of one opener alone where that is asked for, in pages, whatever closed them', async () => {
      const venom = { signalId: 'S1', source: 'engine VENOM' } as const;
      write([
        deal(1, venom),
        deal(2, { reason: 'mobile' }),
        out(3, 1, { lots: 0.05 }),
        out(4, 2),
        out(5, 1, { reason: 'sl' }),
      ]);
      const first = await journal.deals({ ...all, limit: 1, opener: 'engine VENOM' });
      expect(first).toMatchObject({ trades: [{ deal: '5', source: 'engine VENOM' }], next: { deal: '5' } });
      const second = await journal.deals({ ...all, limit: 1, opener: 'engine VENOM', before: first.next });
      expect(second.trades).toMatchObject([{ deal: '3' }]);
      expect((await journal.deals({ ...all, opener: 'engine OTHER' })).trades).toEqual([]);
    });

    it('are added up alike for spans that begin and end anywhere in a day', async () => {
      const halfDay = day / 2;
      write(
        Array.from({ length: 40 }, (_, index) =>
          out(index + 1, 99, { at: monday + index * (halfDay / 2), profit: index + 1, costs: 0 }),
        ),
      );
      // Told again with another profit, on another day.
      write([out(40, 99, { at: monday, profit: 1_000, costs: 0 })]);
      const expected = (from: number, to: number): number =>
        Array.from({ length: 39 }, (_, index) => ({ at: monday + index * (halfDay / 2), profit: index + 1 }))
          .concat({ at: monday, profit: 1_000 })
          .filter(({ at }) => at >= from && at < to)
          .reduce((sum, { profit }) => sum + profit, 0);
      for (const [from, to] of [
        [0, Number.MAX_SAFE_INTEGER],
        [monday, monday + day],
        [monday + 1, monday + day - 1],
        [monday + halfDay, monday + 5 * day + halfDay],
        [monday + halfDay, monday + halfDay + 1],
        [monday + 3 * day, monday + 3 * day],
      ] as const) {
        const { sums } = await journal.deals({ ...all, from, to });
        const groups = await journal.dealGroups({ accounts: [account], from, to, by: 'symbol' });
        expect([sums.profit, groups[0]?.profit ?? 0]).toEqual([expected(from, to), expected(from, to)]);
      }
    });

    it('have numbers of 64 bits', async () => {
      const [one, other] = ['9223372036854775806', '9223372036854775807'];
      write([deal(1, { deal: one, position: one }), out(2, 1, { deal: other, position: one })]);
      expect(await journal.deals(all)).toMatchObject({ trades: [{ deal: other, position: one }] });
    });
  });
}
