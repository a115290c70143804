import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { applyEvent } from '../../src/api/state/events.ts';
import { keepAlarms, type Alarm, mostAlarms } from '../../src/api/state/alarms.ts';
import type { JournalEntry } from '../../src/controller/ports/journalEntry.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { engineSignal } from '../support/engineSignal.ts';

let bench: BridgeBench;
beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const alarms = () => bench.controller.snapshot().state.alarms;
/** Rows of a type that were written since `before`. */
function written(type: JournalEntry['type'], before = 0): number {
  bench.clock.advance(10);
  return bench.journal.entries().filter(({ entry }, index) => index >= before && entry.type === type).length;
}

describe('a flood of alarms', () => {
  it('is written once a minute where more important ones leave it no place in the list', () => {
    for (let i = 0; i < mostAlarms; i += 1) {
      bench.controller.alarm('main', { level: 'critical', code: 'full', text: `Full ${String(i)}`, nextStep: '' });
    }
    const before = written('alarm');
    for (let i = 0; i < 3_000; i += 1) {
      bench.controller.alarm('main', { level: 'notice', code: 'small', text: 'Again', nextStep: '' });
      bench.controller.alarm('main', { level: 'warning', code: 'own', text: 'Again', nextStep: '' });
    }
    expect(written('alarm') - before).toBeLessThan(5);
    bench.clock.advance(61_000);
    bench.controller.alarm('main', { level: 'warning', code: 'own', text: 'Again', nextStep: '' });
    bench.clock.advance(10);
    expect(bench.journal.entries().map(({ entry }) => entry)).toContainEqual({
      type: 'alarm',
      alarm: expect.objectContaining({ code: 'own', count: 3_001 }) as unknown,
    });
    const rounds = written('alarm');
    for (let i = 0; i < 3_000; i += 1) {
      const text = `Round ${String(i % 150)}`;
      bench.controller.alarm('main', { level: 'critical', code: 'round', text, nextStep: '' });
    }
    expect(written('alarm') - rounds).toBe(150);
  });

  it('of texts that vary is listed by some and counted, and pushes nothing else out', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(11_000);
    expect(alarms().map(({ code }) => code)).toContain('order_unknown');
    for (let i = 0; i < 2_000; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: `N${String(i)}`, status: 'success', ticket: i, price: 1 });
    }
    expect(alarms().map(({ code }) => code)).toContain('order_unknown');
    expect(alarms().reduce((sum, { code, count }) => sum + (code === 'unasked_feedback' ? count : 0), 0)).toBe(2_000);
    expect(written('alarm')).toBeLessThan(40);
    expect(alarms().length).toBeLessThan(40);
  });

  it('of notices never pushes out a critical one, in the app and in a window that follows it', async () => {
    let window = bench.controller.snapshot().state;
    bench.controller.follow(({ event }) => {
      window = applyEvent(window, event);
    });
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(11_000);
    for (let i = 0; i < 500; i += 1) {
      for (const level of ['notice', 'warning'] as const) {
        bench.controller.alarm('main', {
          level,
          code: `${level}${String(i)}`,
          text: `t${String(i)}`,
          nextStep: 'Look.',
        });
      }
    }
    for (const list of [alarms(), window.alarms]) {
      expect(list).toHaveLength(mostAlarms);
      expect(list.map(({ code }) => code)).toContain('order_unknown');
      expect(list.filter(({ level }) => level === 'notice').length).toBeLessThan(2);
    }
    expect(window.alarms.map(({ number }) => number)).toEqual(alarms().map(({ number }) => number));
  });

  it('of critical ones of one code pushes out its own oldest', () => {
    const alarm = {
      bridge: null,
      level: 'critical',
      text: '',
      nextStep: '',
      count: 1,
      at: 0,
      lastAt: 0,
      acknowledged: null,
    } as const;
    const flood = Array.from({ length: 300 }, (_, number): Alarm => ({ ...alarm, code: 'flood', number })).toReversed();
    const kept = keepAlarms([...flood, { ...alarm, code: 'once', number: -1 }]);
    expect(kept).toHaveLength(mostAlarms);
    expect(kept[0]?.number).toBe(299);
    expect(kept.at(-1)?.code).toBe('once');
  });

  it('with texts of a megabyte keeps the beginning of each', () => {
    bench.link.says({ type: 'trade_result', signal_id: 'N', status: 'failed', message: 'x'.repeat(900_000) });
    expect(alarms()[0]?.text.length).toBeLessThan(600);
  });
});

describe('an engine that repeats a signal', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  function repeat(times: number, mode: 'ask' | 'auto'): { replies: () => number; finals: () => number } {
    const token = bench.controller.signals.addEngine('VENOM', { ...defaultEngineSettings, mode }, 'ticket');
    const frame = new TextEncoder().encode(JSON.stringify(engineSignal(token, { signal_id: 'V1' })));
    let replies = 0;
    let finals = 0;
    const ask = () => {
      bench.controller.signals.request(frame, {
        reply: (_, final) => {
          replies += 1;
          if (final) finals += 1;
        },
      });
    };
    for (let i = 0; i < times; i += 1) ask();
    return { replies: () => replies, finals: () => finals };
  }

  it('that waits for a person is answered each time, and the last places alone are kept', async () => {
    const { replies, finals } = repeat(10_000, 'ask');
    expect(finals()).toBe(10_000 - 16);
    const before = replies();
    bench.controller.signals.dismissWaiting(bench.controller.snapshot().state.waiting[0]?.number ?? 0);
    await settled();
    expect(replies() - before).toBe(16);
    expect(finals()).toBe(10_000);
  });

  it('that is on its way to the EA is answered each time, and the last places alone are kept', async () => {
    const first = repeat(1_000, 'auto');
    await settled();
    const before = first.replies();
    bench.link.says({ type: 'trade_result', signal_id: 'V1', status: 'success', ticket: 7, price: 1 });
    expect(first.replies() - before).toBeLessThan(20);
    expect(bench.order('V1').state).toBe('filled');
  });
});

describe('a flood of results', () => {
  const before = () => bench.journal.entries().length;
  const bytes = (type: 'feedback' | 'history_frame' | 'broken_feedback') =>
    bench.journal.entries().reduce((sum, { entry }) => sum + (entry.type === type ? entry.frame.length : 0), 0);

  it('that repeat one is counted, not written and published one by one', async () => {
    await bench.fire({ signalId: 'A' });
    const from = before();
    const events = bench.events.length;
    const result = { type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 };
    for (let i = 0; i < 3_000; i += 1) {
      bench.link.says({ ...result, message: 'x'.repeat(500) });
      if (i % 100 === 0) bench.clock.advance(10);
    }
    bench.clock.advance(2_000);
    expect(written('feedback', from) + written('order', from)).toBeLessThan(40);
    expect(bench.events.slice(events).filter(({ type }) => type === 'order').length).toBeLessThan(10);
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '7', repeats: 2_999 });
  });

  it('that repeat one keeps its count over the end of the app', async () => {
    await bench.fire({ signalId: 'A' });
    for (let i = 0; i < 101; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 });
    }
    await bench.controller.stop();
    expect(bench.journal.findSent('main', 'A')).toMatchObject({ repeats: 100 });
    bench = bridgeBench({}, bench);
    bench.connect();
    for (let i = 0; i < 50; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 });
    }
    bench.clock.advance(3_000);
    expect(bench.order('A').repeats).toBe(150);
  });

  it('that contradict one another is alarmed, counted, and bounded', async () => {
    await bench.fire({ signalId: 'A' });
    const from = before();
    for (let i = 0; i < 3_000; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: i + 1, price: 1.5 });
      if (i % 100 === 0) bench.clock.advance(300);
    }
    // The longest that a count waits.
    bench.clock.advance(60_000);
    expect(written('feedback', from)).toBeLessThan(120);
    expect(written('order', from)).toBeLessThan(20);
    expect(bench.order('A')).toMatchObject({ ticket: '1', contradicted: true, repeats: 2_999 });
    expect(alarms().map(({ code }) => code)).toContain('contradicted_feedback');
  });

  it('costs no result of an order: each is written whole, and settles it', async () => {
    bench = bridgeBench({}, { journal: bench.journal });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    for (let i = 0; i < 3_000; i += 1) {
      bench.link.says({ type: 'trade_result', signal_id: 'NEVER', status: 'success', message: 'y'.repeat(5_000) });
      bench.link.says(`{"type":"trade_result","signal_id":"A","status":"success","ticket":`);
    }
    bench.clock.advance(11_000);
    expect(bench.order('A').state).toBe('unknown');
    const text = JSON.stringify({
      ...{ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 8, price: 1.5 },
      message: 'z'.repeat(6_000),
    });
    bench.link.says(text);
    bench.clock.advance(10);
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '8' });
    expect(bench.order('A').message?.length ?? 0).toBeLessThan(1_100);
    const frames = bench.journal.entries().flatMap(({ entry }) => (entry.type === 'feedback' ? [entry.frame] : []));
    expect(frames.map((frame) => new TextDecoder().decode(frame))).toContain(text);
    expect(written('broken_feedback')).toBeLessThan(60);
  });

  it('for orders never sent keeps the beginning of each', () => {
    const text = JSON.stringify({
      type: 'trade_result',
      signal_id: 'N',
      status: 'success',
      message: 'x'.repeat(1_000_000),
    });
    for (let i = 0; i < 120; i += 1) bench.link.says(text);
    bench.clock.advance(10);
    expect(bytes('feedback')).toBeLessThan(500_000);
    expect(written('feedback')).toBe(100);
  });

  it('from before the connection fills no disk', () => {
    bench.link.leave();
    bench.link.join();
    const bar = { time: 1, open: 1, high: 1, low: 1, close: 1 };
    const text = JSON.stringify({ type: 'candle_batch', symbol: 'X', M1: Array.from({ length: 18_000 }, () => bar) });
    for (let i = 0; i < 50; i += 1) bench.link.says(text);
    bench.clock.advance(10);
    expect(bytes('history_frame')).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(bytes('history_frame')).toBeGreaterThan(1_000_000);
  });
});

describe('a runaway engine', () => {
  it.each(['ask', 'paused', 'auto'] as const)('in mode %s is written down within its budgets', async (mode) => {
    const settings = { ...defaultEngineSettings, mode, haltAfter: null, expiryS: 5 };
    const token = bench.controller.signals.addEngine('VENOM', settings, 'ticket');
    let replies = 0;
    for (let i = 0; i < 6_000; i += 1) {
      const frame = new TextEncoder().encode(JSON.stringify(engineSignal(token, { signal_id: `V${String(i)}` })));
      bench.controller.signals.request(frame, { reply: () => (replies += 1) });
      if (i % 10 === 0) bench.clock.advance(1_000);
    }
    // The event loop turns once between the commit of an order and its send so that what waited is asked again.
    await new Promise((resolve) => setImmediate(resolve));
    bench.clock.advance(10_000);
    expect(replies).toBeGreaterThanOrEqual(6_000);
    expect(written('order') + written('signal') + written('alarm')).toBeLessThan(mode === 'ask' ? 4_000 : 1_500);
  });
});
