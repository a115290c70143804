import { describe, expect, it } from 'vitest';
import { bridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';
import { both, position, ruled, rulesOf, totalLoss } from '../support/rulesBench.ts';
import { settled } from '../support/settled.ts';

// The protector closes everything once a floor is reached: confirmed, each position once, and says what it did.

describe('a floor that is reached', () => {
  it('closes each position once and cancels pending orders, by two reports, while disarmed and under the kill switch', async () => {
    const { bench, reports, closes, alarms } = ruled(rulesOf(totalLoss));
    bench.controller.risk.kill('ticket');
    reports(2700);
    await settled();
    expect(closes()).toEqual([]);
    reports(2700);
    await settled();
    expect(closes().map(({ type, id }) => [type, id])).toEqual([
      ['cancel', '21'],
      ['close', '11'],
      ['close', '12'],
    ]);
    expect(bench.state().lock).toMatchObject({ rule: 'floor', until: null });
    expect(alarms()).toEqual(['rule_floor']);
    const orders = closes().map(({ signalId }) => bench.order(signalId));
    expect(orders.every(({ source, state }) => source === 'protector' && state === 'sent')).toBe(true);
    for (let count = 0; count < 5; count += 1) reports(2600);
    await settled();
    expect(closes()).toHaveLength(3);
  });

  it('is no floor by one report alone, nor by two with a better one between', async () => {
    const { reports, closes } = ruled(rulesOf(totalLoss));
    reports(2600);
    reports(2900);
    reports(2600);
    await settled();
    expect(closes()).toEqual([]);
  });

  it('closes by one report where the prices of now confirm it', async () => {
    const { bench, reports, closes } = ruled(rulesOf(totalLoss));
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2360, ask: 2360.2 });
    // 0.1 lots bought at 2,400: −400; the sell is worth 398.
    bench.link.says({ type: 'positions', list: 9, page: 1, last: true, count: 1, at: 1, positions: [position(11)] });
    reports(2600, 3000, 1);
    await settled();
    expect(closes().map(({ id }) => id)).toEqual(['21', '11']);
  });

  it('says when nothing is open any more, and keeps the lock', async () => {
    const { bench, reports, closes, answers, lists, alarms } = ruled(rulesOf(totalLoss));
    reports(2690);
    reports(2690);
    await settled();
    for (const { signalId } of closes()) answers(signalId, 'success');
    lists([], []);
    reports(2690, 2690, 0);
    await settled();
    expect(alarms()).toEqual(['rule_floor', 'rule_done']);
    expect(closes()).toHaveLength(3);
    expect(bench.state().lock).toMatchObject({ rule: 'floor' });
  });

  it('sends a rejected close anew only once a newer list shows the position, a second later, three times in all', async () => {
    const { reports, closes, answers, lists, alarms } = ruled(rulesOf(totalLoss));
    lists(both, []);
    reports(2690);
    reports(2690);
    await settled();
    const of11 = (): ReturnType<typeof closes> => closes().filter(({ id }) => id === '11');
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(of11()).toHaveLength(attempt);
      answers(of11().at(-1)?.signalId ?? '', 'error');
      reports(2690);
      reports(2690);
      await settled();
      // No list came since.
      expect(of11()).toHaveLength(attempt);
      lists(both, []);
      reports(2690);
      await settled();
    }
    expect(of11()).toHaveLength(3);
    expect(alarms()).toContain('rule_remains');
    // The other one has no result: it waits.
    expect(closes().filter(({ id }) => id === '12')).toHaveLength(1);
  });

  it('acts after a start only once figures and lists are of the new connection, and goes on with what it began', async () => {
    const first = ruled(rulesOf(totalLoss));
    first.reports(2690);
    first.reports(2690);
    await settled();
    expect(first.closes()).toHaveLength(3);
    await first.bench.controller.stop();
    const again = ruled(rulesOf(totalLoss), { journal: first.bench.journal, clock: first.bench.clock }, false);
    again.reports(2900);
    again.reports(2900);
    await settled();
    expect(again.bench.state().lock).toMatchObject({ rule: 'floor' });
    expect(again.closes()).toEqual([]);
    // The sell was closed meanwhile; another was opened by hand, and the equity is above the floor again.
    again.lists([position(11), position(13)], []);
    again.reports(2900);
    await settled();
    expect(again.closes().map(({ id }) => id)).toEqual(['11']);
  });

  it('closes what was opened since, as long as the equity is beyond', async () => {
    const { reports, closes, answers, lists } = ruled(rulesOf(totalLoss));
    reports(2690);
    reports(2690);
    await settled();
    for (const { signalId } of closes()) answers(signalId, 'success');
    lists([], []);
    reports(2690, 2690, 0);
    lists([position(14)], []);
    reports(2680, 2690, 1);
    reports(2680, 2690, 1);
    await settled();
    expect(closes().map(({ id }) => id)).toEqual(['21', '11', '12', '14']);
  });

  it('tells an EA that lists nothing to close all of its own', async () => {
    const bench = bridgeBench({ limits: { ...openLimits, accountRules: rulesOf(totalLoss) } });
    bench.connect();
    const says = (): void => {
      bench.clock.advance(1_000);
      bench.answerPings();
      bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2690, positions: 2, timestamp: 'x' });
    };
    bench.link.takeSent();
    says();
    bench.clock.advance(500);
    bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2690, positions: 2, timestamp: 'x' });
    await settled();
    expect(bench.link.takeSent().filter(({ type }) => type === 'signal')).toMatchObject([{ action: 'close_all' }]);
  });
});
