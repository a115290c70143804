import { beforeEach, describe, expect, it } from 'vitest';
import type { FireRequest } from '../../src/api/contract.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

const limits = { ...openLimits, drawdownPercent: 20, dailyLossPercent: 5 };
let bench: BridgeBench;

const fire = async (changes: Partial<FireRequest> = {}) => {
  const { state, refusal } = await bench.fire(changes);
  return refusal?.code ?? state;
};
/** A heartbeat, and the pulse after it. */
function tell(equity: number, more: Record<string, unknown> = {}): void {
  bench.link.says({ type: 'heartbeat', balance: equity, equity, margin: 0, positions: 0, ...more });
  bench.clock.advance(300);
}
function status(account: unknown, server?: unknown): void {
  bench.link.says({ type: 'status', status: 'config', account, ...(server === undefined ? {} : { server }) });
}
/** Another handshake, until the stream is current. */
function rejoin(): void {
  bench.link.leave();
  bench.link.join();
  bench.answerPings();
  bench.clock.advance(1_000);
  bench.answerPings();
}
const trading = () => bench.controller.bridge('main').orderManager;
const alarmCodes = () => bench.controller.snapshot().state.alarms.map(({ code }) => code);
const names = (key: string) => bench.journal.remembered(key);

beforeEach(() => {
  bench = bridgeBench({ limits });
});

describe('one account under two names', () => {
  const uuid = { type: 'telemetry', uuid: 'user-001' };

  it.each([
    ['that is named beside the login', () => undefined],
    [
      'after a handshake in which it was named first',
      () => {
        rejoin();
      },
    ],
  ])('keeps its peak and the start of its day under a uuid %s', async (_, before) => {
    bench.connect();
    tell(10_000);
    tell(7_000);
    before();
    tell(7_000, uuid);
    bench.nameAccount();
    tell(7_000, uuid);
    expect(bench.state()).toMatchObject({
      armed: true,
      accountProblem: null,
      riskBase: { peakEquity: 10_000, dayStartEquity: 10_000 },
    });
    expect(await fire()).toBe('risk_daily_loss');
    expect(alarmCodes()).not.toContain('account_changed');
  });

  it('is one over a restart too, whichever name comes first, and what a person re-based stays', async () => {
    bench.connect();
    tell(10_000);
    tell(10_000, uuid);
    trading().accountWatch.rebase('ticket', 'withdrawal');
    tell(9_000);
    trading().accountWatch.rebase('ticket', 'withdrawal');
    await bench.controller.stop();
    bench = bridgeBench({ limits }, bench);
    bench.connect();
    tell(8_900);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 9_000, dayStartEquity: 9_000 });
    tell(8_900, uuid);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 9_000, dayStartEquity: 9_000 });
  });

  it('is joined from a journal of before, which kept both names apart', () => {
    const base = { day: '2026-01-05', dayStartEquity: 9_000, peakEquity: 12_000, rebasedAt: null };
    const login = '1000001@Broker-Demo';
    const remember = (key: string, value: unknown) => ({ at: 1, entry: { type: 'remember' as const, key, value } });
    const progress = { startingBalance: 1_000, profits: [5, 10], marginIsLow: false };
    bench.journal.write([
      remember('account:main', { uuid: 'user-001', login, person: null }),
      remember(`risk:main:${login}`, base),
      remember('risk:main:user-001', { ...base, dayStartEquity: 7_000, peakEquity: 7_000 }),
      remember(`milestones:${login}`, progress),
      remember('milestones:user-001', { ...progress, startingBalance: 1_200, profits: [] }),
    ]);
    bench = bridgeBench({ limits }, bench);
    bench.connect();
    tell(7_100, { ...uuid, balance: 1_100 });
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 12_000, dayStartEquity: 9_000 });
    expect(names('accounts:main')).toMatchObject([{ key: 'user-001', uuid: 'user-001', login }]);
    tell(7_100, { ...uuid, balance: 1_250 });
    const milestones = bench.journal.entries().flatMap(({ entry }) => (entry.type === 'milestone' ? [entry] : []));
    expect(milestones.map(({ milestone }) => milestone)).toEqual([{ kind: 'profit', step: 25, balance: 1_250 }]);
  });

  it('is not one with another login under the same uuid', async () => {
    bench.connect();
    tell(10_000, uuid);
    rejoin();
    status(2, 'Broker-Demo');
    tell(1_000, uuid);
    expect(bench.state()).toMatchObject({ armed: false, accountProblem: { kind: 'changed', now: '2@Broker-Demo' } });
    trading().accountWatch.accept('2@Broker-Demo', 'ticket');
    trading().arm('ticket');
    tell(1_000, uuid);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 1_000, dayStartEquity: 1_000 });
    expect(await fire({ signalId: 'B' })).toBe('sent');
    expect(bench.order('B').account).toBe('2@Broker-Demo');
  });
});

describe('figures of the account before', () => {
  it('are not used for the next one, nor is its base, from accepting it until its first figures', async () => {
    bench.connect();
    tell(1_000, { positions: 3, margin: 10 });
    rejoin();
    status(2, 'Broker-Demo');
    expect(bench.state()).toMatchObject({
      riskBase: null,
      account: { balance: null, equity: null, margin: null, positions: null, at: null },
    });
    trading().accountWatch.accept('2@Broker-Demo', 'ticket');
    trading().arm('ticket');
    expect(bench.state().riskBase).toBeNull();
    expect(await fire()).toBe('stale_telemetry');
    bench.link.says({ type: 'heartbeat', balance: 500, equity: 500 });
    expect(bench.state()).toMatchObject({ riskBase: null, account: { equity: 500, margin: null, positions: null } });
    expect(await fire()).toMatch(/^risk_/);
    bench.clock.advance(300);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 500, dayStartEquity: 500 });
  });

  it('nor the margin within seconds of a handshake', () => {
    bench = bridgeBench({ limits: { ...openLimits, freeMargin: 50 } });
    bench.connect();
    tell(1_000, { margin: 10 });
    const row = () => bench.state().risk.find(({ code }) => code === 'risk_free_margin');
    const known = row();
    rejoin();
    bench.nameAccount();
    bench.link.says({ type: 'heartbeat', balance: 1_000, equity: 1_000 });
    expect(known).not.toEqual(row());
    expect(JSON.stringify(row())).toContain('null');
  });

  it('nor after a change within one connection, there and back', () => {
    bench.connect();
    tell(1_000, { positions: 3, margin: 10 });
    status(2, 'Broker-Demo');
    expect(bench.state().account).toMatchObject({ login: '2', equity: null, margin: null, positions: null });
    tell(50, { positions: 9 });
    bench.nameAccount();
    expect(bench.state()).toMatchObject({ accountProblem: null, account: { equity: null, positions: null } });
    tell(1_000);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 2_987.5, dayStartEquity: 1_000 });
  });

  it('nor does a close of before count as done by the positions of another account', async () => {
    bench.connect();
    tell(1_000, { positions: 3 });
    await bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0, signalId: 'CLOSE' });
    bench.link.says({ type: 'trade_result', signal_id: 'CLOSE', status: 'success' });
    rejoin();
    status(2, 'Broker-Demo');
    tell(500, { positions: 0 });
    expect(bench.order('CLOSE').state).toBe('unknown');
  });
});

describe('positions that were told once', () => {
  it('are too old after the same time as other figures', async () => {
    bench = bridgeBench({ limits: { ...openLimits, openTrades: 5 } });
    bench.connect();
    tell(1_000, { positions: 1 });
    expect(await fire({ signalId: 'A' })).toBe('sent');
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'failed', message: 'Market closed' });
    for (let s = 0; s < 16; s += 1) {
      bench.link.says({ type: 'heartbeat', balance: 1_000, equity: 1_000 });
      bench.clock.advance(1_000);
      bench.answerPings();
    }
    expect(bench.state().account).toMatchObject({ equity: 1_000, positions: null });
    expect(await fire({ signalId: 'B' })).toBe('risk_open_trades');
    tell(1_000, { positions: 1 });
    expect(await fire({ signalId: 'C' })).toBe('sent');
  });
});

describe('a terminal that is not logged in', () => {
  const blocked = { accountProblem: { kind: 'not_logged_in' } };

  it.each([
    ['account 0', 0, 'Broker-Demo'],
    ['account 0 as text', '0', 'Broker-Demo'],
    ['an empty account', '', 'Broker-Demo'],
    ['an empty server', 1000001, ''],
    ['a server of blanks', 1000001, '  '],
    ['no server', 1000001, undefined],
  ])('with %s is no account, and is asked again until it names one', async (_, account, server) => {
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    status(account, server);
    tell(0);
    expect(bench.state()).toMatchObject({ ...blocked, riskBase: null });
    expect(await bench.fire()).toMatchObject({ refusal: { code: 'account_changed', nextStep: /Log in/ } });
    expect(names('account:main')).toBeNull();
    bench.link.takeSent();
    bench.clock.advance(5_000);
    expect(bench.link.takeSent().map(({ type }) => type)).toContain('config');
    bench.nameAccount();
    expect(bench.state()).toMatchObject({ accountProblem: null, riskBase: null });
    tell(3_000);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 3_000, dayStartEquity: 3_000 });
    expect(await fire()).toBe('sent');
    bench.clock.advance(5_000);
    expect(bench.link.takeSent().map(({ type }) => type)).not.toContain('config');
    expect(bench.journal.entries().filter(({ entry }) => entry.type === 'account')).toHaveLength(1);
  });

  it('for a while changes no account, and counts nothing that it tells', async () => {
    bench.connect();
    tell(3_000);
    status(0, '');
    tell(0);
    bench.clock.advance(10_000);
    tell(0);
    expect(bench.state()).toMatchObject({ ...blocked, armed: true });
    expect(await fire({ signalId: 'A' })).toBe('account_changed');
    bench.nameAccount();
    expect(bench.state()).toMatchObject({ accountProblem: null, armed: true, account: { equity: null } });
    tell(2_990);
    expect(bench.state().riskBase).toMatchObject({ peakEquity: 3_000, dayStartEquity: 3_000 });
    expect(await fire({ signalId: 'B' })).toBe('sent');
    expect(alarmCodes()).toEqual([]);
  });

  it('can not be armed', () => {
    bench = bridgeBench({ limits, armed: false });
    bench.connect();
    status(0, '');
    expect(() => {
      trading().arm('ticket');
    }).toThrow('not logged in');
  });

  it('begins no day by an equity of 0', () => {
    bench = bridgeBench({ limits: { ...limits, day: { timeZone: 'UTC', startsAt: '09:02' } } });
    bench.connect();
    tell(3_000);
    bench.clock.advance(130_000);
    tell(0);
    expect(bench.state().riskBase).toMatchObject({ day: '2026-01-04', dayStartEquity: 3_000 });
    tell(2_900);
    expect(bench.state().riskBase).toMatchObject({ day: '2026-01-05', dayStartEquity: 2_900, peakEquity: 3_000 });
  });
});

describe('statistics', () => {
  it('count one account under two names once, found by either', async () => {
    bench.connect();
    tell(3_000);
    const from = { from: null, to: null, source: null, symbol: null };
    for (const signalId of ['A', 'B']) {
      await bench.fire({ signalId });
      bench.link.says({ type: 'trade_result', signal_id: signalId, status: 'success', ticket: 1, price: 1 });
      tell(3_000, { type: 'telemetry', uuid: 'user-001' });
    }
    const { records } = bench.controller.bridge('main');
    for (const account of [null, 'user-001', '1000001@Broker-Demo']) {
      const { totals, byAccount, choices } = await records.statistics({ ...from, account });
      expect(totals.orders).toBe(2);
      expect(byAccount.map(({ name }) => name)).toEqual(['user-001']);
      expect(choices.accounts).toEqual(['user-001']);
      expect((await records.xp(account, 50)).total).toBe((await records.xp(null, 50)).total);
    }
  });
});
