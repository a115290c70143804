import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { ExportKind, ExportPage, XpAward } from '../../src/api/queries/statistics.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { day, everything, milestoneRow, minute, monday, orderRow, row, sample, sampleRow } from './fixtures.ts';
import type { JournalUnderTest } from './journalSuite.ts';

const filled: Partial<Order> = { state: 'filled', ticket: '1', price: 100, roundTripMs: 100 };
const tuesday: Partial<Order> = { day: '2026-06-02', at: monday + day };

/** What every journal must count, and how it is exported. @param open its clock says `monday + day` */
export function statisticsSuite(open: () => JournalUnderTest): void {
  let opened: JournalUnderTest;
  let journal: Journal;
  beforeEach(() => {
    opened = open();
    journal = opened.journal;
  });
  afterEach(() => opened.dispose());

  const totals = async () => (await journal.statistics(everything)).totals;
  const awards = async (): Promise<XpAward[]> =>
    (await journal.xp({ bridge: 'main', account: null, limit: 1_000 })).awards.toReversed();
  const reasons = async (): Promise<[string, number | null][]> =>
    (await awards()).map(({ reason, order }) => [reason, order]);

  describe('statistics', () => {
    it('of nothing are nothing', async () => {
      const { totals: none, ...rest } = await journal.statistics(everything);
      expect(none).toMatchObject({ orders: 0, fillRate: null, roundTrip: null, slippagePoints: null });
      expect(rest).toEqual({
        byDay: [],
        bySymbol: [],
        bySource: [],
        byAccount: [],
        rejects: [],
        refusals: [],
        equity: [],
        choices: { accounts: [], sources: [], symbols: [] },
        counted: 1,
      });
    });

    it('count an order once, as its newest entry has it', async () => {
      journal.write([orderRow(1)]);
      expect(await totals()).toMatchObject({ orders: 1, sent: 1, filled: 0, fillRate: null });
      journal.write([orderRow(1, { state: 'unknown', doubt: 'no_feedback' })]);
      expect(await totals()).toMatchObject({
        orders: 1,
        sent: 0,
        unknown: 1,
        fillRate: 0,
        doubts: [{ doubt: 'no_feedback', count: 1 }],
      });
      journal.write([
        orderRow(1, { ...filled, late: true }),
        orderRow(1, { ...filled, late: true, repeats: 1 }),
        orderRow(1, { ...filled, late: true, repeats: 2, contradicted: true }),
      ]);
      expect(await totals()).toMatchObject({
        orders: 1,
        unknown: 0,
        filled: 1,
        fillRate: 1,
        doubts: [],
        settledLate: { filled: 1, rejected: 0 },
        settledByHand: { filled: 0, rejected: 0 },
        repeats: 2,
        contradicted: 1,
        roundTrip: { count: 1 },
      });
    });

    it('tell how unknown orders were settled', async () => {
      const settledBy = { by: 'ticket', at: monday, note: '' } as const;
      journal.write([
        orderRow(1, { ...filled, late: true, settledBy }),
        orderRow(2, { state: 'rejected', late: true, settledBy, message: 'Not in MT5, as a person found.' }),
        orderRow(3, { state: 'rejected', late: true, message: 'No money' }),
      ]);
      expect(await totals()).toMatchObject({
        settledByHand: { filled: 1, rejected: 1 },
        settledLate: { filled: 0, rejected: 1 },
      });
    });

    it('group reasons by their words without the numbers of each time', async () => {
      const refusal = { code: 'busy', reason: 'r', nextStep: 'n' } as const;
      journal.write([
        orderRow(1, { state: 'rejected', message: 'Requote of ticket 8412391 at 2341.55' }),
        orderRow(2, { state: 'rejected', message: 'Requote of ticket 8412399 at 2340.02' }),
        orderRow(3, { state: 'rejected', message: 'Trade failed: Unknown error (4756)' }),
        orderRow(4, { state: 'refused', refusal }),
        // No longer rejected for this reason: the words are of the newest entry.
        orderRow(5, { state: 'rejected', message: 'First words' }),
        orderRow(5, { state: 'rejected', message: 'No money' }),
        orderRow(6, { state: 'rejected', message: 'error 4756' }),
      ]);
      const { rejects, refusals } = await journal.statistics(everything);
      expect(rejects).toEqual([
        { reason: 'MT5 names no reason (4756)', count: 2 },
        { reason: 'Requote of ticket … at …', count: 2 },
        { reason: 'No money', count: 1 },
      ]);
      expect(refusals).toEqual([{ reason: 'busy', count: 1 }]);
    });

    it('have round trips to within 4 %', async () => {
      journal.write(
        Array.from({ length: 100 }, (_, index) => orderRow(index + 1, { ...filled, roundTripMs: (index + 1) * 10 })),
      );
      const { roundTrip } = await totals();
      expect(roundTrip?.count).toBe(100);
      expect(Math.abs((roundTrip?.p50 ?? 0) / 500 - 1)).toBeLessThan(0.04);
      expect(Math.abs((roundTrip?.p95 ?? 0) / 950 - 1)).toBeLessThan(0.04);
    });

    it('measure slippage from the ask for buys, from the bid for sells, worse above 0', async () => {
      const quote = { bid: 2341, ask: 2341.2, point: 0.01 };
      journal.write([
        orderRow(1, { ...filled, quote, price: 2341.25 }),
        orderRow(2, { ...filled, quote, price: 2341.03, action: 'sell' }),
        orderRow(3, { ...filled, quote, price: 5, action: 'close' }),
        orderRow(4, { ...filled, quote: null }),
        orderRow(5, { ...filled, quote: { ...quote, point: null }, price: 2341.3 }),
      ]);
      const { slippagePrice, slippagePoints } = await totals();
      expect(slippagePrice).toEqual({ count: 3, mean: expect.closeTo(0.04, 9) as number, min: -0.03, max: 0.1 });
      expect(slippagePoints).toMatchObject({ count: 2, mean: expect.closeTo(1, 6) as number });
      journal.write([orderRow(6, { symbol: 'EURUSD' })]);
      expect((await totals()).slippagePrice).toBeNull();
    });

    it('are told by bridge, account, source, symbol and day, and can be narrowed to each', async () => {
      journal.write([
        orderRow(1, filled),
        orderRow(2, { ...filled, symbol: 'EURUSD', source: 'command line' }),
        orderRow(3, { ...filled, ...tuesday, account: 'other' }),
        orderRow(4, { account: null }),
        orderRow(5, { bridge: 'paper' }),
      ]);
      const all = await journal.statistics(everything);
      const counts = (list: typeof all.byDay): [string, number][] =>
        list.map(({ name, figures }) => [name, figures.orders]);
      expect(counts(all.byDay)).toEqual([
        ['2026-06-01', 3],
        ['2026-06-02', 1],
      ]);
      expect(counts(all.bySymbol)).toEqual([
        ['XAUUSD', 3],
        ['EURUSD', 1],
      ]);
      expect(counts(all.bySource)).toEqual([
        ['ticket', 3],
        ['command line', 1],
      ]);
      expect(Object.fromEntries(counts(all.byAccount))).toEqual({ account: 2, other: 1, '': 1 });
      expect(all.choices).toEqual({
        accounts: ['', 'account', 'other'],
        sources: ['command line', 'ticket'],
        symbols: ['EURUSD', 'XAUUSD'],
      });
      for (const [filter, orders] of [
        [{ account: 'other' }, 1],
        [{ account: '' }, 1],
        [{ source: 'command line' }, 1],
        [{ symbol: 'XAUUSD' }, 3],
        [{ from: '2026-06-02' }, 1],
        [{ to: '2026-06-01' }, 3],
        [{ from: '2026-06-03' }, 0],
        [{ bridge: 'paper' }, 1],
        [{ bridge: 'nowhere' }, 0],
      ] as const) {
        expect((await journal.statistics({ ...everything, ...filter })).totals.orders).toBe(orders);
      }
    });

    it('have the equity at both ends of each day and account', async () => {
      const of = (account: string | null, at: number, equity: number) =>
        row({ type: 'sample', bridge: 'main', account, sample: sample(at, equity) });
      journal.write([
        of(null, monday - 5 * minute, 1),
        of('account', monday, 1_000),
        of('account', monday + 60 * minute, 1_100),
        of('account', monday + day, 1_050),
        of('other', monday + day + 10 * minute, 5_000),
        of('account', monday + day + 20 * minute, 1_200),
      ]);
      const { equity } = await journal.statistics(everything);
      expect(equity).toEqual([
        { account: 'account', day: '2026-06-01', first: 1_000, last: 1_100 },
        { account: 'account', day: '2026-06-02', first: 1_050, last: 1_200 },
        { account: 'other', day: '2026-06-02', first: 5_000, last: 5_000 },
      ]);
      const narrow = await journal.statistics({ ...everything, account: 'other', from: '2026-06-02' });
      expect(narrow.equity).toHaveLength(1);
      // A day that begins at 00:30 leaves what came before to the day before.
      const late = { timeZone: 'UTC', startsAt: '00:30' };
      expect((await journal.statistics({ ...everything, dayStart: late })).equity.map((each) => each.day)).toEqual([
        '2026-05-31',
        '2026-06-01',
        '2026-06-01',
      ]);
    });
  });

  describe('experience points (R4)', () => {
    it('are given for executions, the first one, the first of a day and rows of three and five', async () => {
      journal.write([1, 2, 3, 4, 5].map((number) => orderRow(number, filled)));
      journal.write([orderRow(6, { ...filled, ...tuesday })]);
      expect(await reasons()).toEqual([
        ['execution', 1],
        ['first_execution', 1],
        ['first_of_day', 1],
        ['execution', 2],
        ['execution', 3],
        ['three_in_a_row', 3],
        ['execution', 4],
        ['execution', 5],
        ['five_in_a_row', 5],
        ['execution', 6],
        ['first_of_day', 6],
      ]);
      const { total, byDay } = await journal.xp({ bridge: 'main', account: null, limit: 0 });
      expect(total).toBe(90);
      expect(byDay).toEqual([
        { day: '2026-06-01', points: 80, total: 80 },
        { day: '2026-06-02', points: 10, total: 90 },
      ]);
    });

    it('a rejection begins a new row; refusals, doubts and closes do not', async () => {
      const refusal = { code: 'busy', reason: 'r', nextStep: 'n' } as const;
      journal.write([
        orderRow(1, filled),
        orderRow(2, filled),
        orderRow(3, { state: 'rejected', message: 'No money' }),
        orderRow(4, filled),
        orderRow(5, { state: 'refused', refusal }),
        orderRow(6, { state: 'unknown', doubt: 'no_feedback' }),
        orderRow(7, { ...filled, action: 'close' }),
        orderRow(8, { state: 'rejected', action: 'close_all', message: 'No' }),
        orderRow(9, filled),
        orderRow(10, filled),
      ]);
      expect((await reasons()).filter(([reason]) => reason === 'three_in_a_row')).toEqual([['three_in_a_row', 10]]);
    });

    it('are given once an order, when it is first filled, in the order of the results', async () => {
      journal.write([orderRow(1), orderRow(2)]);
      journal.write([orderRow(2, filled)]);
      journal.write([
        orderRow(1, { state: 'unknown', doubt: 'no_feedback' }),
        orderRow(2, { ...filled, repeats: 1 }),
        orderRow(1, { ...filled, late: true }),
        orderRow(1, { ...filled, late: true, repeats: 1 }),
      ]);
      expect((await reasons()).filter(([reason]) => reason === 'execution')).toEqual([
        ['execution', 2],
        ['execution', 1],
      ]);
    });

    it('are given once for each profit, and each time that the margin level recovers', async () => {
      journal.write([
        milestoneRow({ kind: 'starting_balance', balance: 1_000 }),
        milestoneRow({ kind: 'profit', step: 5, balance: 1_050 }),
        milestoneRow({ kind: 'profit', step: 10, balance: 1_100 }),
        milestoneRow({ kind: 'profit', step: 5, balance: 1_050 }),
        milestoneRow({ kind: 'margin_recovered', level: 210 }),
        milestoneRow({ kind: 'margin_low', level: 140 }),
        milestoneRow({ kind: 'margin_recovered', level: 210 }),
        milestoneRow({ kind: 'margin_low', level: 140 }),
        milestoneRow({ kind: 'margin_recovered', level: 210 }),
        milestoneRow({ kind: 'profit', step: 25, balance: 1_250 }, { account: 'other' }),
      ]);
      expect((await awards()).map(({ account, reason, points, order }) => [account, reason, points, order])).toEqual([
        ['account', 'profit_5', 10, null],
        ['account', 'profit_10', 20, null],
        ['account', 'margin_recovered', 10, null],
        ['account', 'margin_recovered', 10, null],
        ['other', 'profit_25', 50, null],
      ]);
      expect((await journal.xp({ bridge: 'main', account: 'other', limit: 10 })).total).toBe(50);
    });

    it('are nobody’s without an account, and each account has its own', async () => {
      journal.write([orderRow(1, { ...filled, account: null }), orderRow(2, { ...filled, account: 'b' })]);
      expect(await reasons()).toHaveLength(3);
      expect(new Set((await awards()).map(({ account }) => account))).toEqual(new Set(['b']));
      expect(await journal.xp({ bridge: 'paper', account: null, limit: 10 })).toMatchObject({ total: 0, awards: [] });
      expect((await journal.xp({ bridge: 'main', account: 'b', limit: 2 })).awards).toHaveLength(2);
    });
  });

  describe('an export', () => {
    const span = { from: 0, to: Number.MAX_SAFE_INTEGER, fromDay: '0000-01-01', toDay: '9999-12-31' };

    /** All pages, one after the other. */
    const read = async (kind: ExportKind, changes: Partial<typeof span> = {}): Promise<ExportPage['rows']> => {
      const rows: ExportPage['rows'] = [];
      let cursor: string | null = null;
      let done = 0;
      do {
        const page: ExportPage = await journal.exportPage({ bridge: 'main', kind, cursor, ...span, ...changes });
        expect(page.done).toBeGreaterThanOrEqual(done);
        expect(page.rows.length).toBeLessThanOrEqual(3_000);
        rows.push(...page.rows);
        ({ next: cursor, done } = page);
      } while (cursor !== null);
      expect(done).toBe(1);
      return rows;
    };

    it('of nothing is empty', async () => {
      for (const kind of ['orders', 'entries', 'samples', 'awards', 'statistics'] as const) {
        expect(await read(kind)).toEqual([]);
      }
    });

    it('has each row once, in order, of one bridge and the days asked for', async () => {
      const count = 2_600;
      journal.write(
        Array.from({ length: count }, (_, index) =>
          orderRow(index + 1, { ...filled, bridge: index % 4 === 3 ? 'paper' : 'main', symbol: `S${String(index)}` }),
        ),
      );
      const orders = await read('orders');
      const wanted = Array.from({ length: count }, (_, index) => index + 1).filter((number) => number % 4 !== 0);
      expect(orders.map(({ number }) => number)).toEqual(wanted);
      expect(orders[0]).toMatchObject({ state: 'filled', day: '2026-06-01', quote: null });
      expect((await read('orders', { to: monday + 10_000 })).map(({ number }) => number)).toEqual([
        1, 2, 3, 5, 6, 7, 9,
      ]);
      expect((await read('entries')).map(({ order }) => order)).toEqual(wanted);
      const groups = await read('statistics');
      expect(groups).toHaveLength(wanted.length);
      expect(groups[0]).toMatchObject({ bridge: 'main', account: 'account', day: '2026-06-01', orders: 1 });
      const given = await read('awards');
      expect(given.filter(({ reason }) => reason === 'execution').map(({ order }) => order)).toEqual(wanted);
      expect(await read('awards', { fromDay: '2026-06-02' })).toEqual([]);
      expect(await read('statistics', { toDay: '2026-05-31' })).toEqual([]);
    });

    it('has entries with their frames, also those of the whole app', async () => {
      journal.write([
        orderRow(1, {}, new Uint8Array([0, 0xab])),
        row({ type: 'kill_switch', on: true, by: 'app' }),
        row({ type: 'armed', bridge: 'paper', armed: true, by: 'app', why: null }),
      ]);
      expect(await read('entries')).toEqual([
        {
          seq: 1,
          at: monday,
          type: 'order',
          bridge: 'main',
          order: 1,
          signalId: 'S1',
          body: expect.objectContaining({ number: 1 }) as object,
          frame: '00ab',
        },
        {
          seq: 2,
          at: monday,
          type: 'kill_switch',
          bridge: null,
          order: null,
          signalId: null,
          body: { type: 'kill_switch', on: true, by: 'app' },
          frame: null,
        },
      ]);
    });

    it('has samples', async () => {
      journal.write(
        Array.from({ length: 2_100 }, (_, index) => sampleRow(sample(monday + index * 1_000, 1_000 + index))),
      );
      const rows = await read('samples');
      expect(rows.map(({ equity }) => equity)).toEqual(Array.from({ length: 2_100 }, (_, index) => 1_000 + index));
      expect(rows[0]).toEqual({
        span: 'sample',
        at: monday,
        bridge: 'main',
        account: 'account',
        balance: 1_000,
        equity: 1_000,
        low: 999,
        high: 1_001,
        margin: 50,
        messages: 2,
      });
      expect(await read('samples', { from: monday + 1_000, to: monday + 3_000 })).toHaveLength(2);
    });
  });

  describe('one account under two names', () => {
    const login = '1@Broker';
    const uuid = 'user-001';
    const named = [{ key: uuid, uuid, login, person: null, also: ['earlier'] }];
    const owned = (at: number, equity: number, account: string) =>
      row({ type: 'sample', bridge: 'main', account, sample: sample(at, equity) });
    const span = { from: 0, to: Number.MAX_SAFE_INTEGER, fromDay: '', toDay: '9999-12-31' };
    const read = async (kind: ExportKind): Promise<ExportPage['rows']> =>
      (await journal.exportPage({ bridge: 'main', kind, cursor: null, ...span })).rows;
    const accountsIn = async (kind: ExportKind) => [...new Set((await read(kind)).map(({ account }) => account))];

    beforeEach(() => {
      journal.write([
        orderRow(1, { ...filled, account: login }),
        orderRow(2, { ...filled, account: uuid }),
        orderRow(3, { ...filled, account: 'earlier', ...tuesday }),
        orderRow(4, { ...filled, account: 'other' }),
        orderRow(5, { ...filled, account: null }),
        milestoneRow({ kind: 'profit', step: 5, balance: 1 }, { account: login }),
        owned(monday, 100, login),
        owned(monday + 2 * minute, 300, uuid),
        owned(monday + 4 * minute, 200, login),
        owned(monday + 6 * minute, 900, 'other'),
        row({ type: 'remember', key: 'accounts:main', value: named }),
      ]);
    });

    it('is one in the statistics, by either name', async () => {
      for (const account of [login, uuid, 'earlier']) {
        const { totals: sums, byAccount } = await journal.statistics({ ...everything, account });
        expect(sums).toMatchObject({ orders: 3, filled: 3 });
        expect(byAccount.map(({ name, figures }) => [name, figures.orders])).toEqual([[uuid, 3]]);
      }
      const { choices } = await journal.statistics(everything);
      expect(choices.accounts).toEqual(['', 'other', uuid]);
    });

    it('has one equity a day, from its first figure to its last, whichever name they came under', async () => {
      const { equity } = await journal.statistics(everything);
      expect(equity).toEqual([
        { account: uuid, day: '2026-06-01', first: 100, last: 200 },
        { account: 'other', day: '2026-06-01', first: 900, last: 900 },
      ]);
    });

    it('has its awards together, under one name', async () => {
      const report = await journal.xp({ bridge: 'main', account: login, limit: 100 });
      expect(new Set(report.awards.map(({ account }) => account))).toEqual(new Set([uuid]));
      expect(report.awards.some(({ reason }) => reason === 'profit_5')).toBe(true);
      expect(report.byDay.map(({ day: each }) => each)).toEqual(['2026-06-01', '2026-06-02']);
      expect((await journal.xp({ bridge: 'main', account: uuid, limit: 100 })).total).toBe(report.total);
    });

    it.each([
      ['orders', [uuid, 'other', null]],
      ['samples', [uuid, 'other']],
      ['awards', [uuid, 'other']],
      ['statistics', [uuid, 'other', '']],
    ] as const)('is one in the export of %s', async (kind, accounts) => {
      expect((await accountsIn(kind)).toSorted()).toEqual([...accounts].toSorted());
    });

    it('has one row for each source, symbol and day in the export of statistics', async () => {
      const rows = (await read('statistics')).filter(({ account }) => account === uuid);
      expect(rows.map(({ day: each, orders, filled: fills }) => [each, orders, fills])).toEqual([
        ['2026-06-01', 2, 2],
        ['2026-06-02', 1, 1],
      ]);
    });
  });
}
