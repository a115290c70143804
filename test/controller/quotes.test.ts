import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { planProofOrder } from '../../src/api/queries/trialOrderPlan.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;
const code = async (order: Promise<Order>): Promise<string> => {
  const { refusal, state } = await order;
  return refusal?.code ?? state;
};
const tick = (symbol: string, bid: number, ask: number, spread?: number): void => {
  bench.link.says({ type: 'tick', symbol, bid, ask, ...(spread === undefined ? {} : { spread }) });
};
const reconnect = (): void => {
  bench.rejoin();
  bench.nameAccount();
  bench.heartbeat();
};

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

describe('an EA that sends no quotes', () => {
  it('trades, and the order says that its point was not checked', async () => {
    const order = await bench.fire({ signalId: 'A' });
    expect(order).toMatchObject({ state: 'sent', unchecked: ['point'] });
  });

  it('has nothing to check of an order without stops, and of stops as prices', async () => {
    expect((await bench.fire({ sl: 0, tp: 0 })).unchecked).toEqual([]);
    bench = bridgeBench({ stopUnit: 'price' });
    bench.connect();
    expect((await bench.fire({ sl: 2300, tp: 2400 })).unchecked).toEqual([]);
  });
});

describe('an EA that sends quotes', () => {
  it('trades no symbol of which it has sent none, also while the market of the other is closed', async () => {
    tick('EURUSD', 1.1, 1.10012, 12);
    const order = await bench.fire();
    expect(order.refusal).toMatchObject({
      code: 'no_quotes',
      reason: expect.stringContaining('it quotes EURUSD') as string,
    });
    expect((await bench.fire({ symbol: 'EURUSD', signalId: 'B' })).unchecked).toEqual([]);
    bench = bridgeBench();
    bench.connect();
    tick('XAUUSD', 0, 0, 0);
    expect(await code(bench.fire())).toBe('no_quotes');
  });

  it('closes whatever it quotes', async () => {
    tick('EURUSD', 1.1, 1.10012, 12);
    expect(await code(bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0 }))).toBe('sent');
  });

  it('is said to have moved, where it quotes another symbol by now', async () => {
    tick('XAUUSD', 2341, 2341.25, 25);
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      bench.heartbeat();
    }
    expect((await bench.fire()).refusal?.reason).toContain('its market is probably closed');
    tick('EURUSD', 1.1, 1.10012, 12);
    const { refusal } = await bench.fire();
    expect(refusal?.reason).toContain(
      'it quotes EURUSD: the EA has moved to another chart, or the market of XAUUSD is closed',
    );
  });

  it('has its old price refused by a clock that never goes back', async () => {
    tick('XAUUSD', 2341, 2341.25, 25);
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      bench.heartbeat();
    }
    bench.clock.jump(-60_000);
    bench.controller.risk.arm('main', 'ticket');
    expect(await code(bench.fire())).not.toBe('sent');
    expect(bench.order(bench.controller.snapshot().state.orders[0]?.signalId ?? '').quote).toBeNull();
  });

  it('marks a point that its ticks without a spread don’t tell', async () => {
    tick('XAUUSD', 2341.22, 2341.47);
    expect((await bench.fire()).unchecked).toEqual(['point']);
  });
});

describe('more symbols than there are places for', () => {
  const others = (count: number): void => {
    for (let index = 0; index < count; index += 1) tick(`OTHER${String(index)}`, 1.1, 1.2, 1);
  };

  it('never push out one of the symbol table', async () => {
    others(300);
    for (const bid of [2341.221, 2341.222, 2341.223]) tick('XAUUSD', bid, bid + 0.25, 250);
    expect(await code(bench.fire())).toBe('unit_unknown');
  });

  it('never push out one that was traded, over restarts too', async () => {
    expect(await code(bench.fire({ symbol: 'RARE', signalId: 'R' }))).toBe('sent');
    bench.link.says({ type: 'trade_result', signal_id: 'R', status: 'success', ticket: 7, price: 1.5 });
    await bench.controller.stop();
    bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });
    bench.connect();
    others(300);
    tick('RARE', 1.5, 1.6, 1);
    expect(bench.controller.snapshot().state.quotes['main']?.some(({ symbol }) => symbol === 'RARE')).toBe(true);
    expect(await code(bench.fire({ symbol: 'RARE' }))).toBe('sent');
  });

  it('refuse one that has none, which has a place from its next quote on', async () => {
    others(300);
    tick('RARE', 1.5, 1.6, 1);
    const order = await bench.fire({ symbol: 'RARE' });
    expect(order.refusal?.code).toBe('no_quotes');
    expect(order.refusal?.reason).toContain('was not kept');
    tick('RARE', 1.5, 1.6, 1);
    expect(await code(bench.fire({ symbol: 'RARE', signalId: 'R2' }))).toBe('sent');
  });

  it('give way to others when nothing more is heard of them', () => {
    others(200);
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      bench.heartbeat();
    }
    tick('LATER', 1.5, 1.6, 1);
    expect(bench.controller.snapshot().state.quotes['main']?.map(({ symbol }) => symbol)).toEqual(['LATER']);
  });
});

describe('three decimals of prices', () => {
  it('contradict a point of 0.01, also when no spread is told', async () => {
    tick('XAUUSD', 2341.221, 2341.471);
    const order = await bench.fire();
    expect(order.refusal).toMatchObject({
      code: 'unit_unknown',
      reason: expect.stringContaining('3 decimals') as string,
    });
    expect(await code(bench.fire({ sl: 0, tp: 0, signalId: 'B' }))).toBe('sent');
  });

  it('are not seen in what a sum in floating point adds', async () => {
    tick('XAUUSD', 2341.22, 2341.22 + 0.1 + 0.2);
    expect(await code(bench.fire())).toBe('sent');
  });

  it('say nothing where the table has no point', async () => {
    bench = bridgeBench({ symbols: [unknownSymbol('XAUUSD')] });
    bench.connect();
    tick('XAUUSD', 2341.221, 2341.471);
    expect((await bench.fire()).unchecked).toEqual(['point']);
  });
});

describe('after a new connection', () => {
  beforeEach(() => {
    tick('XAUUSD', 2341, 2341.25, 25);
    reconnect();
  });

  it('a symbol that the EA has left has no quote since it moved', async () => {
    tick('EURUSD', 1.1, 1.10012, 12);
    const { refusal } = await bench.fire();
    expect(refusal?.code).toBe('no_quotes');
    expect(refusal?.reason).toBe('No quote of XAUUSD since the EA moved or connected anew: it quotes EURUSD.');
    expect(refusal?.reason).not.toContain('closed');
    tick('XAUUSD', 2341, 2341.25, 25);
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('sent');
  });

  it('a quote from before is no price of now, and is told so', async () => {
    const [quote] = bench.controller.snapshot().state.quotes['main'] ?? [];
    expect(quote).toMatchObject({ symbol: 'XAUUSD', earlier: true });
    // Nor is it a price that a trial order's stop could be put to.
    const bridge = { ...bench.state(), stopUnit: 'price' as const };
    expect(planProofOrder(bridge, quote === undefined ? [] : [quote], 'XAUUSD').sl).toBeNull();
    expect(
      planProofOrder(bridge, quote === undefined ? [] : [{ ...quote, earlier: false }], 'XAUUSD').sl,
    ).not.toBeNull();
    const order = await bench.fire();
    expect(order).toMatchObject({ quote: null, refusal: { code: 'no_quotes' } });
    tick('XAUUSD', 2342, 2342.25, 25);
    expect(bench.controller.snapshot().state.quotes['main']).toMatchObject([{ bid: 2342, earlier: false }]);
  });

  it('an EA that sends no quotes any more trades like one that never did, once it has had time to', async () => {
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      bench.heartbeat();
    }
    expect(await bench.fire()).toMatchObject({ state: 'sent', unchecked: ['point'], quote: null });
  });
});
