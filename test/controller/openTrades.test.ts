import { describe, expect, it } from 'vitest';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import type { OpenTrades } from '../../src/domain/positions/openTrades.ts';
import { type BridgeBench, bridgeBench } from '../support/bridgeBench.ts';

// What persons and programs are shown of an account's open trades: the last whole lists, and who opened each.

const position = (number: number, more: Record<string, unknown> = {}) => ({
  ...{ position: String(number), ticket: String(number), symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2400 },
  ...{ opened_at: 1, sl: 0, tp: 2410, profit: 1.5, swap: 0, magic: '7', comment: 'c', reason: 'mobile', ...more },
});
const positions = (list: unknown[], more: Record<string, unknown> = {}) => ({
  ...{ type: 'positions', list: 1, page: 1, last: true, count: list.length, at: 1, positions: list, ...more },
});
const pending = (number: number) => ({
  ...{ order: String(number), symbol: 'XAUUSD', side: 'sell', kind: 'stop_limit', lots: 0.2, requested: 0.3 },
  ...{ price: 2390, limit_price: 2395, until: 1_700_000_000 },
});

function connected(config: Partial<BridgeConfig> = {}): BridgeBench {
  const bench = bridgeBench(config);
  bench.connect();
  bench.controller.risk.arm('main', 'ticket');
  return bench;
}

const open = (bench: BridgeBench): OpenTrades => bench.state().openTrades;
const published = (bench: BridgeBench): number => bench.events.filter(({ type }) => type === 'bridge_trades').length;

describe('open trades', () => {
  it('are those of the last whole lists, published once each', () => {
    const bench = connected();
    expect(open(bench)).toMatchObject({ positions: null, orders: null, isCurrent: false });
    bench.link.says(positions([position(11)], { last: false, count: 2 }));
    bench.clock.advance(250);
    expect([open(bench).positions, published(bench)]).toEqual([null, 0]);
    bench.link.says(positions([position(12, { sl: 'x' })], { page: 2, count: 2 }));
    bench.link.says({ type: 'orders', list: 1, page: 1, last: true, count: 1, at: 1, orders: [pending(21)] });
    bench.clock.advance(250);
    expect(published(bench)).toBe(1);
    expect(open(bench)).toMatchObject({
      isCurrent: true,
      positions: [
        { position: '11', side: 'buy', lots: 0.1, sl: 0, tp: 2410, profit: 1.5, reason: 'mobile', magic: '7' },
        { position: '12', sl: null },
      ],
      orders: [
        { order: '21', kind: 'stop_limit', requested: 0.3, price: 2390, limitPrice: 2395, until: 1_700_000_000 },
      ],
    });
    bench.clock.advance(1_000);
    expect(published(bench)).toBe(1);
  });

  it('say which of the desk opened them, and do not believe an ID that it never sent', async () => {
    const bench = connected();
    await bench.fire({ signalId: 'OURS' });
    bench.link.says(positions([position(11, { signal_id: 'OURS' }), position(12, { signal_id: 'THEIRS' })]));
    expect(open(bench).positions).toMatchObject([
      { signalId: 'OURS', source: 'ticket' },
      { signalId: 'THEIRS', source: null },
    ]);
  });

  it('stay as the last known ones when the EA is gone, and are not mixed with those of the next session', () => {
    for (const channel of ['command', 'telemetry'] as const) {
      const bench = connected();
      bench.link.says(positions([position(11)]));
      bench.link.says({ type: 'orders', list: 1, page: 1, last: true, count: 1, at: 1, orders: [pending(21)] });
      bench.link.leave(channel);
      expect(open(bench)).toMatchObject({
        isCurrent: false,
        positions: [{ position: '11' }],
        orders: [{ order: '21' }],
      });
      bench.rejoin();
      bench.answerPings();
      bench.link.says(positions([position(12)]));
      expect(open(bench)).toMatchObject({ isCurrent: true, positions: [{ position: '12' }], orders: null });
    }
  });

  it('of another account are forgotten', () => {
    const bench = connected();
    bench.link.says(positions([position(11)]));
    bench.nameAccount(2_000_002);
    bench.heartbeat();
    expect(open(bench)).toMatchObject({ isCurrent: false, positions: null, orders: null });
  });

  it('of a list with an entry that can not be read stay as they were', () => {
    const bench = connected();
    bench.link.says(positions([position(11)]));
    bench.link.says(positions([position(12, { lots: -1 })], { list: 2 }));
    expect(open(bench).positions).toMatchObject([{ position: '11' }]);
    expect(bench.state().unreadable).toBe(1);
  });

  it('are kept for 2,000 positions, in pages of 50', () => {
    const bench = connected();
    for (let page = 1; page <= 40; page += 1) {
      const list = Array.from({ length: 50 }, (_, index) => position(page * 100 + index));
      bench.link.says(positions(list, { page, last: page === 40, count: 2_000 }));
    }
    expect(open(bench).positions).toHaveLength(2_000);
  });
});
