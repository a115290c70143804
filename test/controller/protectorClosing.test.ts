import { describe, expect, it } from 'vitest';
import type { AccountRule } from '../../src/domain/accountRules/accountRules.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { type BridgeBench, bridgeBench } from '../support/bridgeBench.ts';
import { list, pending } from '../support/openBench.ts';
import { openLimits } from '../support/openLimits.ts';
import { both, dailyLoss, position, ruled, rulesOf, totalLoss } from '../support/rulesBench.ts';
import { settled } from '../support/settled.ts';

// A closing goes on until everything is closed, sends nothing twice, and says what it can't do.

type Bench = ReturnType<typeof ruled>;
const of = ({ closes }: Bench, id: string): ReturnType<Bench['closes']> => closes().filter((each) => each.id === id);

async function trips(made: Bench, equity = 2690): Promise<void> {
  made.reports(equity);
  made.reports(equity);
  await settled();
}

/** Each close is rejected until the desk has given it up for now; a newer list shows the positions each time. */
async function rejected(made: Bench): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    for (const id of ['11', '12']) made.answers(of(made, id).at(-1)?.signalId ?? '', 'error');
    made.lists(both, []);
    made.reports(2690);
    made.reports(2690);
    await settled();
  }
}

describe('a close', () => {
  it('that is filled is not sent again because pending orders are listed anew before positions', async () => {
    const made = ruled(rulesOf(totalLoss));
    await trips(made);
    for (const { signalId } of made.closes()) made.answers(signalId, 'success');
    made.bench.link.says(list('orders', 9, []));
    for (let count = 0; count < 4; count += 1) made.reports(2690);
    await settled();
    expect(made.closes()).toHaveLength(3);
  });

  it('that was rejected three times is told once for all, and not tried again', async () => {
    const made = ruled(rulesOf(totalLoss));
    made.lists(both, []);
    await trips(made);
    await rejected(made);
    expect(of(made, '11')).toHaveLength(3);
    expect(made.alarms().filter((code) => code === 'rule_remains')).toHaveLength(1);
    for (let second = 0; second < 299; second += 1) made.reports(2690);
    made.lists(both, []);
    made.reports(2690);
    made.reports(2690);
    await settled();
    expect(of(made, '11')).toHaveLength(3);
    expect(made.alarms().filter((code) => code === 'rule_remains')).toHaveLength(1);
  });

  it('that cannot leave is said, and leaves once it can', async () => {
    const journal = memoryJournal();
    const made = ruled(rulesOf(totalLoss), { journal });
    const write = journal.write.bind(journal);
    journal.write = () => {
      throw new Error('ENOSPC: no space left on device');
    };
    await trips(made);
    for (let second = 0; second < 10; second += 1) {
      made.reports(2690);
      await settled();
    }
    expect(made.closes()).toEqual([]);
    expect(made.alarms().filter((code) => code === 'rule_refused')).toHaveLength(1);
    journal.write = write;
    for (let second = 0; second < 31; second += 1) {
      made.reports(2690);
      await settled();
    }
    expect(made.closes().map(({ id }) => id)).toEqual(['21', '11', '12']);
  });
});

describe('an entry that was on its way', () => {
  it('when the floor was reached is closed when it is listed, though the equity is above again', async () => {
    const made = ruled(rulesOf({ ...totalLoss, loss: { unit: 'money', value: 250 } }));
    const { bench, closes, answers, lists, reports } = made;
    lists([position(11)], []);
    reports(2990);
    bench.controller.risk.arm('main', 'ticket');
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
    const entry = await bench.fire({ signalId: 'LATE_1', sl: 100, tp: 0 });
    expect(entry.state).toBe('sent');
    await trips(made, 2740);
    answers(closes()[0]?.signalId ?? '', 'success');
    lists([], []);
    reports(2760, 2760, 0);
    await settled();
    expect(made.alarms()).not.toContain('rule_done');
    bench.link.says({
      type: 'trade_result',
      status: 'success',
      signal_id: 'LATE_1',
      ticket: 15,
      price: 2400,
      retcode: 10009,
    });
    lists([position(15, { signal_id: 'LATE_1' })], []);
    reports(2760, 2760, 1);
    await settled();
    expect(closes().map(({ id }) => id)).toEqual(['11', '15']);
    answers(closes()[1]?.signalId ?? '', 'success');
    lists([], []);
    reports(2760, 2760, 0);
    expect(made.alarms().at(-1)).toBe('rule_done');
  });
});

describe('a lock', () => {
  it('of a day that ends with something open stays, and the next floor closes anew', async () => {
    const made = ruled(rulesOf({ ...dailyLoss, day: { timeZone: 'UTC', startsAt: '09:05' } }));
    const { bench, lists } = made;
    lists(both, []);
    bench.controller.risk.setRuleBase('main', 'day', 3000, '', 'ticket');
    await trips(made);
    await rejected(made);
    const until = bench.state().lock?.until ?? 0;
    while (bench.clock.now() < until + 2_000) made.reports(2900);
    // Measured: 3,000 less 150.
    expect(bench.state().lock).not.toBeNull();
    expect(bench.state().rules).toMatchObject([{ floor: 2850, state: 'ok' }]);
    const before = of(made, '11').length;
    await trips(made);
    expect(of(made, '11')).toHaveLength(before + 1);
    expect(bench.state().lock?.until).toBe(until + 24 * 3_600_000);
    expect(made.alarms().filter((code) => code === 'rule_floor')).toHaveLength(2);
  });

  it('of a window that has not ended is not ended by a person: it would close everything again', async () => {
    const weekend: AccountRule = {
      ...{ id: 'week', name: 'Weekend', kind: 'weekend', action: 'close_all', lock: 'person', timeZone: 'UTC' },
      ...{ from: { weekday: 1, time: '09:01' }, until: { weekday: 1, time: '10:00' } },
    };
    const made = ruled(rulesOf(weekend));
    for (let second = 0; second < 60; second += 1) made.reports(2990);
    await settled();
    expect(made.closes()).toHaveLength(3);
    expect(() => {
      made.bench.controller.risk.unlockAccount('main', 'week', '', 'ticket');
    }).toThrow('The window of the rule "Weekend" has not ended');
  });

  it('closes what it was to close and nothing else, once its rule is off', async () => {
    const made = ruled(rulesOf(totalLoss));
    await trips(made);
    const off = rulesOf({ ...totalLoss, action: 'off' });
    made.bench.controller.bridge('main').configure({ limits: { ...openLimits, accountRules: off } }, 'ticket');
    made.reports(2690);
    made.lists([...both, position(14)], [pending(21)]);
    made.reports(2690);
    await settled();
    expect(of(made, '14')).toEqual([]);
    expect(made.bench.state().lock).not.toBeNull();
  });

  /** An EA of v7 reports until the account is locked. */
  function locked(): BridgeBench {
    const bench = bridgeBench({ limits: { ...openLimits, accountRules: rulesOf(totalLoss) } });
    bench.connect();
    for (let count = 0; count < 2; count += 1) says(bench, 2690);
    expect(bench.state().lock).not.toBeNull();
    return bench;
  }
  function says(bench: BridgeBench, equity: number, more: Record<string, unknown> = {}): void {
    bench.clock.advance(1_000);
    bench.answerPings();
    bench.link.says({ type: 'heartbeat', balance: 3000, equity, positions: 0, timestamp: 'x', ...more });
  }

  it('holds before the first figures of a connection, its rule gone', async () => {
    const { clock, controller, journal } = locked();
    await controller.stop();
    const again = bridgeBench({ limits: openLimits }, { journal, clock });
    again.link.join();
    again.answerPings();
    clock.advance(1_000);
    again.answerPings();
    again.heartbeat();
    again.nameAccount();
    again.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
    again.controller.risk.arm('main', 'ticket');
    expect(await again.fire()).toMatchObject({ state: 'refused', refusal: { code: 'account_locked' } });
  });

  it('that can not be read is no free way: nothing is opened', async () => {
    const journal = memoryJournal();
    const bench = bridgeBench({ limits: openLimits }, { journal });
    const remembered = journal.remembered.bind(journal);
    journal.remembered = (key) => {
      if (key.startsWith('rules:')) throw new Error('SQLITE_CORRUPT');
      return remembered(key);
    };
    bench.connect();
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
    bench.controller.risk.arm('main', 'ticket');
    expect((await bench.fire()).refusal).toMatchObject({ code: 'account_locked' });
    journal.remembered = remembered;
    expect(await bench.fire()).toMatchObject({ state: 'sent' });
  });

  it('that a person ended does not come back under an older name of the account', async () => {
    const bench = locked();
    says(bench, 2990, { uuid: 'abc' });
    says(bench, 2990, { uuid: 'abc' });
    bench.controller.risk.unlockAccount('main', 'floor', '', 'ticket');
    expect(bench.state()).toMatchObject({ accountKey: 'abc', lock: null });
    await bench.controller.stop();
    const { clock, journal } = bench;
    const again = bridgeBench({ limits: openLimits }, { journal, clock });
    again.connect();
    says(again, 2990, { uuid: 'abc' });
    says(again, 2990, { uuid: 'abc' });
    expect(again.state()).toMatchObject({ accountKey: 'abc', lock: null });
  });
});

describe('a rule that is reached from the beginning', () => {
  it('closes nothing, says so once, and closes once it was not reached between', async () => {
    // Typed with a digit too many.
    const made = ruled({ initialCapital: 30_000, rules: [totalLoss] });
    await trips(made, 2990);
    for (let count = 0; count < 5; count += 1) made.reports(2990);
    await settled();
    expect(made.closes()).toEqual([]);
    expect(made.alarms()).toEqual(['rule_already']);
    const rules = { initialCapital: 3000, rules: [totalLoss] };
    made.bench.controller.bridge('main').configure({ limits: { ...openLimits, accountRules: rules } }, 'ticket');
    made.reports(2990);
    await trips(made);
    expect(made.closes()).toHaveLength(3);
  });

  it('is reached at a start: what was measured before the start counts', async () => {
    const made = ruled(rulesOf(totalLoss));
    made.reports(2990);
    await made.bench.controller.stop();
    const { clock, journal } = made.bench;
    const again = ruled(rulesOf(totalLoss), { journal, clock }, false);
    again.reports(2600);
    again.lists();
    await trips(again, 2600);
    expect(again.closes()).toHaveLength(3);
  });

  it('is no window that is set in its midst', async () => {
    const weekend: AccountRule = {
      ...{ id: 'week', name: 'Weekend', kind: 'weekend', action: 'close_all', lock: 'person', timeZone: 'UTC' },
      ...{ from: { weekday: 1, time: '08:00' }, until: { weekday: 1, time: '10:00' } },
    };
    const made = ruled(rulesOf(weekend));
    await trips(made, 2990);
    expect(made.closes()).toEqual([]);
    expect(made.alarms()).toEqual(['rule_already']);
  });
});

describe('a rule without a floor that warns', () => {
  it('says so once', () => {
    const risk: AccountRule = {
      ...{ id: 'risk', name: 'Open risk', kind: 'open_risk', action: 'warn', lock: 'person', per: 'account' },
      most: { unit: 'money', value: 50 },
    };
    const made = ruled(rulesOf(risk));
    made.bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
    made.lists([position(11)], []);
    for (let count = 0; count < 3; count += 1) {
      made.bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
      made.reports(2990);
    }
    expect(made.alarms()).toEqual(['rule_warning']);
  });
});
