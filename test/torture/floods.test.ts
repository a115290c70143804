import { expect, it } from 'vitest';
import { bridgeBench } from '../support/bridgeBench.ts';
import { say, timeLimit, times } from './faults.ts';

const frames = times(6_000, 300_000);

it(
  'keeps rows, bytes and alarms within their budgets, and each result of an order',
  async () => {
    const bench = bridgeBench();
    bench.connect();
    let rows = 0;
    let bytes = 0;
    const write = bench.journal.write.bind(bench.journal);
    bench.journal.write = (entries) => {
      write(entries);
      for (const { entry } of entries) {
        if (entry.type === 'sample' || entry.type === 'remember') continue;
        rows += 1;
        if (entry.type === 'feedback' || entry.type === 'broken_feedback') bytes += entry.frame.length;
      }
    };
    await bench.fire({ signalId: 'LOST' });
    bench.clock.advance(11_000);
    bench.answerPings();
    bench.heartbeat();
    await bench.fire({ signalId: 'KEPT', symbol: 'EURUSD' });
    for (let i = 0; i < frames; i += 1) {
      const signal_id = i % 3 === 0 ? `N${String(i)}` : i % 3 === 1 ? 'KEPT' : 'NEVER';
      bench.link.says({
        type: 'trade_result',
        signal_id,
        status: 'success',
        ticket: 7,
        price: 1,
        message: 'x'.repeat(900),
      });
      if (i % 50 === 0) bench.clock.advance(100);
    }
    bench.link.says({ type: 'trade_result', signal_id: 'LOST', status: 'success', ticket: 9, price: 2 });
    bench.clock.advance(61_000);
    const { alarms } = bench.controller.snapshot().state;
    const minutes = Math.ceil(bench.clock.monotonic() / 60_000) + 1;
    expect(rows).toBeLessThan(500 + 250 * minutes);
    expect(bytes).toBeLessThan(500_000 * minutes);
    expect(alarms.map(({ code }) => code)).toContain('order_unknown');
    expect(bench.order('LOST')).toMatchObject({ state: 'filled', ticket: '9' });
    expect(bench.order('KEPT')).toMatchObject({
      state: 'filled',
      ticket: '7',
      repeats: Math.floor((frames + 1) / 3) - 1,
    });
    say(
      `floods: ${String(frames)} frames, ${String(rows)} rows, ${String(bytes)} bytes of feedback, ${String(alarms.length)} alarms listed, 0 results lost`,
    );
  },
  timeLimit(frames, 5),
);
