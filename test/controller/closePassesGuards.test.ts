import { beforeEach, describe, expect, it } from 'vitest';
import { calls, type FireRequest } from '../../src/api/contract.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Refusal } from '../../src/domain/orders/refusal.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { riskCodes } from '../../src/domain/risk/riskRefusals.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

const hello = { type: 'hello', protocol: 8, login: 1000001, server: 'Broker-Demo', store: 'intact', epoch: 0 };

// One row a guard: it refuses a buy, and a person's close passes it.

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench({ currency: 'USD', leverage: 100, limits: openLimits });
  bench.connect();
  bench.link.says({ type: 'telemetry', uuid: 'u', balance: 3_000, equity: 2_987.5, margin: 0, positions: 1 });
});

const trading = () => bench.controller.bridge('main').orderManager;
const limit = (limits: Partial<typeof openLimits>) => {
  bench.controller.bridge('main').configure({ limits: { ...openLimits, ...limits } }, 'ticket');
  trading().arm('ticket');
};
const telemetry = (figures: Record<string, unknown>) => {
  bench.link.says({
    type: 'telemetry',
    uuid: 'u',
    balance: 3_000,
    equity: 2_987.5,
    margin: 0,
    positions: 1,
    ...figures,
  });
};
const tick = (changes: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.3, spread: 30, ...changes });
};
const seen = { account: 'u', stopUnit: 'points', price: null, positions: null } as const;

type Guard = keyof typeof refusals | (typeof riskCodes)[number];
interface Row {
  /** What the guard needs; without it the buy would leave. */
  happen?: () => unknown;
  /** What is fired. */
  buy?: Partial<FireRequest>;
  /** What the sentence of its refusal has, where others have its code. */
  says?: RegExp;
}

const rows: [guard: Guard, code: Refusal['code'], row: Row][] = [
  [
    'killSwitch',
    'kill_switch',
    {
      happen: () => {
        bench.controller.risk.kill('ticket');
      },
    },
  ],
  [
    'disarmed',
    'disarmed',
    {
      happen: () => {
        trading().disarm(null, 'ticket');
      },
    },
  ],
  [
    'secondEa',
    'second_ea',
    {
      happen: () => {
        bench.link.to.peerRefused('command', '10.0.0.9', 'second');
      },
    },
  ],
  [
    'accountChanged',
    'account_changed',
    {
      happen: () => {
        bench.nameAccount(2_000_002);
      },
      says: /is now on account/,
    },
  ],
  [
    'notLoggedIn',
    'account_changed',
    {
      happen: () => {
        bench.nameAccount(0);
      },
      says: /not logged in/,
    },
  ],
  [
    'accountUnnamed',
    'account_changed',
    {
      happen: () => {
        bench = bridgeBench({ limits: openLimits });
        bench.link.join();
        bench.answerPings();
        bench.clock.advance(1_000);
        bench.answerPings();
        bench.heartbeat();
      },
      says: /not named/,
    },
  ],
  [
    'stopUnitUnset',
    'unit_unknown',
    {
      happen: () => {
        bench.controller.bridge('main').configure({ stopUnit: null }, 'ticket');
        trading().arm('ticket');
      },
    },
  ],
  [
    'positionModeUnset',
    'unit_unknown',
    {
      happen: () => {
        bench.controller.bridge('main').configure({ positionMode: null }, 'ticket');
        trading().arm('ticket');
      },
    },
  ],
  [
    'pointMismatch',
    'unit_unknown',
    {
      happen: () => {
        tick({ spread: 3 });
      },
      says: /XAUUSD/,
    },
  ],
  [
    'staleTelemetry',
    'stale_telemetry',
    {
      happen: () => {
        bench.clock.advance(20_000);
      },
    },
  ],
  [
    'catchingUp',
    'stale_telemetry',
    {
      happen: () => {
        bench.link.leave();
        bench.link.join();
        trading().arm('ticket');
      },
    },
  ],
  [
    'noQuotes',
    'no_quotes',
    {
      happen: () => {
        for (let second = 0; second <= 15; second += 5) {
          bench.clock.advance(5_000);
          bench.link.says({ type: 'status_report', account_balance: 3_000, account_equity: 3_000, account_margin: 0 });
        }
      },
    },
  ],
  [
    'otherDesk',
    'other_desk',
    {
      happen: () => {
        bench.link.says({ ...hello, epoch: 9 });
      },
      says: /another or a newer desk/,
    },
  ],
  [
    'otherProtocol',
    'other_desk',
    {
      happen: () => {
        bench.link.says({ ...hello, protocol: 9 });
      },
      says: /speaks protocol 9/,
    },
  ],
  [
    'eaCloseOnly',
    'ea_close_only',
    {
      happen: () => {
        bench.link.says({ ...hello, features: ['close_only'], close_only: true });
      },
      says: /still takes closes alone/,
    },
  ],
  [
    'positionModeDiffers',
    'terms_differ',
    {
      happen: () => {
        bench.link.says({ ...hello, margin_mode: 'netting' });
      },
      says: /netting by the EA and hedging/,
    },
  ],
  [
    'symbolDiffers',
    'terms_differ',
    {
      happen: () => {
        bench.controller
          .bridge('main')
          .configure({ symbols: [{ ...unknownSymbol('XAUUSD'), contractSize: 7 }] }, 'ticket');
        trading().arm('ticket');
        bench.link.says(hello);
        const lots = { lot_min: 0.01, lot_max: 50, lot_step: 0.01 };
        bench.link.says({ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, ...lots });
      },
      says: /contract size of XAUUSD is 100 by the EA and 7/,
    },
  ],
  [
    'commandUnproved',
    'second_ea',
    {
      happen: () => {
        bench.link.leave();
        bench.link.join();
        bench.clock.advance(3_000);
        bench.nameAccount();
        telemetry({});
        bench.heartbeat();
        bench.clock.advance(3_000);
        telemetry({});
        trading().arm('ticket');
      },
    },
  ],
  [
    'tablePoint',
    'unit_unknown',
    {
      happen: () => {
        tick({ symbol: 'EURUSD', bid: 1.123456, ask: 1.123476, spread: undefined });
      },
      buy: { symbol: 'EURUSD' },
    },
  ],
  [
    'noQuote',
    'no_quotes',
    {
      happen: () => {
        tick();
        for (let s = 0; s < 62; s += 2) {
          bench.clock.advance(2_000);
          telemetry({});
          tick({ symbol: 'EURUSD', bid: 1.1, ask: 1.10002, spread: 2 });
        }
      },
    },
  ],
  [
    'quoteMissing',
    'no_quotes',
    {
      happen: () => {
        tick({ symbol: 'EURUSD', bid: 1.1, ask: 1.10002, spread: 2 });
      },
    },
  ],
  [
    'duplicateOrder',
    'duplicate_order',
    {
      happen: async () => {
        limit({ duplicateWindowS: 30 });
        await bench.fire({ signalId: 'A' });
        bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1 });
      },
    },
  ],
  [
    'unsettled',
    'risk_unsettled',
    {
      happen: async () => {
        await bench.fire({ signalId: 'A' });
        bench.link.says({ type: 'error', signal_id: 'A', error: '?' });
      },
    },
  ],
  ['busy', 'busy', { happen: () => bench.fire({ signalId: 'A', symbol: 'EURUSD' }) }],
  [
    'duplicateId',
    'duplicate_id',
    {
      happen: async () => {
        await bench.fire({ signalId: 'TWICE' });
        bench.link.says({ type: 'error', signal_id: 'TWICE', error: 'No money' });
      },
      buy: { signalId: 'TWICE' },
    },
  ],
  [
    'tooLate',
    'expired',
    {
      happen: () => {
        bench.slowDisk(9_000);
      },
      says: /until the order could leave/,
    },
  ],
  ['changed', 'changed', { buy: { seen: { ...seen, account: 'another' } } }],
  [
    'overtaken',
    'expired',
    {
      happen: () => {
        const now = bench.clock.turn.bind(bench.clock);
        bench.clock.turn = async () => {
          bench.clock.turn = now;
          await bench.fire({ action: 'close_all', symbol: 'ALL' });
          await now();
        };
      },
    },
  ],
  [
    'risk_symbol',
    'risk_symbol',
    {
      happen: () => {
        limit({ symbols: ['EURUSD'] });
      },
    },
  ],
  [
    'risk_stop_required',
    'risk_stop_required',
    {
      happen: () => {
        limit({ stopLossRequired: true });
      },
      buy: { sl: 0 },
    },
  ],
  [
    'risk_stop_distance',
    'risk_stop_distance',
    {
      happen: () => {
        limit({ stopDistance: { min: 100, max: null } });
      },
    },
  ],
  [
    'risk_open_trades',
    'risk_open_trades',
    {
      happen: () => {
        limit({ openTrades: 1 });
      },
    },
  ],
  [
    'risk_trades_day',
    'risk_trades_day',
    {
      happen: async () => {
        limit({ tradesPerDay: 1 });
        await bench.fire({ signalId: 'A', symbol: 'EURUSD' });
        bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1 });
      },
    },
  ],
  [
    'risk_trades_minute',
    'risk_trades_minute',
    {
      happen: async () => {
        limit({ tradesPerMinute: 1 });
        await bench.fire({ signalId: 'A', symbol: 'EURUSD' });
        bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1 });
      },
    },
  ],
  [
    'risk_per_trade',
    'risk_per_trade',
    {
      happen: () => {
        limit({ riskPercent: 0.001 });
        bench.controller.bridge('main').configure({ sizesConfirmed: true }, 'ticket');
        trading().arm('ticket');
        tick();
      },
      buy: { sl: 2_000 },
    },
  ],
  [
    'risk_daily_loss',
    'risk_daily_loss',
    {
      happen: () => {
        limit({ dailyLossPercent: 1 });
        telemetry({ equity: 2_000 });
      },
    },
  ],
  [
    'risk_drawdown',
    'risk_drawdown',
    {
      happen: () => {
        limit({ drawdownPercent: 1 });
        telemetry({ equity: 2_000 });
      },
    },
  ],
  [
    'risk_margin_level',
    'risk_margin_level',
    {
      happen: () => {
        limit({ marginLevel: 150 });
        telemetry({ equity: 3_000, margin: 2_900 });
      },
    },
  ],
  [
    'risk_free_margin',
    'risk_free_margin',
    {
      happen: () => {
        limit({ freeMargin: 50 });
        telemetry({ equity: 3_000, margin: 2_990 });
      },
    },
  ],
];

/** These are no guards of an order that leaves. */
const others: Record<string, string> = {
  noEa: 'no connection stops a close too',
  journalFailed: 'a journal that cannot be written stops a close too',
  ended: 'the desk is closing',
  expired: 'of a signal that waits: test/controller/seen.test.ts',
  dismissed: 'the person did not want it',
  late: 'of a signal that waits: a close has no entry',
};

describe("a person's close", () => {
  const close = (changes: Partial<FireRequest> = {}): Promise<Order> =>
    bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0, ...changes });
  /** Orders as the documented EA gets them; protocol 8 has a message of its own for closes. */
  const signals = () =>
    bench.link
      .takeSent()
      .filter(({ type }) => type === 'signal' || type === 'close_all')
      .map((sent): Record<string, unknown> => {
        if (sent['type'] === 'signal') return sent;
        return sent['symbol'] === undefined
          ? { ...sent, action: 'close_all', symbol: 'ALL' }
          : { ...sent, action: 'close' };
      });

  it.each(rows)('passes %s, which refuses a buy as %s', async (_, code, { happen, buy = {}, says = /./ }) => {
    await happen?.();
    const refused = await bench.fire(buy);
    expect(refused.refusal).toMatchObject({ code, reason: expect.stringMatching(says) as string });
    bench.link.takeSent();
    await happen?.();
    bench.link.takeSent();
    const same = { signalId: buy.signalId ?? '', ...(buy.seen === undefined ? {} : { seen: buy.seen }) };
    expect(await close(same)).toMatchObject({ state: 'sent' });
    expect(await close({ ...same, action: 'close_all', symbol: 'ALL' })).toMatchObject({ state: 'sent' });
    expect(signals()).toMatchObject([
      { action: 'close', symbol: 'XAUUSD' },
      { action: 'close_all', symbol: 'ALL' },
    ]);
  });

  it.each([
    ['an ID that another order has', { signalId: 'TWICE' }],
    ['an ID that is none', { signalId: 'not an ID, of more than thirty-one characters' }],
    ['lots that are none', { lot: Number.NaN }],
    ['lots that no EA takes', { lot: -7.123 }],
    ['stops that are none', { sl: Number.NaN, tp: -1 }],
    ['stops in the wrong unit', { sl: 1.15, tp: 1e-9 }],
    ['blanks around its symbol', { symbol: ' XAUUSD\n' }],
  ])('leaves with %s, as a close is written', async (_, changes) => {
    await bench.fire({ signalId: 'TWICE', symbol: 'EURUSD' });
    bench.link.takeSent();
    expect(await close(changes)).toMatchObject({ state: 'sent' });
    expect(await close({ ...changes, action: 'close_all' })).toMatchObject({ state: 'sent' });
    const wire = { lot: 0.01, sl: 0, tp: 0 };
    const [one, all, ...more] = signals();
    expect([one, all]).toMatchObject([
      { ...wire, action: 'close', symbol: 'XAUUSD' },
      { ...wire, action: 'close_all' },
    ]);
    expect(more).toEqual([]);
    for (const sent of [one, all]) expect(sent?.['signal_id']).toMatch(/^BD_(XAUUSD|ALL)?_\w{8}$/);
    expect(bench.order('TWICE').action).toBe('buy');
  });

  it('of everything leaves whatever its symbol is', async () => {
    for (const symbol of ['', 'a"b', 'x'.repeat(64), '\u0000', '金']) {
      expect(await close({ action: 'close_all', symbol })).toMatchObject({ state: 'sent', symbol: 'ALL' });
    }
  });

  it('leaves under the name that was said where the suffix makes none that can be written', async () => {
    bench.controller.bridge('main').configure({ symbolSuffix: '.micro-eu' }, 'ticket');
    const long = 'Volatility 75 Index of Tue.';
    expect(await close({ symbol: long })).toMatchObject({ state: 'sent', symbol: long });
  });

  it('in a symbol that no EA could read is refused, and says to close in MT5', async () => {
    const order = await close({ symbol: 'EUR"USD' });
    expect(order.refusal).toMatchObject({ code: 'invalid_symbol' });
    expect(order.refusal?.nextStep).toMatch(/^Close in MT5 now\./);
  });

  it('leaves under a made ID where the journal cannot say whether its own is taken', async () => {
    bench.journal.findSent = () => {
      throw new Error('disk I/O error');
    };
    expect(await close({ signalId: 'MINE' })).toMatchObject({ state: 'sent' });
    expect((await bench.fire()).refusal?.code).toBe('journal_failed');
  });

  it('is not held by the call either: what closing does not need is put right', () => {
    const read = (input: unknown) => calls.fire.input.safeParse(input).data;
    const whole = { bridge: null, action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, confirmed: [] };
    expect(
      read({
        action: 'close',
        symbol: 'XAUUSD',
        lot: null,
        sl: 'none',
        signalId: 7,
        confirmed: 'all',
        seen: { price: 'high' },
      }),
    ).toMatchObject({ ...whole, signalId: '' });
    expect(read({ ...whole, signalId: 'x'.repeat(500) })).toMatchObject({ action: 'close' });
    expect(read({ ...whole, action: 'close_all', symbol: null, signalId: '' })).toMatchObject({ action: 'close_all' });
    expect(read({ ...whole, action: 'buy', lot: null, signalId: '' })).toBeUndefined();
  });

  it('has a row for every guard there is', () => {
    const named = new Set<string>([...rows.map(([guard]) => guard), ...Object.keys(others)]);
    const guards = [...Object.keys(refusals), ...riskCodes.filter((code) => code !== 'risk_lot')];
    expect(guards.filter((guard) => !named.has(guard))).toEqual([]);
  });
});
