import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderSortKeys, type OrderSort } from '../../src/api/queries/orderQuery.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import type { OrdersQuery } from '../../src/controller/ports/journalHistory.ts';
import { monday, order, orderRow, ordersQuery, row } from './fixtures.ts';
import type { JournalUnderTest } from './journalSuite.ts';

/** Finding orders, wherever a journal keeps its rows. */
export function ordersSuite(open: () => JournalUnderTest): void {
  let opened: JournalUnderTest;
  let journal: Journal;
  beforeEach(() => {
    opened = open();
    journal = opened.journal;
  });
  afterEach(() => opened.dispose());

  const find = async (changes: Partial<OrdersQuery> = {}): Promise<number[]> =>
    (await journal.orders(ordersQuery(changes))).rows.map(({ number }) => number);

  describe('orders', () => {
    const orders: Order[] = [
      order(1, { state: 'filled', ticket: '900123', price: 2341.5, roundTripMs: 80, source: 'command line' }),
      order(2, { state: 'rejected', symbol: 'EURUSD', lot: 2, sl: 0, roundTripMs: 9.5, signalId: 'Venom_%_1' }),
      order(3, { state: 'refused', action: 'sell', lot: 0.01, at: monday + 86_400_000 }),
      order(4, { bridge: 'other', symbol: 'NASDAQ' }),
      order(5, { state: 'unknown', symbol: 'EURUSD', tp: 0, at: monday + 86_400_001 }),
      order(6, { state: 'filled', ticket: '8412', price: 1.1, roundTripMs: 80, action: 'close', signalId: 's1' }),
    ];
    beforeEach(() => {
      journal.write(orders.map((each) => row({ type: 'order', order: each, frame: null })));
    });

    it('come the newest first, those of the bridge alone, with what they can be narrowed to', async () => {
      const page = await journal.orders(ordersQuery());
      expect(page).toMatchObject({ upTo: 6, total: 5, ready: 1 });
      expect(page.rows).toEqual([6, 5, 3, 2, 1].map((number) => orders[number - 1]));
      // On the disk, the counting behind this lags.
      await journal.statistics({ ...ordersQuery(), account: null, from: null, to: null, dayStart: utc });
      expect((await journal.orders(ordersQuery())).choices).toEqual({
        symbols: ['EURUSD', 'XAUUSD'],
        sources: ['command line', 'ticket'],
      });
      expect(await journal.orders(ordersQuery({ bridge: 'nobody' }))).toMatchObject({ total: 0, rows: [] });
    });

    it('are filtered by state, symbol, source, time, signal ID and ticket, and by all of them together', async () => {
      expect(await find({ states: ['filled'] })).toEqual([6, 1]);
      expect(await find({ states: ['unknown', 'refused'] })).toEqual([5, 3]);
      expect(await find({ symbol: 'EURUSD' })).toEqual([5, 2]);
      expect(await find({ symbol: 'eurusd' })).toEqual([]);
      expect(await find({ source: 'command line' })).toEqual([1]);
      expect(await find({ from: monday + 86_400_000 })).toEqual([5, 3]);
      expect(await find({ to: monday + 86_400_001 })).toEqual([6, 3, 2, 1]);
      expect(await find({ text: 's1' })).toEqual([6, 1]);
      expect(await find({ text: '_%_' })).toEqual([2]);
      expect(await find({ text: 'VENOM' })).toEqual([2]);
      expect(await find({ text: '900' })).toEqual([1]);
      expect(await find({ text: '123' })).toEqual([]);
      expect(await find({ states: ['filled'], symbol: 'XAUUSD', source: 'ticket', text: '8' })).toEqual([6]);
      expect((await journal.orders(ordersQuery({ states: ['filled'] }))).total).toBe(2);
    });

    it('are sorted by any column, either way; what has no value comes last, the same by number', async () => {
      const sorted = (by: OrderSort['by'], down: boolean): Promise<number[]> => find({ sort: { by, down } });
      expect(await sorted('number', false)).toEqual([1, 2, 3, 5, 6]);
      expect(await sorted('price', false)).toEqual([6, 1, 2, 3, 5]);
      expect(await sorted('price', true)).toEqual([1, 6, 5, 3, 2]);
      expect(await sorted('roundTripMs', false)).toEqual([2, 1, 6, 3, 5]);
      expect(await sorted('ticket', true)).toEqual([1, 6, 5, 3, 2]);
      expect(await sorted('lot', true)).toEqual([2, 6, 5, 1, 3]);
      expect(await sorted('symbol', false)).toEqual([2, 5, 1, 3, 6]);
      expect(await sorted('signalId', false)).toEqual([1, 3, 5, 2, 6]);
      expect(await sorted('action', false)).toEqual([1, 2, 5, 6, 3]);
      for (const by of orderSortKeys) expect([...(await sorted(by, true))].sort()).toEqual([1, 2, 3, 5, 6]);
    });

    it('come in pages that later orders do not move, each row as it is now', async () => {
      const sort = { by: 'symbol', down: false } as const;
      const first = await journal.orders(ordersQuery({ sort, limit: 2 }));
      expect(first.rows.map(({ number }) => number)).toEqual([2, 5]);
      journal.write([orderRow(7, { symbol: 'AUDUSD' }), orderRow(3, { state: 'filled', at: monday })]);
      const rest = await journal.orders(ordersQuery({ sort, upTo: first.upTo, offset: 2, limit: 10 }));
      expect(rest.rows.map(({ number, state }) => [number, state])).toEqual([
        [1, 'filled'],
        [3, 'filled'],
        [6, 'filled'],
      ]);
      expect(rest).toMatchObject({ upTo: 6, total: 5, choices: null });
      expect(await find({ sort })).toEqual([7, 2, 5, 1, 3, 6]);
      expect(await find({ upTo: 5 })).toEqual([5, 3, 2, 1]);
      expect(await find({ offset: 2, limit: 2 })).toEqual([5, 3]);
      expect(await find({ offset: 9 })).toEqual([]);
      expect(await journal.orders(ordersQuery({ limit: 0 }))).toMatchObject({ total: 6, rows: [] });
    });

    it('are found by what they have become', async () => {
      expect(await find({ states: ['unknown'] })).toEqual([5]);
      journal.write([row({ type: 'order', order: order(5, { state: 'filled', ticket: '55' }), frame: null })]);
      expect(await find({ states: ['unknown'] })).toEqual([]);
      expect(await find({ text: '55' })).toEqual([5]);
    });
  });
}

const utc = { timeZone: 'UTC', startsAt: '00:00' };
