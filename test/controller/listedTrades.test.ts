import { describe, expect, it } from 'vitest';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import { openLimits } from '../support/openLimits.ts';
import { type BridgeBench, bridgeBench } from '../support/bridgeBench.ts';

// What the desk keeps of the lists of positions and orders of an EA of protocol 8 (N5), and what they prove.

const position = (number: number, symbol = 'XAUUSD', more: Record<string, unknown> = {}) => ({
  ...{ position: String(number), ticket: String(number), symbol, side: 'buy', lots: 0.1, price: 2400, opened_at: 1 },
  ...{ sl: 0, tp: 0, profit: 1.5, swap: 0, magic: '7', comment: '', reason: 'client', ...more },
});
const order = (number: number) => ({
  ...{ order: String(number), symbol: 'XAUUSD', side: 'sell', kind: 'limit', lots: 0.2, price: 2500, until: 0 },
});

interface Head {
  list?: number;
  page?: number;
  last?: boolean;
  count?: number;
}
const page = (positions: unknown[], head: Head = {}) => ({
  ...{ type: 'positions', list: 1, page: 1, last: true, count: positions.length, at: 1, positions, ...head },
});
const telemetry = (positions: number) => ({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions });

function connected(config: Partial<BridgeConfig> = {}): BridgeBench {
  const bench = bridgeBench(config);
  bench.connect();
  bench.controller.risk.arm('main', 'ticket');
  return bench;
}

const listed = (bench: BridgeBench): string[] | undefined =>
  bench.controller.bridge('main').orderManager.listed.positions.entries?.map((one) => one.position);
const counted = (bench: BridgeBench): number | null => bench.controller.bridge('main').orderManager.positions.count;
const unreadable = (bench: BridgeBench): number => bench.state().unreadable;

describe('lists of positions and orders', () => {
  it('are kept as last told, whole', () => {
    const bench = connected();
    const { orders } = bench.controller.bridge('main').orderManager.listed;
    expect([listed(bench), orders.entries]).toEqual([undefined, null]);
    bench.link.says(page([position(11), position(12)]));
    expect(listed(bench)).toEqual(['11', '12']);
    expect(counted(bench)).toBe(2);
    bench.link.says({ type: 'orders', list: 1, page: 1, last: true, count: 1, at: 1, orders: [order(21)] });
    expect(orders.entries).toMatchObject([{ order: '21', kind: 'limit', lots: 0.2 }]);
    bench.link.says(page([], { list: 2 }));
    expect(listed(bench)).toEqual([]);
    bench.link.says({ type: 'deal', deal: '31', kind: 'balance', at: 1, profit: 500, comment: 'Deposit' });
    expect(unreadable(bench)).toBe(0);
  });

  it('of several pages replace the one before when the last page is there, and none is missing', () => {
    const bench = connected();
    bench.link.says(page([position(1)]));
    const pages = [position(11), position(12), position(13)].map((one, index) =>
      page([one], { list: 2, page: index + 1, last: index === 2, count: 3 }),
    );
    const [first, second, third] = pages;
    for (const missing of [[second, third], [first, third], [third], [first, first, third], [first, second]]) {
      for (const each of missing) bench.link.says(each ?? {});
      expect(listed(bench)).toEqual(['1']);
    }
    // A list that was given up is followed by another one.
    for (const each of [first, page([position(21)], { list: 3, last: false, count: 2 })]) bench.link.says(each ?? {});
    bench.link.says(page([position(22)], { list: 3, page: 2, count: 2 }));
    expect(listed(bench)).toEqual(['21', '22']);
    for (const each of pages) bench.link.says(each);
    expect(listed(bench)).toEqual(['11', '12', '13']);
    bench.link.says(page([position(1)], { count: 2 }));
    bench.link.says(page([position(1), position(2)], { count: 1 }));
    expect(listed(bench)).toEqual(['11', '12', '13']);
  });

  it('are forgotten with the connection', () => {
    for (const channel of ['command', 'telemetry'] as const) {
      const bench = connected();
      bench.link.says(page([position(11)]));
      bench.link.leave(channel);
      expect(listed(bench)).toBeUndefined();
    }
  });

  it('are forgotten with the account', () => {
    const bench = connected();
    bench.link.says(page([position(11)]));
    bench.nameAccount(2_000_002);
    bench.heartbeat();
    expect(listed(bench)).toBeUndefined();
    expect(counted(bench)).toBe(1);
  });

  it('can have fields that nobody knows, and no entry that can not be read', async () => {
    const bench = connected();
    await bench.fire({ signalId: 'SENT' });
    bench.link.says(page([position(11, 'XAUUSD', { new_field: { a: 1 }, reason: 'moon', sl: 'x' })]));
    expect(listed(bench)).toEqual(['11']);
    for (const wrong of [{ lots: 0 }, { side: 'up' }, { symbol: '' }, { position: 'x' }]) {
      const before = unreadable(bench);
      // It names an order, and is no answer to it.
      bench.link.says(page([position(12, 'XAUUSD', { signal_id: 'SENT', ...wrong })], { list: 2 }));
      expect(unreadable(bench)).toBe(before + 1);
    }
    bench.link.says('{"type":"positions","list":3,"page":1,"positions":[{"signal_id":"SENT",');
    bench.link.says({ type: 'deal', deal: '5', kind: 'trade', at: 1, signal_id: 'SENT' });
    expect(listed(bench)).toEqual(['11']);
    expect(bench.order('SENT')).toMatchObject({ state: 'sent', message: null });
  });
});

describe('a list of positions', () => {
  it('confirms a close by the symbol, where another position was closed meanwhile', async () => {
    const bench = connected();
    bench.link.says(page([position(11), position(12, 'EURUSD')]));
    bench.link.says(telemetry(2));
    await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, signalId: 'CLOSE' });
    bench.link.says({ type: 'trade_result', signal_id: 'CLOSE', status: 'success', ticket: 0, price: 0, message: 'x' });
    bench.link.says(telemetry(1));
    bench.link.says(page([position(11)], { list: 2 }));
    bench.link.says(telemetry(1));
    expect(bench.order('CLOSE').state).toBe('sent');
    bench.link.says(page([], { list: 3 }));
    expect(bench.order('CLOSE').state).toBe('filled');
  });

  it('counts nothing where a newer report came between its pages', () => {
    const bench = connected();
    bench.link.says(page([position(1)]));
    const [first, last] = [1, 2].map((number) =>
      page([position(number)], { list: 2, page: number, last: number === 2, count: 2 }),
    );
    bench.link.says(first ?? {});
    bench.link.says(telemetry(1));
    bench.link.says(last ?? {});
    expect([listed(bench), counted(bench)]).toEqual([['1', '2'], 1]);
    bench.link.says(telemetry(2));
    expect(counted(bench)).toBe(2);
  });

  it('that comes no more leaves the number to telemetry', () => {
    const bench = connected();
    bench.link.says(page([position(1), position(2)]));
    bench.link.says(telemetry(5));
    expect(counted(bench)).toBe(2);
    bench.clock.advance(46_000);
    bench.link.says(telemetry(5));
    expect(counted(bench)).toBe(5);
  });

  it('with fewer entries than newer telemetry tells lets no order through the limit of open trades', async () => {
    const bench = connected({ limits: { ...openLimits, openTrades: 3 } });
    bench.link.says(page([position(1), position(2)]));
    bench.clock.advance(1_000);
    bench.link.says(telemetry(5));
    expect(await bench.fire()).toMatchObject({ state: 'refused', refusal: { code: 'risk_open_trades' } });
    bench.clock.advance(100);
    bench.link.says(page([position(1), position(2)], { list: 2 }));
    expect(await bench.fire()).toMatchObject({ state: 'sent' });
  });

  it('confirms the close of a trade that was opened a moment before, and not listed yet', async () => {
    const bench = connected();
    bench.link.says(page([position(11, 'EURUSD')]));
    await bench.fire({ signalId: 'BUY' });
    bench.link.says({
      type: 'trade_result',
      signal_id: 'BUY',
      status: 'success',
      ticket: 12,
      price: 2400,
      message: 'x',
    });
    await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, signalId: 'CLOSE' });
    bench.link.says(page([position(11, 'EURUSD'), position(12)], { list: 2 }));
    bench.link.says({ type: 'trade_result', signal_id: 'CLOSE', status: 'success', ticket: 0, price: 0, message: 'x' });
    expect(bench.order('CLOSE').state).toBe('sent');
    bench.link.says(page([position(12)], { list: 3 }));
    expect(bench.order('CLOSE').state).toBe('sent');
    bench.link.says(page([position(11, 'EURUSD')], { list: 4 }));
    expect(bench.order('CLOSE').state).toBe('filled');
  });

  it('that stays the same against newer telemetry does not prove that nothing was traded', async () => {
    for (const [told, state] of [
      [1, 'rejected'],
      [2, 'unknown'],
    ] as const) {
      const bench = connected();
      bench.link.says(page([position(1)]));
      bench.link.says(telemetry(1));
      await bench.fire({ signalId: 'UNREAD' });
      bench.link.says({ type: 'error', signal_id: 'UNREAD', error: 'Etwas ging schief' });
      expect(bench.order('UNREAD').state).toBe('unknown');
      for (let second = 1; second <= 100; second += 1) {
        bench.clock.advance(1_000);
        bench.link.says(telemetry(told));
        if (second % 30 === 0) bench.link.says(page([position(1)], { list: second }));
        bench.answerPings();
      }
      expect(bench.order('UNREAD').state).toBe(state);
    }
  });
});
