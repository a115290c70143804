import { describe, expect, it } from 'vitest';
import { noticesBetween } from '../../src/api/presentation/notices.ts';
import type { WaitingSignal } from '../../src/api/state/engines.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { AppState, BridgeState, ChannelState } from '../../src/api/state/state.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { anOrder, aSentOrder } from '../renderer/anOrder.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const bench = bridgeBench();
const base = bench.controller.snapshot().state;
const withOrders = (...orders: Order[]): AppState => ({ ...base, orders });
const between = (before: Order[], after: Order[], at = 2_000) =>
  noticesBetween(withOrders(...before), withOrders(...after), at);

function bridge(state: ChannelState, changes: Partial<BridgeState> = {}): AppState {
  const channels = structuredClone(bench.state().channels);
  for (const channel of Object.values(channels)) channel.state = state;
  return { ...base, bridges: [{ ...bench.state(), channels, ...changes }] };
}

describe('what orders are told of', () => {
  it('a fill says ticket, price, order and bridge', () => {
    expect(between([aSentOrder()], [anOrder()])).toEqual([
      {
        kind: 'fill',
        title: 'Filled: Buy 0.10 XAUUSD',
        body: 'Ticket 8412389 at 2341.47\nVENOM_XAU_001 · Main',
        order: { bridge: 'main', number: 1 },
      },
    ]);
  });

  it.each([
    [{ state: 'rejected', message: 'Market is closed' }, 'reject', 'Rejected: Buy 0.10 XAUUSD', 'Market is closed'],
    [{ state: 'unknown' }, 'unknown', 'Unknown: Buy 0.10 XAUUSD', 'Look in MT5'],
    [{ state: 'filled', late: true, action: 'close' }, 'fill', 'Filled late: Close XAUUSD', 'Ticket'],
    [{ state: 'filled', unverified: true, ticket: null }, 'fill', 'Filled: Buy', 'no ticket or price'],
  ] as const)('an order that becomes %j is a %s', (changes, kind, title, body) => {
    const [notice, ...others] = between([aSentOrder()], [anOrder(changes)]);
    expect(others).toEqual([]);
    expect(notice?.kind).toBe(kind);
    expect(notice?.title).toContain(title);
    expect(notice?.body).toContain(body);
  });

  it('a refusal is told of when it is fresh, one by a limit as a limit', () => {
    const refused = (refusal: Order['refusal']): Order => anOrder({ state: 'refused', refusal, at: 1_000 });
    const byGuard = refused(refusals.journalFailed('The disk is full.'));
    const byLimit = refused({ code: 'risk_daily_loss', reason: 'Too much was lost today.', nextStep: 'Stop.' });
    expect(between([], [byGuard])[0]).toMatchObject({ kind: 'reject', title: 'Refused: Buy 0.10 XAUUSD' });
    expect(between([], [byLimit])[0]).toMatchObject({ kind: 'limit' });
    expect(between([], [byGuard], 60_000)).toEqual([]);
  });

  it('neither a send, nor what is known, nor what a person settled, nor what the journal brings along', () => {
    const settled = anOrder({ settledBy: { by: 'ticket', at: 5, note: '' } });
    expect(between([], [aSentOrder()])).toEqual([]);
    expect(between([anOrder()], [anOrder({ repeats: 1 })])).toEqual([]);
    expect(between([anOrder({ state: 'unknown' })], [settled])).toEqual([]);
    expect(between([], [anOrder(), anOrder({ number: 2, state: 'unknown' })])).toEqual([]);
  });

  it('what became of an order while the connection to the app was lost is told of by the next snapshot', () => {
    const before = structuredClone(withOrders(aSentOrder(), anOrder({ number: 2 })));
    const after = structuredClone(withOrders(anOrder({ state: 'unknown', doubt: 'restart' }), anOrder({ number: 2 })));
    expect(noticesBetween(before, after, 2_000).map(({ kind }) => kind)).toEqual(['unknown']);
  });
});

describe('what signals are told of', () => {
  const signal = (number: number): WaitingSignal => ({
    ...{ number, source: 'engine VENOM', bridge: 'main', signalId: `S${String(number)}`, longId: null, note: null },
    ...{
      action: 'buy',
      change: null,
      symbol: 'XAUUSD',
      asked: 'buy XAUUSD, lot 0.1',
      planned: null,
      problem: null,
      obstacle: null,
      refused: null,
    },
    ...{ at: 1_000, expiresAt: 61_000 },
  });

  it('one that begins to wait, once, with its source and its time', () => {
    const one: AppState = { ...base, waiting: [signal(1)] };
    expect(noticesBetween(base, one, 2_000)).toEqual([
      {
        kind: 'signal',
        title: 'A signal waits for you: buy XAUUSD, lot 0.1',
        body: 'By engine VENOM · Main\nFire or dismiss it in the desk. It expires after 60 s.',
        order: null,
      },
    ]);
    const two: AppState = { ...base, waiting: [signal(1), signal(2)] };
    expect(noticesBetween(one, two, 2_000)).toHaveLength(1);
    expect(noticesBetween(two, one, 2_000)).toEqual([]);
  });
});

describe('what bridges are told of', () => {
  it('a lost EA once, however many channels go down, and its return once all are up', () => {
    const live = bridge('live');
    const half = structuredClone(live);
    if (half.bridges[0] !== undefined) half.bridges[0].channels.telemetry.state = 'down';
    const down = bridge('down');
    expect(noticesBetween(live, half, 0)).toMatchObject([
      { kind: 'disconnect', title: 'Main: the EA is disconnected', order: null },
    ]);
    expect(noticesBetween(half, down, 0)).toEqual([]);
    expect(noticesBetween(down, half, 0)).toEqual([]);
    expect(noticesBetween(half, live, 0)).toMatchObject([{ kind: 'disconnect', title: 'Main: the EA is back' }]);
  });

  it('a bridge that only begins, or a quiet one, is no disconnection', () => {
    expect(noticesBetween({ ...base, bridges: [] }, bridge('down'), 0)).toEqual([]);
    expect(noticesBetween(bridge('live'), bridge('quiet'), 0)).toEqual([]);
  });

  it('a limit when it begins to refuse, with its figures', () => {
    const loss = { code: 'risk_daily_loss', name: 'Daily loss', limit: 5, value: 4.1, unit: '%', state: 'ok' } as const;
    const broken = { ...loss, value: 5.23, state: 'blocked' } as const;
    const ok = bridge('live', { stream: 'current', risk: [loss] });
    const over = bridge('live', { stream: 'current', risk: [broken] });
    expect(noticesBetween(ok, over, 0)).toEqual([
      {
        kind: 'limit',
        title: 'Main: daily loss is at its limit',
        body: '5.2 %, the limit is 5.0 %. Every buy and sell is refused.',
        order: null,
      },
    ]);
    expect(noticesBetween(over, structuredClone(over), 0)).toEqual([]);
    expect(noticesBetween(bridge('live', { stream: 'history', risk: [loss] }), over, 0)).toEqual([]);
  });

  it('the paper bridge says that it is one', () => {
    const [notice] = noticesBetween(bridge('live', { kind: 'paper' }), bridge('down', { kind: 'paper' }), 0);
    expect(notice?.title).toBe('Main (PAPER): the EA is disconnected');
  });
});
