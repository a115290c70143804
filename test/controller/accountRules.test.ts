import { describe, expect, it } from 'vitest';
import type { AccountRule } from '../../src/domain/accountRules/accountRules.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { dailyLoss, position, ruled, rulesOf, totalLoss } from '../support/rulesBench.ts';
import { close } from '../support/openBench.ts';
import { settled } from '../support/settled.ts';

// What account rules refuse: entries that could pass a floor with every stop met, and everything that is not known.

const blocking = <Rule extends AccountRule>(rule: Rule): Rule => ({ ...rule, action: 'block' });
const openRisk: AccountRule = {
  ...{ id: 'risk', name: 'Open risk', action: 'block', lock: 'person', kind: 'open_risk', per: 'account' },
  most: { unit: 'money', value: 150 },
};

async function entry({ bench, read }: ReturnType<typeof ruled>, sl = 1000, lot = 0.1): Promise<Order> {
  bench.controller.risk.arm('main', 'ticket');
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
  const order = await bench.fire({ action: 'buy', symbol: 'XAUUSD', lot, sl, tp: 0, signalId: '' });
  read();
  return order;
}

describe('an entry', () => {
  it('is refused where the equity could fall to the floor with every stop met, its own too', async () => {
    // Floor 2,700. Equity 2,900; the open buy can lose 99 more, the order 101.
    const made = ruled(rulesOf(blocking(totalLoss)));
    made.lists([position(11)], []);
    made.reports(2900, 3000, 1);
    const refused = await entry(made, 1010);
    expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'account_rule' } });
    expect(refused.refusal?.reason).toBe(
      'Account rule "Largest loss": with every stop loss met, this one\'s too, the equity would be 2700; it must stay above 2700.',
    );
    expect(await entry(made, 1000)).toMatchObject({ state: 'sent' });
  });

  it('is refused without a stop loss, and while something open has none', async () => {
    const made = ruled(rulesOf(blocking(totalLoss)));
    made.lists([position(11)], []);
    made.reports(2950, 3000, 1);
    expect((await entry(made, 0)).refusal).toMatchObject({ code: 'account_rule', nextStep: 'Set a stop loss.' });
    made.lists([position(11, { sl: 0 })], []);
    made.reports(2950, 3000, 1);
    expect((await entry(made, 100)).refusal?.reason).toContain('The position 11 (XAUUSD) has no stop loss');
  });

  it('is refused by a rule of a day whose beginning nobody measured, until a person sets it', async () => {
    const made = ruled(rulesOf(blocking(dailyLoss)));
    made.lists([], []);
    made.reports(2950, 2950, 0);
    expect(made.bench.state().rules).toMatchObject([{ id: 'day', state: 'unknown' }]);
    expect((await entry(made, 100)).refusal?.reason).toContain('Nobody measured the account when the day');
    made.bench.controller.risk.setRuleBase('main', 'day', 3000, 'as MT5 says', 'ticket');
    // Floor 2,850.
    expect(made.bench.state().rules).toMatchObject([{ floor: 2850, left: 100, state: 'ok' }]);
    expect((await entry(made, 1000)).refusal?.reason).toContain('it must stay above 2850');
    expect(await entry(made, 900)).toMatchObject({ state: 'sent' });
  });

  it('is counted with what is open against the largest open risk', async () => {
    const made = ruled(rulesOf(openRisk));
    made.lists([position(11)], []);
    made.reports(2990, 3000, 1);
    expect((await entry(made, 600)).refusal?.reason).toContain(
      'with this order 159 would be at risk; the most is 150.',
    );
    expect(await entry(made, 400)).toMatchObject({ state: 'sent' });
  });

  it('is refused by a row of losses until the pause ends', async () => {
    const rule: AccountRule = {
      ...{ id: 'streak', name: 'Row of losses', action: 'block', lock: 'person', kind: 'loss_streak' },
      ...{ losses: 2, pauseMinutes: 10 },
    };
    const made = ruled(rulesOf(rule));
    const { bench } = made;
    made.lists([], []);
    made.reports(2990, 2990, 0);
    const deal = (number: number, profit: number): void => {
      bench.link.says({
        ...{ type: 'deal', kind: 'trade', deal: String(number), at: bench.clock.now(), order: '1', position: '5' },
        ...{ symbol: 'XAUUSD', side: 'sell', entry: 'out', lots: 0.1, price: 2399, profit, swap: 0, commission: -1 },
      });
    };
    deal(1, -10);
    // The same deal told again counts once.
    deal(1, -10);
    expect(await entry(made)).toMatchObject({ state: 'sent' });
    bench.link.says({
      type: 'error',
      code: 'broker',
      error: 'No money',
      retcode: 10019,
      signal_id: bench.order(
        made.told.at(-1)?.type === 'signal' ? (made.told.at(-1) as { signal_id: string }).signal_id : '',
      ).signalId,
    });
    deal(2, 0.5);
    made.reports(2990, 2990, 0);
    expect((await entry(made)).refusal?.reason).toMatch(/2 losing trades in a row, so nothing is opened until/);
    bench.clock.advance(10 * 60_000);
    made.reports(2990, 2990, 0);
    expect((await entry(made)).refusal?.code).not.toBe('account_rule');
  });

  it('is refused in the other direction than what is open, and beside what is not known', async () => {
    const rule: AccountRule = {
      ...{ id: 'one', name: 'One direction', action: 'block', lock: 'person', kind: 'one_direction' },
    };
    const made = ruled(rulesOf(rule));
    made.lists([position(12, { side: 'sell', sl: 2420, tp: 0 })], []);
    made.reports(2990, 3000, 1);
    expect((await entry(made)).refusal?.reason).toContain(
      'a sell of XAUUSD is open or pending on one of your accounts',
    );
    made.lists([position(11)], []);
    made.reports(2990, 3000, 1);
    expect(await entry(made)).toMatchObject({ state: 'sent' });
  });
});

describe('what a rule is measured from', () => {
  it('is not set where it is the initial capital', () => {
    const { bench, reports } = ruled(rulesOf(totalLoss));
    reports(2990);
    expect(() => {
      bench.controller.risk.setRuleBase('main', 'floor', 3_100, '', 'ticket');
    }).toThrow('is measured from the initial capital. Change that in the account rules.');
  });

  it('and an unlock stand in the activity by their names', async () => {
    const { bench, reports } = ruled(rulesOf(blocking(dailyLoss)));
    reports(2990);
    bench.controller.risk.setRuleBase('main', 'day', 3_000, 'as MT5 says', 'ticket');
    const { rows } = await bench.controller.journal.activity({
      bridge: 'main',
      from: null,
      to: null,
      before: null,
      limit: 5,
    });
    expect(rows[0]).toMatchObject({ what: 'Base of an account rule set', by: 'ticket' });
    expect(rows[0]?.details.join(' ')).toContain('3000');
  });
});

describe('a change of rules', () => {
  it('is told in the activity rule by rule, from old to new, and an emptied list of symbols as before', async () => {
    const { bench } = ruled(rulesOf(totalLoss));
    const bridge = bench.controller.bridge('main');
    const { limits } = bridge.config;
    const change = (changes: Partial<typeof limits>): void => {
      bridge.configure({ limits: { ...limits, ...changes } }, 'ticket');
    };
    change({ accountRules: rulesOf({ ...totalLoss, action: 'warn' }, dailyLoss), symbols: ['EURUSD'] });
    change({ accountRules: rulesOf(dailyLoss), symbols: [] });
    const { rows } = await bench.controller.journal.activity({
      ...{ bridge: 'main', from: null, to: null, before: null, limit: 5 },
    });
    expect(rows[1]?.details).toContain('limits, account rules, rules, floor, action: close_all → warn');
    expect(rows[1]?.details).toContain('limits, account rules, rules, day, name: Daily loss');
    expect(rows[0]?.details).toContain('limits, account rules, rules, floor: removed');
    expect(rows[0]?.details).toContain('limits, symbols: EURUSD → none');
  });
});

describe('a lock', () => {
  it("stops entries, never a person's closes, until a person unlocks it, and not while the equity is beyond", async () => {
    const made = ruled(rulesOf(totalLoss));
    const { bench, reports, closes, answers, lists, change } = made;
    reports(2690);
    reports(2690);
    await settled();
    for (const { signalId } of closes()) answers(signalId, 'success');
    lists([], []);
    reports(2690, 2690, 0);
    expect((await entry(made)).refusal).toMatchObject({ code: 'account_locked' });
    lists([position(11)], []);
    expect(await change(close)).toMatchObject({ state: 'sent' });
    expect(() => {
      bench.controller.risk.unlockAccount('main', 'floor', '', 'ticket');
    }).toThrow('The equity is still at or beyond what the rule "Largest loss" allows');
    reports(2950, 2950, 0);
    bench.controller.risk.unlockAccount('main', 'floor', 'talked to the firm', 'ticket');
    expect(bench.state().lock).toBeNull();
  });

  it('of a day ends with the day of the rule', async () => {
    // The bench's clock begins at 09:00.
    const made = ruled(rulesOf({ ...dailyLoss, day: { timeZone: 'UTC', startsAt: '09:05' } }));
    const { bench, reports, closes, answers, lists } = made;
    bench.controller.risk.setRuleBase('main', 'day', 3000, '', 'ticket');
    reports(2840);
    reports(2840);
    await settled();
    expect(closes()).toHaveLength(3);
    for (const { signalId } of closes()) answers(signalId, 'success');
    lists([], []);
    reports(2840, 2840, 0);
    const until = bench.state().lock?.until ?? 0;
    expect(new Date(until).toISOString()).toMatch(/T09:05:00\.000Z$/);
    bench.clock.advance(until - bench.clock.now() - 2_000);
    expect(bench.state().lock).not.toBeNull();
    bench.clock.advance(2_500);
    expect(bench.state().lock).toBeNull();
  });
});
