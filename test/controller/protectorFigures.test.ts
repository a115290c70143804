import { describe, expect, it } from 'vitest';
import type { AccountRule } from '../../src/domain/accountRules/accountRules.ts';
import { hello } from '../support/bench8.ts';
import { dailyLoss, position, ruled, rulesOf, totalLoss } from '../support/rulesBench.ts';
import { settled } from '../support/settled.ts';

// Figures and deals that are wrong, late or told twice close nothing and open nothing.

const trailing = { ...totalLoss, trailing: 'equity' as const };
const begins = Date.UTC(2026, 0, 5, 9, 5);
const quote = { type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 };

describe('one bad report', () => {
  it('of a higher equity does not raise the floor for good', async () => {
    const { bench, reports, closes } = ruled(rulesOf(trailing));
    reports(2990);
    reports(9000);
    reports(2990);
    reports(2990);
    await settled();
    expect(closes()).toEqual([]);
    expect(bench.state().rules).toMatchObject([{ floor: 2700, state: 'ok' }]);
    // Two in a row do.
    reports(3200);
    reports(3100);
    expect(bench.state().rules).toMatchObject([{ floor: 2790 }]);
  });

  it('of another account, balance and all, closes nothing: its own balance confirms nothing', async () => {
    const { bench, reports, closes } = ruled(rulesOf(totalLoss));
    reports(2990);
    bench.link.says(quote);
    reports(990, 1000);
    await settled();
    expect(closes()).toEqual([]);
    reports(2990);
    await settled();
    expect(closes()).toEqual([]);
  });

  it('on an account with credit closes nothing: the credit is in the equity', async () => {
    const { bench, read, closes } = ruled(rulesOf(totalLoss));
    const reports = (equity: number): void => {
      bench.clock.advance(1_000);
      read();
      bench.link.says({ type: 'telemetry', balance: 2600, credit: 500, equity, margin: 10, positions: 2 });
    };
    reports(3100);
    bench.link.says(quote);
    reports(2600);
    await settled();
    expect(closes()).toEqual([]);
  });

  it('at the beginning of a day is not what the day is measured from', () => {
    for (const [balance, equity] of [
      [9000, 9000],
      [500, 500],
    ] as const) {
      const made = ruled(
        rulesOf({ ...dailyLoss, base: 'larger', action: 'block', day: { timeZone: 'UTC', startsAt: '09:05' } }),
      );
      const { bench, reports } = made;
      while (bench.clock.now() < begins - 1_000) reports(2990);
      reports(equity, balance);
      reports(2990);
      reports(2990);
      expect(bench.state().rules).toMatchObject([{ floor: 2850, state: 'ok' }]);
    }
  });
});

describe('deals', () => {
  const balance = (number: number, at: number, profit: number, kind = 'balance'): Record<string, unknown> => ({
    ...{ type: 'deal', kind, deal: String(number), at, profit },
  });

  it('that are told again after a thousand others count once', () => {
    const { bench, reports } = ruled(rulesOf(trailing));
    reports(2990);
    const at = bench.clock.now();
    bench.link.says(balance(1, at, 500));
    for (let number = 2; number < 1_000; number += 1) bench.link.says(balance(number, at, 0));
    bench.link.says(balance(1, at, 500));
    reports(3490, 3500);
    expect(bench.state().rules).toMatchObject([{ base: { of: 3490 } }]);
  });

  it('before the first report of a connection prove what a day began with that began before it', () => {
    const made = ruled(rulesOf({ ...dailyLoss, action: 'block', day: { timeZone: 'UTC', startsAt: '09:05' } }));
    const { bench, read, reports } = made;
    while (bench.clock.now() < begins - 60_000) reports(3000);
    bench.link.leave();
    bench.clock.advance(120_000);
    bench.link.join();
    bench.link.takeSent();
    bench.link.says({ ...hello, epoch: 1 });
    read();
    bench.clock.advance(1_000);
    read();
    bench.link.says(trade(5, begins - 30_000, -40));
    reports(2960, 2960, 0);
    reports(2960, 2960, 0);
    expect(bench.state().rules).toMatchObject([{ base: { of: 2960, known: 'measured' } }]);
  });

  it('and reports of money paid in or out move a peak once, whichever comes first', async () => {
    for (const isDealFirst of [true, false]) {
      for (const paid of [500, -600]) {
        const { bench, reports, closes } = ruled(rulesOf(trailing));
        reports(3000);
        reports(3000);
        const deal = balance(1, bench.clock.now() + 500, paid);
        if (isDealFirst) bench.link.says(deal);
        else {
          reports(3000 + paid, 3000 + paid);
          reports(3000 + paid, 3000 + paid);
          reports(3000 + paid, 3000 + paid);
          bench.link.says(deal);
        }
        for (let count = 0; count < 4; count += 1) reports(3000 + paid, 3000 + paid);
        await settled();
        expect(bench.state().rules).toMatchObject([{ base: { of: Math.max(3000, 3000 + paid) } }]);
        expect(closes()).toHaveLength(paid > 0 ? 0 : 3);
      }
    }
  });

  it('that are costs move no base', () => {
    const { bench, reports } = ruled(rulesOf(trailing));
    reports(2990);
    bench.link.says(balance(1, bench.clock.now(), -50, 'commission'));
    bench.link.says(balance(2, bench.clock.now(), -50, 'charge'));
    expect(bench.state().rules).toMatchObject([{ base: { of: 3000 } }]);
  });
});

describe('one direction', () => {
  const rule: AccountRule = {
    ...{ id: 'one', name: 'One direction', action: 'block', lock: 'person', kind: 'one_direction' },
  };
  it('counts pending orders of an account without positions', async () => {
    const { bench, lists, reports } = ruled(rulesOf(rule));
    lists([], undefined);
    reports(3000, 3000, 0);
    bench.controller.risk.arm('main', 'ticket');
    bench.link.says(quote);
    const order = await bench.fire({ action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 100, tp: 0 });
    expect(order.refusal?.reason).toContain('a sell of XAUUSD is open or pending');
  });
});

describe('figures without end', () => {
  it('leave the state readable', () => {
    const { bench, lists, reports } = ruled(
      rulesOf(
        { ...totalLoss, action: 'block' },
        {
          ...({
            id: 'risk',
            name: 'Open risk',
            action: 'block',
            lock: 'person',
            kind: 'open_risk',
            per: 'account',
          } as const),
          most: { unit: 'money', value: 150 },
        },
      ),
    );
    lists([position(11, { lots: 1e300, sl: 1e300, price: 1e300 })], []);
    reports(1e308);
    expect(bench.state().rules).toHaveLength(2);
  });
});

function trade(number: number, at: number, profit: number): Record<string, unknown> {
  return {
    ...{ type: 'deal', kind: 'trade', deal: String(number), at, order: '1', position: '5', symbol: 'XAUUSD' },
    ...{ side: 'sell', entry: 'out', lots: 0.1, price: 2399, profit },
  };
}
