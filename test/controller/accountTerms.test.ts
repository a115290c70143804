import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';

const limits = { ...openLimits, riskPercent: 2 };
let bench: BridgeBench;
const tick = (symbol: string, bid: number, ask: number, spread: number): void => {
  bench.link.says({ type: 'tick', symbol, bid, ask, spread });
};
const beat = (more: Record<string, unknown> = {}): void => {
  bench.link.says({ type: 'heartbeat', balance: 3_000, equity: 3_000, margin: 0, positions: 0, ...more });
  bench.clock.advance(300);
};
const begin = (config: Partial<BridgeConfig>, more: Record<string, unknown> = {}): void => {
  bench = bridgeBench({ limits, ...config });
  bench.connect();
  beat(more);
  tick('XAUUSD', 1_999.75, 2_000, 25);
};
/** Stops of gold in points of 0.01: 600 points of 0.1 lots are 60 USD, 2 % of 3,000. */
const risk = async (sl: number, changes: { symbol?: string; lot?: number } = {}): Promise<string> => {
  const { refusal, state } = await bench.fire({
    sl,
    tp: 0,
    signalId: `R${String(Math.random()).slice(2)}`,
    ...changes,
  });
  if (refusal === null)
    bench.link.says({
      type: 'error',
      signal_id: bench.controller.snapshot().state.orders[0]?.signalId,
      error: 'No money',
    });
  return refusal?.reason ?? state;
};

describe('currency and leverage that the EA tells', () => {
  it.each(['USD', ' usd '])('are taken where nothing is set: "%s"', async (currency) => {
    begin({}, { currency, leverage: 500 });
    expect(bench.state().account).toMatchObject({ currency: 'USD', leverage: 500 });
    expect(await risk(600)).toBe('sent');
    expect(await risk(601)).toContain('would risk');
  });

  it('are compared before repeated results of the same pulse are written', async () => {
    begin({ currency: 'USD' }, { currency: 'USD' });
    await bench.fire({ signalId: 'A', sl: 100, tp: 0 });
    const result = { type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 2_000 };
    for (let time = 0; time < 3; time += 1) bench.link.says(result);
    // The second repeat falls due between two pulses.
    bench.clock.advance(1_000);
    beat({ currency: 'EUR' });
    const rows = bench.journal.entries().flatMap(({ entry }) => {
      if (entry.type === 'alarm') return [entry.alarm.code];
      return entry.type === 'order' && entry.order.repeats > 0 ? [`repeats ${String(entry.order.repeats)}`] : [];
    });
    expect(rows).toEqual(['repeats 1', 'repeated_feedback', 'terms_differ', 'repeats 2']);
  });

  it.each<[string, { currency?: string; leverage?: number }, string]>([
    ['currency', { currency: 'EUR' }, "The account's currency is EUR by the EA and USD in the settings of the bridge"],
    ['leverage', { leverage: 30 }, "The account's leverage is 1:30 by the EA and 1:100 in the settings of the bridge"],
  ])(
    'are compared where they are set: a %s that differs is an alarm, and nothing is sized in money',
    async (_, told, sentence) => {
      begin({ currency: 'USD', leverage: 100 }, told);
      expect(await risk(100)).toContain(sentence);
      const alarms = bench.controller.snapshot().state.alarms.filter(({ code }) => code === 'terms_differ');
      expect(alarms).toMatchObject([
        { level: 'critical', count: 1, text: expect.stringContaining(sentence) as string },
      ]);
      beat(told);
      expect(bench.controller.snapshot().state.alarms.filter(({ code }) => code === 'terms_differ')).toHaveLength(1);
      bench.controller
        .bridge('main')
        .configure(
          { currency: told.currency ?? 'USD', leverage: told.leverage ?? 100, symbols: [...defaultSymbols] },
          'ticket',
        );
      expect(await risk(100)).not.toContain(sentence);
    },
  );

  it('let lots that a person typed go, where no limit is about money', async () => {
    begin({ currency: 'USD', limits: openLimits }, { currency: 'EUR' });
    expect((await bench.fire()).state).toBe('sent');
  });

  it.each([{ currency: 5 }, { currency: 'US dollars' }, { leverage: 0 }, { leverage: 'high' }, { leverage: null }])(
    'cost nothing but themselves where they can’t be read: %o',
    (told) => {
      begin({}, told);
      expect(bench.state().account).toMatchObject({ currency: null, leverage: null, equity: 3_000 });
      expect(bench.state().unreadable).toBe(0);
    },
  );

  it('come with the account’s own names', () => {
    begin({}, { user_uuid: 'user-001' });
    expect(bench.state().account).toMatchObject({ uuid: 'user-001', login: '1000001' });
    beat({ account: 2, server: 'Broker-Demo' });
    expect(bench.state().accountProblem).toMatchObject({ kind: 'changed', now: '2@Broker-Demo' });
  });
});

describe('a cent account', () => {
  it.each(['USC', 'USX'])('%s has a hundred for one of its currency', async (currency) => {
    begin({ currency });
    // 3,000 cents are 30 USD, of which 2 % are 0.60: 60 points of 0.01 lots.
    expect(await risk(60, { lot: 0.01 })).toBe('sent');
    expect(await risk(61, { lot: 0.01 })).toContain('would risk 2.04 %');
  });

  it('EUC is turned by the rate of its currency', async () => {
    begin({ currency: 'EUC' });
    tick('EURUSD', 1.2, 1.2, 0);
    // 0.60 EUR are 0.72 USD.
    expect(await risk(72, { lot: 0.01 })).toBe('sent');
    expect(await risk(73, { lot: 0.01 })).toContain('would risk');
  });
});

describe('contract sizes that nobody confirmed', () => {
  const us30 = { symbol: 'US30', lot: 0.1 };
  beforeEach(() => {
    begin({ currency: 'USD' });
    tick('US30', 39_000, 39_000, 0);
  });

  it('size nothing until a person has', async () => {
    expect(await risk(100, us30)).toContain('The contract size of US30, 1 units a lot, has not been confirmed');
    bench.controller.bridge('main').configure({ sizesConfirmed: true }, 'ticket');
    expect(await risk(100, us30)).toBe('sent');
  });

  it('count as confirmed in a row that a person has edited', async () => {
    const symbols = defaultSymbols.map((spec) => (spec.symbol === 'US30' ? { ...spec, contractSize: 5 } : spec));
    bench.controller.bridge('main').configure({ symbols }, 'ticket');
    expect(await risk(100, us30)).toBe('sent');
    expect(await risk(100, { symbol: 'XAGUSD' })).not.toBe('sent');
  });

  it('are those of a broker’s name too, and not of gold and currency pairs', async () => {
    const symbols = defaultSymbols.map((spec) => (spec.symbol === 'US30' ? { ...spec, alias: 'DJ30' } : spec));
    bench.controller.bridge('main').configure({ symbols }, 'ticket');
    bench.controller.risk.arm('main', 'ticket');
    tick('DJ30', 39_000, 39_000, 0);
    expect(await risk(100, us30)).toContain('has not been confirmed');
    expect(await risk(100)).toBe('sent');
  });
});

describe('a rate that a person typed', () => {
  const rate = (pair: string, value: number, at: number) => ({ typedRates: [{ pair, rate: value, at }] });

  it.each([
    ['EURUSD', 1.2],
    ['USDEUR', 1 / 1.2],
  ])('turns money where the EA quotes no such pair: %s', async (pair, value) => {
    begin({ currency: 'EUR' });
    expect(await risk(100)).toContain('No quote of EURUSD');
    bench.controller.bridge('main').configure(rate(pair, value, bench.clock.now()), 'ticket');
    // 60 EUR are 72 USD: 720 points of 0.1 lots.
    expect(await risk(719)).toBe('sent');
    expect(await risk(721)).toContain('would risk');
  });

  it('gives way to a quote', async () => {
    begin({ currency: 'EUR' });
    bench.controller.bridge('main').configure(rate('EURUSD', 2, bench.clock.now()), 'ticket');
    tick('EURUSD', 1.2, 1.2, 0);
    expect(await risk(721)).toContain('would risk');
  });

  it.each([1, -1])('is refused when it is more than 24 h away, by a clock set %s', async (direction) => {
    begin({ currency: 'EUR' });
    bench.controller
      .bridge('main')
      .configure(rate('EURUSD', 1.2, bench.clock.now() - direction * 25 * 3_600_000), 'ticket');
    expect(await risk(100)).toContain('The rate of EURUSD that was typed is 25 h old, and holds for 24 h');
  });
});
