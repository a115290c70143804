import { describe, expect, it } from 'vitest';
import type { FireRequest } from '../../src/api/contract.ts';
import { publishedOrder } from '../../src/controller/orders/publishedOrder.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { PendingEntry } from '../../src/domain/orders/pendingEntry.ts';
import { list, opened, pending } from '../support/openBench.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

// Limit, stop and stop-limit orders (N3): placed at the broker, filled by a deal, or gone.

const limit: PendingEntry = { kind: 'limit', price: 2390, limitPrice: null, until: 'gtc' };

function bench(more: Parameters<typeof opened>[0] = {}) {
  const made = opened(more);
  made.bench.controller.risk.arm('main', 'ticket');
  const fire = (entry: PendingEntry, what: Partial<FireRequest> = {}): Promise<Order> =>
    made.bench.fire({ symbol: 'XAUUSD', action: 'buy', lot: 0.1, sl: 100, tp: 100, signalId: 'WAIT', ...what, entry });
  const tells = (message: Record<string, unknown>): void => {
    made.bench.link.says(message);
  };
  const places = (id = 'WAIT', order = '31'): void => {
    tells({ type: 'trade_result', signal_id: id, status: 'success', ticket: order, order, price: 0, retcode: 10008 });
  };
  const deals = (deal: string, more: Record<string, unknown> = {}): void => {
    tells({
      ...{ type: 'deal', deal, kind: 'trade', at: 1, order: '31', position: '31', symbol: 'XAUUSD', side: 'buy' },
      ...{ entry: 'in', lots: 0.1, price: 2389.5, signal_id: 'WAIT', ...more },
    });
  };
  const lists = (orders: unknown[], number: number): void => {
    tells(list('orders', number, orders));
  };
  const alive = (ms: number): void => {
    for (let at = 0; at < ms; at += 1_000) {
      made.bench.clock.advance(1_000);
      tells({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 2 });
      tells({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
      made.read();
    }
  };
  return { ...made, fire, places, deals, listsOrders: lists, alive, tells };
}

const mine = pending(31, { side: 'buy', lots: 0.1, requested: 0.1, price: 2390, signal_id: 'WAIT' });

describe('a pending order', () => {
  it('is sent with its price, is placed and not filled, and a deal fills it', async () => {
    const { fire, sent, places, deals, alive, bench: b } = bench();
    expect(await fire(limit)).toMatchObject({ state: 'sent', entry: limit });
    expect(sent()).toMatchObject({ type: 'signal', action: 'buy_limit', price: 2390, sl: 100, tp: 100, until: 0 });
    places();
    expect(b.order('WAIT')).toMatchObject({ state: 'placed', ticket: '31', price: null, tradedLot: null, doubt: null });
    alive(1_000);
    expect(b.journal.ordersPlaced('main').map(({ signalId }) => signalId)).toEqual(['WAIT']);
    places();
    expect(b.order('WAIT')).toMatchObject({ state: 'placed', contradicted: false });
    deals('41', { lots: 0.04, price: 2390 });
    expect(b.order('WAIT')).toMatchObject({ state: 'filled', ticket: '31', price: 2390, tradedLot: 0.04 });
    // Told again it counts once.
    deals('41', { lots: 0.04, price: 2390 });
    deals('42', { lots: 0.06, price: 2389 });
    expect(b.order('WAIT')).toMatchObject({
      state: 'filled',
      price: 2389.4,
      tradedLot: 0.1,
      message: 'By deals 41, 42.',
    });
    places();
    expect(b.order('WAIT')).toMatchObject({ state: 'filled', contradicted: false });
    alive(1_000);
    expect(b.journal.ordersPlaced('main')).toEqual([]);
  });

  it('leaves as each kind, with its expiry', async () => {
    const { fire, sent, places, tells, bench: b } = bench();
    tells({
      ...{ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, profit_currency: 'USD' },
      ...{ lot_min: 0.01, lot_max: 10, lot_step: 0.01, stops_level: 50, tick_size: 0.05, expiration: 7 },
    });
    const until = b.clock.now() + 3_600_000;
    const kinds = [
      ['buy', { kind: 'stop', price: 2410, limitPrice: null, until: 'day' }, { action: 'buy_stop', day: true }],
      ['sell', { kind: 'limit', price: 2410, limitPrice: null, until }, { action: 'sell_limit', until_utc: until }],
      ['sell', { kind: 'stop', price: 2390, limitPrice: null, until: 'gtc' }, { action: 'sell_stop', until: 0 }],
      [
        'buy',
        { kind: 'stop_limit', price: 2410, limitPrice: 2405, until: 'gtc' },
        { action: 'buy_stop_limit', price: 2410, limit_price: 2405 },
      ],
    ] as const;
    for (const [index, [action, entry, command]] of kinds.entries()) {
      const id = `K${String(index)}`;
      expect((await fire(entry, { action, signalId: id, repeats: `K${String(index - 3)}` })).refusal).toBeNull();
      expect(sent()).toMatchObject(command);
      places(id, String(50 + index));
      expect(b.order(id)).toMatchObject({ state: 'placed' });
    }
    expect(JSON.parse(publishedOrder(b.order('K3')))).toMatchObject({
      order: { state: 'placed', entry: 'stop_limit', entry_price: 2410, limit_price: 2405, until: 'gtc' },
    });
  });

  it.each<[string, string, Partial<PendingEntry>, Partial<FireRequest>]>([
    ['a limit above the ask', 'invalid_price', { price: 2401 }, {}],
    ['a stop below the ask', 'invalid_price', { kind: 'stop' }, {}],
    ['a sell limit below the bid', 'invalid_price', {}, { action: 'sell' }],
    ['within the stops level', 'invalid_price', { price: 2399.7 }, {}],
    ['off the grid', 'invalid_price', { price: 2390.03 }, {}],
    ['no price', 'invalid_price', { price: 0 }, {}],
    ['no number', 'invalid_price', { price: -1 }, {}],
    ['a limit price of a limit order', 'invalid_limit_price', { limitPrice: 2380 }, {}],
    ['a stop-limit without one', 'invalid_limit_price', { kind: 'stop_limit', price: 2410 }, {}],
    ['a limit price beyond its stop', 'invalid_limit_price', { kind: 'stop_limit', price: 2410, limitPrice: 2411 }, {}],
    ['a stop loss within the stops level', 'invalid_sl', {}, { sl: 10 }],
    ['a target within the stops level', 'invalid_tp', {}, { tp: 10 }],
    ['an expiry in the past', 'invalid_until', { until: 1 }, {}],
    ['an expiry that the symbol does not take', 'invalid_until', { until: 'day' }, {}],
  ])('is refused with %s', async (_, code, entry, what) => {
    const { fire, tells, sent } = bench();
    tells({
      ...{ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, profit_currency: 'USD' },
      ...{ lot_min: 0.01, lot_max: 10, lot_step: 0.01, stops_level: 50, tick_size: 0.05, expiration: 5 },
    });
    const before = sent();
    const { state, refusal } = await fire({ ...limit, ...entry }, what);
    expect({ state, code: refusal?.code }).toEqual({ state: 'refused', code });
    expect(sent()).toEqual(before);
  });

  it('has its stops on the right side of its own price, not of the market', async () => {
    const { bench: b, fire } = bench();
    b.controller.bridge('main').configure({ stopUnit: 'price' }, 'ticket');
    b.controller.risk.arm('main', 'ticket');
    expect((await fire(limit, { sl: 2395, tp: 2399 })).refusal).toMatchObject({ code: 'invalid_sl' });
    expect((await fire(limit, { sl: 2380, tp: 2389 })).refusal).toMatchObject({ code: 'invalid_tp' });
    expect((await fire(limit, { sl: 2380, tp: 2395 })).refusal).toBeNull();
  });

  it('is refused by an EA that takes none', async () => {
    const b = bridgeBench();
    b.connect();
    b.controller.risk.arm('main', 'ticket');
    b.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
    const { refusal } = await b.fire({ symbol: 'XAUUSD', action: 'buy', lot: 0.1, entry: limit });
    expect(refusal?.code).toBe('not_supported');
  });

  it('waits for trading to be allowed, as an entry does', async () => {
    const { bench: b, fire } = bench();
    b.controller.risk.disarm('main', 'ticket');
    expect((await fire(limit)).refusal).toMatchObject({ code: 'disarmed' });
  });

  it('counts as an open trade while it waits, and its lots count for the margin', async () => {
    const { bench: b, fire, places, alive, deals, listsOrders } = bench();
    b.controller.bridge('main').configure({ limits: { ...b.state().limits, openTrades: 3 } }, 'ticket');
    await fire(limit);
    places();
    listsOrders([mine], 9);
    alive(60_000);
    const again = (): Promise<Order> => fire(limit, { signalId: `N${String(b.clock.now())}` });
    expect((await again()).refusal).toMatchObject({ code: 'risk_open_trades' });
    listsOrders([], 10);
    alive(6_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'cancelled' });
    expect((await again()).refusal).toBeNull();
    // A deal that is told late is the truth.
    deals('41');
    expect(b.order('WAIT')).toMatchObject({ state: 'filled', late: true, tradedLot: 0.1 });
  });

  it('is not gone by a list that is older than it, nor without a session, nor by another account', async () => {
    const { bench: b, fire, places, alive, listsOrders } = bench();
    await fire(limit);
    places();
    listsOrders([], 9);
    alive(8_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'placed' });
    listsOrders([mine], 10);
    listsOrders([], 11);
    b.link.leave();
    b.clock.advance(20_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'placed' });
  });

  it('is left as it is by a stop, whatever the last list says', async () => {
    const { bench: b, fire, places, alive, listsOrders } = bench();
    await fire(limit);
    places();
    listsOrders([mine], 9);
    listsOrders([], 10);
    alive(1_000);
    await b.controller.stop();
    b.clock.advance(10_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'placed' });
  });

  it('that is listed again waits on', async () => {
    const { bench: b, fire, places, alive, listsOrders } = bench();
    await fire(limit);
    places();
    alive(3_000);
    listsOrders([], 9);
    alive(6_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'cancelled' });
    listsOrders([mine], 10);
    expect(b.order('WAIT')).toMatchObject({ state: 'placed' });
  });

  it('whose result is lost is unknown; its deal alone settles nothing, and with the result it is filled', async () => {
    const { bench: b, fire, places, alive, deals } = bench();
    await fire(limit);
    alive(11_000);
    expect(b.order('WAIT')).toMatchObject({ state: 'unknown' });
    deals('41');
    expect(b.order('WAIT')).toMatchObject({ state: 'unknown' });
    places();
    expect(b.order('WAIT')).toMatchObject({ state: 'filled', late: true, price: 2389.5, tradedLot: 0.1 });
  });

  it('is followed on after a start', async () => {
    const first = bench();
    await first.fire(limit);
    first.places();
    first.alive(1_000);
    const { bench: b, deals } = bench({ journal: first.bench.journal });
    expect(b.order('WAIT')).toMatchObject({ state: 'placed' });
    deals('41');
    expect(b.order('WAIT')).toMatchObject({ state: 'filled' });
  });
});
