import { describe, expect, it } from 'vitest';
import { bench8 } from '../support/bench8.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

// Deals that the EA tells (N6) become the history of the account, whoever made them.

const deal = (number: number, more: Record<string, unknown> = {}) => ({
  ...{ type: 'deal', deal: String(number), kind: 'trade', at: 1_000 + number, position: '7', symbol: 'XAUUSD' },
  ...{
    side: 'buy',
    entry: 'in',
    lots: 0.1,
    price: 2400,
    profit: 0,
    commission: -0.5,
    fee: -0.1,
    reason: 'mobile',
    ...more,
  },
});
const all = { bridge: 'main', from: null, to: null, before: null, limit: 100 };

describe('deals', () => {
  it('are kept, with where this desk fired them, and show what was closed', async () => {
    const { bench } = bench8();
    bench.controller.risk.arm('main', 'ticket');
    await bench.fire({ signalId: 'OURS' });
    bench.link.says(deal(1, { signal_id: 'OURS' }));
    bench.link.says(deal(2, { entry: 'out', side: 'sell', profit: 30, swap: -1, reason: 'sl' }));
    bench.link.says({ type: 'deal', deal: '3', kind: 'balance', at: 2_000, profit: 500 });
    const page = await bench.controller.journal.deals(all);
    expect(page.trades).toMatchObject([
      { deal: '2', side: 'buy', net: 27.8, costs: -1.2, reason: 'sl', source: 'ticket', signalId: 'OURS' },
    ]);
    expect(page.sums).toMatchObject({ closed: 1, won: 1, profit: 30, swap: -1 });
  });

  it('of the account before are not shown on the next one, and are there when it is back', async () => {
    const { bench } = bench8();
    bench.link.says(deal(1));
    bench.link.says(deal(2, { entry: 'out', side: 'sell', profit: 30 }));
    expect((await bench.controller.journal.deals(all)).trades).toHaveLength(1);
    bench.nameAccount(77);
    expect((await bench.controller.journal.deals(all)).trades).toEqual([]);
    bench.nameAccount(1_000_001);
    expect((await bench.controller.journal.deals(all)).trades).toHaveLength(1);
  });

  it('of an EA that has not been welcomed count for nothing', async () => {
    const bench = bridgeBench();
    bench.connect();
    bench.link.says(deal(2, { entry: 'out', side: 'sell', profit: 30 }));
    expect((await bench.controller.journal.deals(all)).trades).toEqual([]);
  });

  it('beyond all measure are not written, with one alarm', () => {
    const { bench } = bench8();
    for (let number = 1; number <= 5_200; number += 1) bench.link.says(deal(number));
    bench.clock.advance(1_000);
    expect(bench.journal.entries().filter(({ entry }) => entry.type === 'deal').length).toBeLessThanOrEqual(5_000);
    const alarms = bench.events.filter((event) => event.type === 'alarm' && event.alarm.code === 'too_many_deals');
    expect(alarms).toHaveLength(1);
  });
});
