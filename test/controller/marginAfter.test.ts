import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

const limits = { ...openLimits, marginLevel: 150, freeMargin: 50 };
const known = { limits, currency: 'USD', leverage: 100 };
let bench: BridgeBench;

const code = async (order: Promise<Order>): Promise<string> => {
  const { refusal, state } = await order;
  return refusal?.code ?? state;
};
const tick = (symbol: string, bid: number, ask: number, spread: number): void => {
  bench.link.says({ type: 'tick', symbol, bid, ask, spread });
};
const beat = (more: Record<string, unknown> = {}): void => {
  bench.link.says({ type: 'heartbeat', balance: 3_000, equity: 3_000, margin: 0, positions: 0, ...more });
};
const begin = (config: Partial<BridgeConfig> = known, more: Record<string, unknown> = {}): void => {
  bench = bridgeBench(config);
  bench.connect();
  beat(more);
};
const reconnect = (more: Record<string, unknown> = {}): void => {
  bench.link.leave();
  bench.link.join();
  bench.answerPings();
  bench.clock.advance(1_000);
  bench.answerPings();
  bench.nameAccount();
  beat(more);
};
/** One lot of gold takes 2,000 at 1:100. */
const gold = (): void => {
  tick('XAUUSD', 1_999.75, 2_000, 25);
};

describe('the margin level after the order', () => {
  beforeEach(() => {
    begin();
    gold();
  });

  it('is what the limit is about: an order that would bring it to 150 % goes, one below doesn’t', async () => {
    const refused = await bench.fire({ lot: 1.01, signalId: 'A' });
    expect(refused.refusal).toMatchObject({ code: 'risk_margin_level' });
    expect(refused.refusal?.reason).toContain('the margin level would be 148.51 %');
    expect(await bench.fire({ lot: 1, signalId: 'B' })).toMatchObject({ state: 'sent', unchecked: [] });
  });

  it('counts what is in use', async () => {
    beat({ margin: 1_000 });
    expect(await code(bench.fire({ lot: 0.51 }))).toBe('risk_margin_level');
    expect(await code(bench.fire({ lot: 0.5, signalId: 'B' }))).toBe('sent');
  });

  it('counts orders on their way, in doubt, and filled since the margin was told', async () => {
    await bench.fire({ lot: 0.5, signalId: 'A' });
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 2_000 });
    expect(await code(bench.fire({ lot: 0.51, signalId: 'B' }))).toBe('risk_margin_level');
    // Told with the margin, it is counted there alone.
    bench.clock.advance(1_000);
    beat({ margin: 1_000 });
    expect(await code(bench.fire({ lot: 0.5, signalId: 'C' }))).toBe('sent');
    bench.clock.advance(11_000);
    beat({ margin: 1_000 });
    bench.answerPings();
    gold();
    expect(bench.order('C').state).toBe('unknown');
    expect(await code(bench.fire({ lot: 0.01, signalId: 'D', confirmed: ['C'] }))).toBe('risk_margin_level');
  });

  it('stops no close', async () => {
    beat({ margin: 100_000 });
    expect(await code(bench.fire({ lot: 0.01 }))).toBe('risk_margin_level');
    expect(await code(bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0, signalId: 'C' }))).toBe('sent');
  });
});

describe('the free margin after the order', () => {
  it('has its limit kept', async () => {
    begin({ ...known, limits: { ...limits, marginLevel: null, freeMargin: 1_000 } });
    gold();
    expect(await code(bench.fire({ lot: 1.01 }))).toBe('risk_free_margin');
    expect(await code(bench.fire({ lot: 1, signalId: 'B' }))).toBe('sent');
  });
});

describe('what the margin takes', () => {
  it.each([
    ['no leverage', { ...known, leverage: null }],
    ['no currency', { ...known, currency: null }],
  ])('and nobody has told: %s marks the order, and the account as it stands is checked', async (_, config) => {
    begin(config);
    gold();
    expect(await bench.fire({ lot: 1.5 })).toMatchObject({ state: 'sent', unchecked: ['margin_after'] });
    beat({ margin: 2_500 });
    expect(await code(bench.fire({ lot: 0.01, symbol: 'XAUUSD', signalId: 'B' }))).not.toBe('sent');
  });

  it('a fresh start trades on the documented EA: four figures, no quotes, no leverage (ADR 9)', async () => {
    bench = bridgeBench({ limits: defaultRiskLimits });
    bench.connect();
    bench.link.says({ type: 'telemetry', uuid: 'user-001', balance: 3_000, equity: 3_000, margin: 112.12 });
    bench.clock.advance(300);
    const order = await bench.fire({ lot: 0.5 });
    expect(order).toMatchObject({ state: 'sent', unchecked: ['point', 'margin_after'] });
    // The account as it stands is checked all the same.
    bench.link.says({ type: 'error', signal_id: order.signalId, error: 'No money' });
    bench.link.says({ type: 'telemetry', uuid: 'user-001', balance: 3_000, equity: 3_000, margin: 2_500 });
    expect(await code(bench.fire({ lot: 0.01, signalId: 'B' }))).toBe('risk_margin_level');
  });

  it('is not asked for where both limits are off', async () => {
    begin({ ...known, leverage: null, limits: openLimits });
    gold();
    expect((await bench.fire()).unchecked).toEqual([]);
  });

  it('and was told before: an order is refused until it is told again', async () => {
    begin({ ...known, leverage: null }, { leverage: 100 });
    gold();
    expect(await code(bench.fire({ lot: 1.5 }))).toBe('risk_margin_level');
    reconnect();
    gold();
    const { refusal } = await bench.fire({ lot: 0.01, signalId: 'B' });
    expect(refusal).toMatchObject({ code: 'risk_margin_level' });
    expect(refusal?.reason).toContain("has not told the account's leverage since it connected anew");
    beat({ leverage: '1:100' });
    expect(await bench.fire({ lot: 0.01, signalId: 'C' })).toMatchObject({ state: 'sent', unchecked: [] });
  });

  it('is a quote of another pair that has become too old: refused, with a sentence', async () => {
    begin({ ...known, currency: 'EUR' });
    gold();
    expect((await bench.fire({ lot: 0.01, signalId: 'A' })).unchecked).toEqual(['margin_after']);
    bench.link.says({ type: 'error', signal_id: 'A', error: 'No money' });
    tick('EURUSD', 1.1, 1.10012, 12);
    expect((await bench.fire({ lot: 0.01, signalId: 'B' })).unchecked).toEqual([]);
    bench.link.says({ type: 'error', signal_id: 'B', error: 'No money' });
    for (let second = 0; second < 3_610; second += 5) {
      bench.clock.advance(5_000);
      beat();
    }
    gold();
    const { refusal } = await bench.fire({ lot: 0.01, signalId: 'C' });
    expect(refusal?.reason).toContain('No quote of EURUSD, which turns USD into EUR, has been seen lately');
  });
  it('is a quote of another pair that was pushed out: refused too', async () => {
    begin({ ...known, currency: 'PLN' });
    tick('USDPLN', 4, 4.001, 10);
    for (let index = 0; index < 199; index += 1) tick(`OTHER${String(index)}`, 1.1, 1.2, 1);
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      beat();
    }
    for (let index = 0; index < 200; index += 1) tick(`LATER${String(index)}`, 1.1, 1.2, 1);
    gold();
    const { refusal } = await bench.fire({ lot: 0.01 });
    expect(refusal).toMatchObject({ code: 'risk_margin_level' });
    expect(refusal?.reason).toContain('No quote of USDPLN');
  });
});
