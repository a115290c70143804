import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

const long = 'x'.repeat(900_000);
let bench: BridgeBench;
beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const alarms = () => bench.controller.snapshot().state.alarms;
const large = () => alarms().filter(({ code }) => code === 'large_frames');

describe('a frame of more than 64 KiB', () => {
  it.each([
    ['a tick', { type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.2, pad: long }],
    ['a heartbeat', { type: 'heartbeat', balance: 1, equity: 1, positions: 9, pad: long }],
    ['a pong', { type: 'pong', pad: long }],
    ['of an unknown type', { type: 'whatever', pad: long }],
  ])('that is %s is refused, counted, and alarmed once', (_, frame) => {
    const { equity } = bench.state().account;
    for (let i = 0; i < 100; i += 1) bench.link.says(frame);
    bench.clock.advance(1_000);
    expect(bench.state()).toMatchObject({ unreadable: 100, account: { equity } });
    expect(large()).toMatchObject([{ level: 'warning', count: 100 }]);
    const [shown] = bench.controller.snapshot().state.unreadable;
    expect(shown).toMatchObject({ reason: expect.stringContaining('at most 65536 are read') as string });
    expect(shown?.size).toBeGreaterThan(900_000);
  });

  it.each([
    ['behind its message', (rest: object) => ({ message: long, ...rest })],
    ['before its message', (rest: object) => ({ ...rest, message: long })],
    [
      'between two texts',
      (rest: object) => ({ comment: long.slice(0, 400_000), ...rest, message: long.slice(0, 400_000) }),
    ],
    ['among many figures', (rest: object) => ({ ...rest, deals: Array.from({ length: 100_000 }, (_, i) => i) })],
    ['with 5 MiB', (rest: object) => ({ ...rest, message: 'x'.repeat(5 * 1024 * 1024) })],
  ])('that is the result of an order, told %s, settles it in a flood of others', async (_, frame) => {
    await bench.fire({ signalId: 'A' });
    for (let i = 0; i < 50; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: 'NEVER', status: 'success', message: long });
      bench.link.says({ type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.2, pad: long });
    }
    bench.link.says(frame({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 8, price: 1.5 }));
    bench.clock.advance(10);
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '8', price: 1.5 });
    expect(bench.order('A').message?.length ?? 0).toBeLessThan(1_100);
    const kept = bench.journal
      .entries()
      .flatMap(({ entry }) => (entry.type === 'feedback' && entry.order !== null ? [entry] : []));
    expect(kept).toHaveLength(1);
    expect(kept[0]?.frame.length).toBeLessThan(1024 * 1024);
    expect(new TextDecoder().decode(kept[0]?.frame)).toContain('"ticket":8');
  });

  it('that was joined of several is read where one of them is the result of an order', async () => {
    await bench.fire({ signalId: 'A' });
    const unasked = { type: 'trade_result', signal_id: 'NEVER', status: 'success', message: 'x'.repeat(70_000) };
    // Until nothing is left of what may be read of such frames.
    while (large().length === 0) bench.link.says(unasked);
    const own = { type: 'trade_result', signal_id: 'A', status: 'success', ticket: 8, price: 1.5 };
    bench.link.says(`${JSON.stringify(unasked)}${JSON.stringify(own)}`);
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '8' });
  });

  it('that is a failure of an order settles it as a short one does', async () => {
    for (const [signalId, more] of [
      ['A', ''],
      ['B', ` ${long}`],
    ] as const) {
      await bench.fire({ signalId, symbol: signalId === 'A' ? 'XAUUSD' : 'EURUSD' });
      const message = `Trade failed: Invalid stops (10016)${more}`;
      bench.link.says({ type: 'trade_result', signal_id: signalId, status: 'failed', message });
    }
    expect(bench.order('A').state).toBe('rejected');
    expect(bench.order('B').state).toBe('rejected');
  });

  it('that is candles is read, within a budget', () => {
    const bar = { time: 1, open: 1, high: 1, low: 1, close: 1 };
    const candles = { type: 'candle_batch', symbol: 'X', M1: Array.from({ length: 10_000 }, () => bar) };
    bench.link.says(candles);
    expect(bench.state().unreadable).toBe(0);
    for (let i = 0; i < 40; i += 1) bench.link.says(candles);
    expect(bench.state().unreadable).toBeGreaterThan(20);
    expect(large()).toHaveLength(1);
    bench.clock.advance(1_001);
    const before = bench.state().unreadable;
    bench.link.says(candles);
    expect(bench.state().unreadable).toBe(before);
  });

  it('does not push the others out of the wire log', () => {
    const before = bench.controller.journal.wire({ bridge: 'main', after: 0, limit: 500 }).frames.length;
    expect(before).toBeGreaterThan(2);
    for (let i = 0; i < 100; i += 1) bench.link.says({ type: 'tick', symbol: 'X', bid: 1, ask: 1, pad: long });
    expect(bench.controller.journal.wire({ bridge: 'main', after: 0, limit: 500 }).frames[0]?.number).toBe(1);
  });
});

describe('what is kept of a frame', () => {
  it('holds on to none of the memory that it came in', async () => {
    await bench.fire({ signalId: 'A' });
    const text = JSON.stringify({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 8, price: 1.5 });
    const big = Buffer.alloc(10_000_000);
    const length = big.write(text);
    bench.link.to.frame(big.subarray(0, length), 'feedback', null);
    bench.clock.advance(10);
    const kept = bench.journal.entries().flatMap(({ entry }) => (entry.type === 'feedback' ? [entry.frame] : []));
    expect(kept.map(({ buffer }) => buffer.byteLength)).toEqual([length]);
  });
});
