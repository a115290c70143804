import { describe, expect, it } from 'vitest';
import { bench8 } from '../support/bench8.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

// All that an account has open is closed by one call: each position by its number, and nothing of another account.

const account = '1000001@Broker-Demo';
const entry = (number: number) => ({
  ...{ position: String(number), symbol: number % 2 === 0 ? 'XAUUSD' : 'EURUSD', side: 'buy', lots: 0.1, price: 2400 },
});
const list = (type: 'positions' | 'orders', entries: unknown[]) => ({
  ...{ type, list: 1, page: 1, last: true, count: entries.length, at: 1, [type]: entries },
});

describe('closing everything', () => {
  it('sends a close for each position and a cancel for each pending order, under the kill switch too', async () => {
    const { bench, told, read } = bench8();
    bench.link.says(list('positions', [entry(1), entry(2), entry(3)]));
    const pending = { order: '9', symbol: 'XAUUSD', side: 'buy', kind: 'stop', lots: 0.1, price: 2500 };
    bench.link.says(list('orders', [pending, { ...pending, order: '10', kind: 'market' }]));
    bench.controller.risk.kill('ticket');
    const accounts = [{ bridge: 'main', account }];
    const [first] = await bench.controller.orders.closeEverything({ accounts, pending: true }, 'ticket');
    expect(first).toMatchObject({ bridge: 'main', problem: null, orders: { length: 4 } });
    read();
    expect(told.slice(-4)).toMatchObject([
      { type: 'cancel', order: '9' },
      ...[1, 2, 3].map((number) => ({ type: 'close', position: String(number) })),
    ]);
    // Again while they are on their way: nothing is sent twice.
    const [again] = await bench.controller.orders.closeEverything({ accounts, pending: true }, 'ticket');
    expect(again?.orders.map(({ refusal }) => refusal?.code)).toEqual(['busy', 'busy', 'busy', 'busy']);
    const sent = told.length;
    read();
    expect(told).toHaveLength(sent);
  });

  it('takes many: 300 positions, each once', async () => {
    const { bench, told, read } = bench8();
    const all = Array.from({ length: 300 }, (_, index) => entry(index + 1));
    for (let page = 1; page <= 3; page += 1) {
      bench.link.says({
        ...list('positions', all.slice((page - 1) * 100, page * 100)),
        ...{ page, last: page === 3, count: 300 },
      });
    }
    await bench.controller.orders.closeEverything(
      { accounts: [{ bridge: 'main', account }], pending: false },
      'ticket',
    );
    read();
    const closed = told.flatMap((each) => (each.type === 'close' ? [each.position] : []));
    expect(closed).toEqual(all.map(({ position }) => position));
  });

  it('sends nothing to another account than the one that was shown', async () => {
    const { bench, told, read } = bench8();
    bench.link.says(list('positions', [entry(1)]));
    const [other] = await bench.controller.orders.closeEverything(
      { accounts: [{ bridge: 'main', account: '7@Other' }], pending: true },
      'ticket',
    );
    expect(other).toMatchObject({ orders: [], problem: expect.stringContaining('Nothing was sent') as string });
    read();
    expect(told.filter(({ type }) => type === 'close' || type === 'close_all')).toEqual([]);
  });

  it('tells an EA that lists nothing to close its own, and says that others stay', async () => {
    const bench = bridgeBench();
    bench.connect();
    const { accountKey } = bench.state();
    const [first] = await bench.controller.orders.closeEverything(
      { accounts: [{ bridge: 'main', account: accountKey }], pending: true },
      'ticket',
    );
    expect(first).toMatchObject({
      orders: [{ action: 'close_all', state: 'sent' }],
      problem: expect.stringContaining('stays open') as string,
    });
  });
});
