import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';
import { say, timeLimit, times } from './faults.ts';

// What leaves is what was decided, now.

const commits = times(200, 1_000);
const plans = times(1_000, 10_000);
const pick = (max: number): number => fc.sample(fc.integer({ min: 0, max: max - 1 }), 1)[0] ?? 0;

describe('a slow disk', () => {
  it('lets no order out after a kill or a disarm inside its commit', { timeout: timeLimit(commits, 10) }, async () => {
    const bench = bridgeBench({ limits: openLimits });
    bench.connect();
    const trading = () => bench.controller.bridge('main').orderManager;
    const write = bench.journal.write.bind(bench.journal);
    const ends: Record<string, number> = {};
    let after = 0;
    for (let round = 0; round < commits; round += 1) {
      const signalId = `SLOW_${String(round)}`;
      const takes = pick(2_000);
      bench.journal.write = (rows) => {
        if (rows.some(({ entry }) => entry.type === 'order')) bench.clock.sleep(takes);
        bench.journal.write = write;
        write(rows);
      };
      // What is pressed meanwhile is read when the disk is done: at once, or in the turn of the event loop after it.
      const press =
        pick(2) === 0
          ? () => {
              bench.controller.risk.kill('ticket');
            }
          : () => {
              trading().disarm(null, 'ticket');
            };
      const atOnce = pick(2) === 0;
      if (!atOnce) setImmediate(press);
      const fired = bench.fire({ signalId, symbol: `S${String(round)}` });
      if (atOnce) press();
      await new Promise((resolve) => setImmediate(resolve));
      const { state, refusal } = await fired;
      const end = refusal?.code ?? state;
      ends[end] = (ends[end] ?? 0) + 1;
      const left = bench.link.takeSent().filter(({ type }) => type === 'signal').length;
      after += left;
      expect(bench.journal.findSent('main', signalId) === null).toBe(left === 0);
      if (left > 0) bench.link.says({ type: 'error', signal_id: signalId, error: 'No money' });
      bench.controller.risk.release('ticket');
      bench.clock.advance(1_000);
      bench.heartbeat();
      trading().arm('ticket');
    }
    const told = Object.entries(ends).map(([end, count]) => `${end} ${String(count)}`);
    say(
      `slow commits with a kill or disarm inside: ${String(commits)}, orders after it: ${String(after)}; ${told.join(', ')}`,
    );
    expect(after).toBe(0);
    await bench.controller.stop();
  });
});

describe('between sight and press', () => {
  it('nothing leaves that differs from what was seen', { timeout: timeLimit(plans, 10) }, async () => {
    const bench = bridgeBench({ currency: 'USD', limits: { ...openLimits, duplicateWindowS: 0 } });
    bench.connect();
    // One engine asks a person only so often.
    const addEngine = (engine: string): string =>
      bench.controller.signals.addEngine(
        engine,
        {
          ...defaultEngineSettings,
          mode: 'ask',
          maxLot: 50,
          expiryS: 3_600,
          tradesPerMinute: null,
          tradesPerDay: null,
        },
        'ticket',
      );
    const { signals } = bench.controller;
    let bid = 2_341;
    const tick = (): void => {
      bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid, ask: Number((bid + 0.3).toFixed(2)), spread: 30 });
    };
    const beat = (): void => {
      const equity = 5_000 + pick(10_000);
      bench.link.says({ type: 'telemetry', uuid: 'u', balance: equity, equity, margin: 0, positions: 0 });
    };
    let told = '';
    let [fired, changed, others, different] = [0, 0, 0, 0];
    let [engine, token] = ['', ''];
    for (let round = 0; round < plans; round += 1) {
      if (round % 500 === 0) {
        engine = `VENOM_${String(round)}`;
        token = addEngine(engine);
      }
      bid = 2_300 + pick(8_000) / 100;
      tick();
      beat();
      bench.clock.advance(250);
      const signalId = `PLAN_${String(round)}`;
      const buy = pick(2) === 0;
      const sl_price = Number((buy ? bid - 5 - pick(3_000) / 100 : bid + 5 + pick(3_000) / 100).toFixed(2));
      const text = JSON.stringify({
        ...{ type: 'signal', engine, token, action: buy ? 'buy' : 'sell', symbol: 'XAUUSD' },
        ...{ sl_price, tp: 0, signal_id: signalId },
      });
      bench.controller.signals.request(new TextEncoder().encode(text), {
        reply: (reply) => (told = reply),
      });
      const waits = bench.controller.snapshot().state.waiting[0];
      const bridge = waits?.bridge ?? null;
      if (waits === undefined || bridge === null) throw new Error(`Nothing waits: ${told}`);
      const { planned } = waits;
      if (planned === null) {
        others += 1;
        signals.dismissWaiting(waits.number);
        continue;
      }
      const seen = { bridge, action: buy ? ('buy' as const) : ('sell' as const), symbol: waits.symbol, ...planned };
      // Between sight and press prices and figures move, from not at all to far.
      for (let moves = pick(4); moves > 0; moves -= 1) {
        bid = Number((bid + (pick(2) === 0 ? 1 : -1) * (pick(10) ** 3 / 200)).toFixed(2));
        tick();
        if (pick(2) === 0) beat();
        bench.clock.advance(250);
      }
      const order = await signals.fireWaiting(waits.number, null, 'ticket', seen);
      for (const frame of bench.link.takeSent().filter(({ type }) => type === 'signal')) {
        fired += 1;
        const same = (['action', 'symbol', 'lot', 'sl', 'tp'] as const).every((key) => frame[key] === seen[key]);
        const now = buy ? bid + 0.3 - (planned.price?.ask ?? 0) : bid - (planned.price?.bid ?? 0);
        if (!same || Math.abs(now) > 0.600001) different += 1;
        bench.link.says({
          type: 'trade_result',
          signal_id: signalId,
          status: 'success',
          ticket: round + 1,
          price: bid,
        });
      }
      if (order.state !== 'refused') continue;
      if (order.refusal?.code === 'changed') changed += 1;
      else others += 1;
      signals.dismissWaiting(waits.number);
    }
    say(
      `plans between sight and press: ${String(plans)}, fired that differ: ${String(different)}; fired ${String(fired)}, changed ${String(changed)}, otherwise refused ${String(others)}`,
    );
    expect(different).toBe(0);
    expect(fired).toBeGreaterThan(plans / 10);
    expect(changed).toBeGreaterThan(plans / 10);
    await bench.controller.stop();
  });
});
