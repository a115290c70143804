import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { day, minute, monday, order, orderRow, rememberRow, row, sample, sampleRow } from './fixtures.ts';

export interface JournalUnderTest {
  journal: Journal;
  dispose: () => Promise<void>;
}

/** What every journal must do, wherever it keeps its rows. @param open its clock says `monday + day` */
export function journalSuite(open: () => JournalUnderTest): void {
  let opened: JournalUnderTest;
  let journal: Journal;
  beforeEach(() => {
    opened = open();
    journal = opened.journal;
  });
  afterEach(() => opened.dispose());

  const numbers = (orders: Order[]): number[] => orders.map(({ number }) => number);

  it('is empty at first', async () => {
    expect(journal.lastOrders(10)).toEqual([]);
    expect(journal.lastOrderNumber()).toBe(0);
    expect(journal.ordersInDoubt('main')).toEqual([]);
    expect(journal.findSent('main', 'S1')).toBeNull();
    expect(journal.findOrder(1)).toBeNull();
    expect(journal.tradesSince('main', 0)).toEqual([]);
    expect(journal.remembered('key')).toBeNull();
    expect(await journal.history({ bridge: 'main', from: 0, to: monday, points: 10 })).toEqual([]);
    expect(await journal.timeline(1)).toEqual([]);
  });

  it('gives back what was written of connections since a time, bridge by bridge, the oldest first', async () => {
    const drop = (drops: number, bridge = 'main') =>
      ({
        type: 'connection',
        bridge,
        event: { kind: 'state', channel: 'command', state: 'up', since: monday, drops },
      }) as const;
    journal.write([1, 2, 3].map((drops) => ({ at: monday + drops * minute, entry: drop(drops) })));
    journal.write([
      orderRow(1),
      { at: monday + 4 * minute, entry: drop(4, 'other') },
      { at: monday + 5 * minute, entry: drop(5) },
    ]);
    const rows = await journal.connections({ bridge: 'main', from: monday + 2 * minute });
    expect(rows.map(({ at }) => at)).toEqual([2, 3, 5].map((minutes) => monday + minutes * minute));
    expect(rows[0]?.event).toEqual(drop(2).event);
  });

  it('gives an order back as it was written last', () => {
    const filled = order(1, { state: 'filled', ticket: '77', price: 2345.67, message: 'é "done" \u{1F4E1}' });
    journal.write([orderRow(1, {}, new Uint8Array([1]))]);
    journal.write([row({ type: 'order', order: filled, frame: null })]);
    expect(journal.findOrder(1)).toEqual(filled);
    expect(journal.lastOrders(10)).toEqual([filled]);
  });

  it('lists the last orders, the newest first, and knows the highest number', () => {
    journal.write([1, 2, 3, 4].map((number) => orderRow(number, { bridge: number % 2 === 0 ? 'main' : 'other' })));
    journal.write([orderRow(2, { bridge: 'main', state: 'filled' })]);
    expect(numbers(journal.lastOrders(3))).toEqual([4, 3, 2]);
    expect(numbers(journal.lastOrders(100))).toEqual([4, 3, 2, 1]);
    expect(journal.lastOrderNumber()).toBe(4);
  });

  it('knows which orders are in doubt, bridge by bridge, the oldest first', () => {
    const states = ['unknown', 'filled', 'sent', 'refused', 'rejected', 'unknown'] as const;
    journal.write(states.map((state, index) => orderRow(index + 1, { state })));
    journal.write([orderRow(7, { bridge: 'other', state: 'sent' })]);
    expect(numbers(journal.ordersInDoubt('main'))).toEqual([1, 3, 6]);
    journal.write([orderRow(3, { state: 'filled' }), orderRow(2, { state: 'unknown' })]);
    expect(numbers(journal.ordersInDoubt('main'))).toEqual([1, 2, 6]);
    expect(numbers(journal.ordersInDoubt('other'))).toEqual([7]);
  });

  it('finds the newest order of a signal_id that may have left', () => {
    journal.write([
      orderRow(1, { signalId: 'same', state: 'filled' }),
      orderRow(2, { signalId: 'same', state: 'refused' }),
      orderRow(3, { signalId: 'same', state: 'sent', bridge: 'other' }),
      orderRow(4, { signalId: 'never', state: 'refused' }),
    ]);
    expect(journal.findSent('main', 'same')?.number).toBe(1);
    expect(journal.findSent('other', 'same')?.number).toBe(3);
    expect(journal.findSent('main', 'never')).toBeNull();
    expect(journal.findSent('main', 'SAME')).toBeNull();
    journal.write([orderRow(5, { signalId: 'same', state: 'sent' })]);
    expect(journal.findSent('main', 'same')?.number).toBe(5);
    journal.write([orderRow(5, { signalId: 'same', state: 'refused' })]);
    expect(journal.findSent('main', 'same')?.number).toBe(1);
  });

  it('lists the trades since a time, the oldest first', () => {
    const at = (seconds: number): number => monday + seconds * 1_000;
    journal.write([
      orderRow(1, { at: at(9) }),
      orderRow(2, { at: at(10), action: 'sell', state: 'unknown' }),
      orderRow(3, { at: at(11), action: 'close' }),
      orderRow(4, { at: at(12), action: 'close_all' }),
      orderRow(5, { at: at(13), state: 'refused' }),
      orderRow(6, { at: at(14), bridge: 'other' }),
      orderRow(7, { at: at(15), state: 'rejected' }),
      // The clock was set back.
      orderRow(8, { at: at(10), state: 'filled' }),
      orderRow(9, { at: at(5), state: 'filled' }),
    ]);
    expect(numbers(journal.tradesSince('main', at(10)))).toEqual([2, 7, 8]);
  });

  it('remembers the newest value of a key', () => {
    journal.write([rememberRow('a', { deep: [1, null, 'é'] }), rememberRow('b', 1)]);
    journal.write([rememberRow('b', 2), rememberRow('b', false), rememberRow('a b', null)]);
    expect(journal.remembered('a')).toEqual({ deep: [1, null, 'é'] });
    expect(journal.remembered('b')).toBe(false);
    expect(journal.remembered('a b')).toBeNull();
  });

  it('takes every type of entry', () => {
    const bridge = 'main';
    const frame = new Uint8Array([0, 255]);
    journal.write([
      row({ type: 'feedback', bridge, order: null, signalId: 'x', frame, history: true }),
      row({ type: 'broken_feedback', bridge, order: null, signalId: 'x', frame, reason: 'no JSON' }),
      row({ type: 'history_frame', bridge, frame }),
      row({ type: 'armed', bridge, armed: true, by: 'ticket', why: null }),
      row({ type: 'kill_switch', on: true, by: 'app' }),
      row({ type: 'acknowledged', by: 'ticket', alarms: [{ bridge: null, code: 'c', text: 'x' }] }),
      row({ type: 'account', bridge, account: 'a', by: 'app' }),
      row({ type: 'rebased', bridge, account: 'a', equity: 1, by: 'ticket', note: 'deposit' }),
      row({
        type: 'milestone',
        bridge,
        account: 'a',
        day: '2026-06-01',
        milestone: { kind: 'starting_balance', balance: 1_000 },
      }),
      row({ type: 'settings', bridge: null, by: 'command line', changes: { theme: 'dark' } }),
      row({
        type: 'alarm',
        alarm: {
          number: 1,
          bridge: null,
          level: 'notice',
          code: 'c',
          text: 't',
          nextStep: 'n',
          count: 1,
          at: monday,
          lastAt: monday,
          acknowledged: null,
        },
      }),
      orderRow(1),
    ]);
    expect(journal.lastOrderNumber()).toBe(1);
  });

  it('lists what persons did to a bridge or the whole app, the newest first, in a time and in pages', async () => {
    const armed = { type: 'armed', armed: true, by: 'ticket', why: null } as const;
    const settledBy = { by: 'ticket', at: monday + 3_000, note: 'seen' } as const;
    journal.write([
      row({ ...armed, bridge: 'main' }, monday + 1_000),
      row({ ...armed, bridge: 'other' }, monday + 2_000),
      row({ type: 'order', order: order(1, { settledBy }), frame: null }, monday + 3_000),
      // What came of it later, and an order that nobody settled.
      row({ type: 'order', order: order(1, { settledBy, repeats: 1 }), frame: null }, monday + 4_000),
      row({ type: 'order', order: order(2), frame: null }, monday + 5_000),
      row({ type: 'kill_switch', on: true, by: 'command line' }, monday + 6_000),
      row({ type: 'engine', engine: 'VENOM', by: 'ticket', change: { removed: true } }, monday + 7_000),
    ]);
    const query = { bridge: 'main', from: monday, to: monday + minute, before: null, limit: 10 };
    const all = await journal.activity(query);
    expect(all.map(({ entry }) => entry.type)).toEqual(['engine', 'kill_switch', 'order', 'armed']);
    expect(all[2]).toEqual({ seq: 3, at: monday + 3_000, entry: { type: 'order', order: order(1, { settledBy }) } });
    const until = await journal.activity({ ...query, from: monday + 1_001, to: monday + 7_000 });
    expect(until.map(({ entry }) => entry.type)).toEqual(['kill_switch', 'order']);
    const page = await journal.activity({ ...query, before: all[1]?.seq ?? 0, limit: 1 });
    expect(page.map(({ entry }) => entry.type)).toEqual(['order']);
  });

  it('takes all rows of a write or none', async () => {
    journal.write([orderRow(1), rememberRow('a', 1)]);
    const rows = [
      orderRow(1, { state: 'filled' }),
      orderRow(2),
      sampleRow(sample(monday, 1_000)),
      rememberRow('a', 2),
      rememberRow('b', 1n),
    ];
    expect(() => {
      journal.write(rows);
    }).toThrow(/BigInt/);
    expect(journal.lastOrders(10)).toEqual([order(1)]);
    expect(journal.remembered('a')).toBe(1);
    expect(await journal.timeline(1)).toHaveLength(1);
    expect(await journal.history({ bridge: 'main', from: 0, to: monday + day, points: 10 })).toEqual([]);
    // And it works on.
    journal.write(rows.slice(0, -1));
    expect(numbers(journal.lastOrders(10))).toEqual([2, 1]);
    expect((await journal.timeline(2)).map(({ seq }) => seq)).toEqual([3]);
    journal.write([]);
  });

  it("tells an order's story, with frames in hexadecimal", async () => {
    const bridge = 'main';
    const sent = order(2);
    const filled = order(2, { state: 'filled' });
    journal.write([orderRow(1, {}, new Uint8Array([9]))]);
    journal.write([row({ type: 'order', order: sent, frame: new Uint8Array([0, 1, 0xab, 0xff]) }, monday + 1)]);
    journal.write([
      row({ type: 'broken_feedback', bridge, order: 2, signalId: 'S2', frame: new Uint8Array([0x7b]), reason: 'torn' }),
      row({ type: 'feedback', bridge, order: 2, signalId: 'S2', frame: new Uint8Array([0x7d]), history: true }),
      row({ type: 'feedback', bridge, order: null, signalId: 'S2', frame: new Uint8Array([1]), history: false }),
      row({ type: 'order', order: filled, frame: null }, monday + 3),
    ]);
    expect(await journal.timeline(2)).toEqual([
      { seq: 2, at: monday + 1, type: 'order', order: sent, frame: '0001abff' },
      { seq: 3, at: monday, type: 'broken_feedback', reason: 'torn', frame: '7b' },
      { seq: 4, at: monday, type: 'feedback', history: true, frame: '7d' },
      { seq: 6, at: monday + 3, type: 'order', order: filled, frame: null },
    ]);
    expect(await journal.timeline(3)).toEqual([]);
  });

  it('writes nothing any more once closed', async () => {
    await journal.close();
    expect(() => {
      journal.write([orderRow(1)]);
    }).toThrow('The journal is closed.');
    await journal.close();
  });

  describe('history', () => {
    const all = { bridge: 'main', from: 0, to: monday + day };

    it('gives samples as they are where they fit', async () => {
      const samples = [0, 1, 2.5, 30, 90].map((seconds) =>
        sample(monday + seconds * 1_000, 1_000 + seconds, { margin: seconds === 1 ? null : 5 }),
      );
      journal.write(samples.map((one) => sampleRow(one)));
      journal.write([sampleRow(sample(monday, 5), 'other')]);
      expect(await journal.history({ ...all, points: 5 })).toEqual(samples);
      expect(await journal.history({ ...all, from: monday + 1_000, to: monday + 30_000, points: 5 })).toEqual(
        samples.slice(1, 4),
      );
      expect(await journal.history({ ...all, bridge: 'nobody', points: 5 })).toEqual([]);
      expect(await journal.history({ ...all, from: monday + 91_000, points: 5 })).toEqual([]);
    });

    for (const [name, every] of [
      ['seconds', 1_000],
      ['minutes', minute],
    ] as const) {
      it(`thins out ${name} and keeps the first, the last and the extremes`, async () => {
        const samples = Array.from({ length: 1_000 }, (_, index) =>
          sample(monday + index * every, 1_000 + (index % 7)),
        );
        const low = { ...(samples[333] ?? sample(0, 0)), equityLow: -5 };
        const high = { ...(samples[777] ?? sample(0, 0)), equityHigh: 9_999 };
        samples[333] = low;
        samples[777] = high;
        journal.write(samples.map((one) => sampleRow(one)));
        const thinned = await journal.history({ ...all, points: 100 });
        expect(thinned.length).toBeLessThanOrEqual(100);
        expect(thinned.length).toBeGreaterThan(90);
        expect(thinned[0]).toEqual(samples[0]);
        expect(thinned.at(-1)).toMatchObject({ at: samples.at(-1)?.at, equity: samples.at(-1)?.equity });
        expect(thinned.map(({ at }) => at)).toEqual(thinned.map(({ at }) => at).sort((one, other) => one - other));
        // Every point's own figures are some sample's.
        for (const { at, equity } of thinned) expect(equity).toBe(samples.find((one) => one.at === at)?.equity);
        // The first point that ends at or after a sample has its extremes.
        expect(thinned.find(({ at }) => at >= low.at)?.equityLow).toBe(-5);
        expect(thinned.find(({ at }) => at >= high.at)?.equityHigh).toBe(9_999);
        expect(Math.min(...thinned.map(({ equityLow }) => equityLow))).toBe(-5);
        expect(Math.max(...thinned.map(({ equityHigh }) => equityHigh))).toBe(9_999);
      });
    }

    it('keeps the last margin that is known', async () => {
      journal.write(
        Array.from({ length: 300 }, (_, index) =>
          sampleRow(sample(monday + index * 100, 1_000, { margin: index % 100 === 1 ? index : null })),
        ),
      );
      const thinned = await journal.history({ ...all, points: 4 });
      expect(thinned.map(({ margin }) => margin)).toEqual([null, 1, 101, 201]);
    });

    it('leaves gaps as gaps', async () => {
      const morning = Array.from({ length: 200 }, (_, index) => sample(monday + index * 1_000, 1_000));
      const evening = Array.from({ length: 200 }, (_, index) => sample(monday + day / 2 + index * 1_000, 2_000));
      journal.write([...morning, ...evening].map((one) => sampleRow(one)));
      const thinned = await journal.history({ ...all, points: 50 });
      expect(thinned.length).toBeLessThanOrEqual(50);
      expect(thinned.length).toBeGreaterThan(1);
      for (const { at, equity } of thinned) {
        expect(at < monday + 200_000 || at >= monday + day / 2).toBe(true);
        expect(equity).toBe(at < monday + day / 2 ? 1_000 : 2_000);
      }
    });

    it('can make one point of all', async () => {
      journal.write([1, 5, 3].map((equity, index) => sampleRow(sample(monday + index, equity))));
      expect(await journal.history({ ...all, points: 1 })).toEqual([
        sample(monday + 2, 3, { equityLow: 0, equityHigh: 6, messages: 6 }),
      ]);
    });
  });
}
