import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

const symbols = defaultSymbols.map((spec) => (spec.symbol === 'US30' ? { ...spec, alias: 'DJ30' } : spec));
let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench({ symbols, symbolSuffix: '.m', currency: 'USD' });
  bench.connect();
});

afterEach(async () => {
  await bench.controller.stop();
});

const tick = (symbol: string, bid: number, ask: number, spread: number): void => {
  bench.link.says({ type: 'tick', symbol, bid, ask, spread });
};

describe('the broker’s name of a symbol', () => {
  it.each([
    ['XAUUSD', 'XAUUSD.m'],
    ['XAUUSD.m', 'XAUUSD.m'],
    ['US30', 'DJ30'],
    ['DJ30', 'DJ30'],
    ['AAPL', 'AAPL.m'],
  ])('of %s is what the EA gets: %s', async (fired, sent) => {
    bench.link.takeSent();
    expect(await bench.fire({ symbol: fired, sl: 0, tp: 0 })).toMatchObject({ state: 'sent', symbol: sent });
    expect(bench.link.takeSent()).toMatchObject([{ type: 'signal', symbol: sent }]);
  });

  it('is put into a close too, and not into a close of everything', async () => {
    const close = { lot: 0.01, sl: 0, tp: 0 };
    expect((await bench.fire({ ...close, action: 'close', symbol: 'XAUUSD' })).symbol).toBe('XAUUSD.m');
    expect((await bench.fire({ ...close, action: 'close_all', symbol: 'ALL' })).symbol).toBe('ALL');
  });

  it('has the lots of its row', async () => {
    const lots = { min: 0.5, max: 1, step: 0.5 };
    const own = symbols.map((spec) => (spec.symbol === 'XAUUSD' ? { ...spec, lots } : spec));
    bench.controller.bridge('main').configure({ symbols: own }, 'ticket');
    expect((await bench.fire({ symbol: 'XAUUSD', lot: 0.1 })).refusal?.reason).toContain('below the minimum of 0.5');
  });
});

describe('a point that table and ticks don’t agree on', () => {
  beforeEach(() => {
    tick('XAUUSD.m', 2341.221, 2341.471, 250);
  });

  it('stops every order with a stop in points', async () => {
    expect((await bench.fire({ symbol: 'XAUUSD' })).refusal).toMatchObject({
      code: 'unit_unknown',
      reason:
        'A point of XAUUSD.m is 0.01 in the symbol table and 0.001 by its ticks, so it is not known what a stop in points means.',
    });
  });

  it('stops none without a stop, none in prices, and none when the table says nothing', async () => {
    expect((await bench.fire({ symbol: 'XAUUSD', sl: 0, tp: 0 })).state).toBe('sent');
    const bridge = bench.controller.bridge('main');
    bridge.configure({ symbols: [unknownSymbol('XAUUSD')] }, 'ticket');
    expect((await bench.fire({ symbol: 'XAUUSD' })).refusal?.code).not.toBe('unit_unknown');
    bridge.configure({ symbols, stopUnit: 'price' }, 'ticket');
    bridge.orderManager.arm('ticket');
    const order = await bench.fire({ symbol: 'XAUUSD', sl: 2330, tp: 2360 });
    expect(order.refusal?.code).not.toBe('unit_unknown');
  });
});

describe('the limit on the risk of one trade', () => {
  // 2 % of 2,987.50 is 59.75 USD.
  beforeEach(() => {
    bench.controller.bridge('main').configure({ limits: { ...openLimits, riskPercent: 2 } }, 'ticket');
  });

  it('turns yen into dollars by the last quote, which it names when there is none', async () => {
    expect((await bench.fire({ symbol: 'EURJPY', lot: 0.1, sl: 100 })).refusal).toMatchObject({
      code: 'risk_per_trade',
      reason: expect.stringContaining('No quote of USDJPY.m, which turns JPY into USD') as string,
    });
    tick('USDJPY.m', 147.208, 147.222, 14);
    tick('EURJPY.m', 160.008, 160.022, 14);
    // 880 points of 0.1 lots are 8,800 JPY, 59.78 USD at the bid; 879 are 59.71.
    expect((await bench.fire({ symbol: 'EURJPY', lot: 0.1, sl: 880 })).refusal?.code).toBe('risk_per_trade');
    expect((await bench.fire({ symbol: 'EURJPY', lot: 0.1, sl: 879 })).state).toBe('sent');
  });
});
