import { beforeEach, describe, expect, it } from 'vitest';
import type { BarsAnswer, KnownBars } from '../../src/api/queries/bars.ts';
import { barStart, type Timeframe } from '../../src/domain/market/bar.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

const minute = 60_000;
const hour = 60 * minute;

let bench: BridgeBench;
/** The broker's clock minus UTC, ms. */
let offset: number;

const brokerNow = (): number => bench.clock.now() + offset;
const tick = (bid: number, symbol = 'XAUUSD'): void => {
  bench.link.says({ type: 'tick', symbol, bid, ask: bid + 0.25, spread: 25 });
};
const thisMinute = (): number => barStart('M1', brokerNow());
/** A bar of a whole minute, so many minutes ago. */
const bar = (ago: number, close: number, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  time: (thisMinute() - ago * minute) / 1000,
  ...{ open: 2340, high: Math.max(2342, close), low: Math.min(2338, close), close, volume: 9 },
  ...changes,
});
const batch = (m1: unknown[], changes: Record<string, unknown> = {}): void => {
  const timestamp = Math.floor(brokerNow() / 1000);
  bench.link.says({ type: 'candle_batch', symbol: 'XAUUSD', timestamp, M1: m1, M5: [], M15: [], ...changes });
};
const ask = (timeframe: Timeframe = 'M1', known: KnownBars | null = null, symbol = 'XAUUSD'): BarsAnswer =>
  bench.controller.connections.bars({ bridge: 'main', symbol, timeframe, known });
/** Closes by minutes ago. */
const closes = (answer = ask()): [number, number][] =>
  answer.bars.map(({ start, close }) => [(thisMinute() - start) / minute, close]);

beforeEach(() => {
  offset = 3 * hour;
  bench = bridgeBench();
  bench.connect();
});

describe('bars of an EA', () => {
  it('are kept as the EA sends them, in the broker’s time, whose offset its timestamps tell', () => {
    batch([bar(2, 2341), bar(1, 2341.5)]);
    expect(ask()).toMatchObject({ whole: true, earlier: false, offsetMs: 3 * hour, refused: null });
    expect(ask().bars[0]).toEqual({
      start: thisMinute() - 2 * minute,
      ...{ open: 2340, high: 2342, low: 2338, close: 2341, formed: false },
    });
  });

  it('are formed from ticks, by the bid, until the EA sends them', () => {
    batch([bar(9, 2341)]);
    bench.clock.advance(minute - (bench.clock.now() % minute));
    for (const bid of [2341, 2343, 2340]) tick(bid);
    bench.clock.advance(minute);
    tick(2341.5);
    expect(ask().bars.slice(-2)).toEqual([
      { start: thisMinute() - minute, open: 2341, high: 2343, low: 2340, close: 2340, formed: true },
      { start: thisMinute(), open: 2341.5, high: 2341.5, low: 2341.5, close: 2341.5, formed: true },
    ]);
    batch([bar(1, 2340, { open: 2341.2, high: 2343, low: 2339.9 })]);
    expect(ask().bars.at(-2)).toMatchObject({ open: 2341.2, low: 2339.9, formed: false });
    expect(ask().bars.at(-1)).toMatchObject({ formed: true });
    expect(ask('M15').bars).toHaveLength(1);
  });

  it('that are open grow with the ticks behind them', () => {
    batch([bar(0, 2341)]);
    tick(2345);
    expect(ask().bars.at(-1)).toMatchObject({ open: 2340, high: 2345, low: 2338, close: 2345, formed: false });
    batch([bar(0, 2344, { high: 2345 })]);
    expect(ask()).toMatchObject({ refused: null, bars: [{ high: 2345, close: 2344 }] });
  });

  it('are sent once: whoever has them asks for those that came since', () => {
    batch([bar(3, 2341), bar(2, 2342)]);
    tick(2342.5);
    const { bars, version } = ask();
    const known = { version, since: bars.at(-1)?.start ?? 0 };
    tick(2343);
    expect(ask('M1', known)).toMatchObject({ whole: false, bars: [{ close: 2343 }] });
    bench.clock.advance(minute);
    tick(2344);
    expect(ask('M1', known)).toMatchObject({ whole: false, bars: [{ close: 2343 }, { close: 2344 }] });
    batch([bar(3, 2342), bar(2, 2340)]);
    expect(ask('M1', known)).toMatchObject({ whole: true });
    expect(ask('M1', known).bars).toHaveLength(5);
  });

  it('are at most 500 of each timeframe', () => {
    batch(Array.from({ length: 700 }, (_, index) => bar(700 - index, 2341)));
    expect(ask().bars).toHaveLength(500);
    for (let index = 0; index < 20; index += 1) {
      tick(2341);
      bench.clock.advance(minute);
    }
    expect(ask().bars).toHaveLength(500);
    batch([bar(700, 2341)]);
    expect(ask().bars[0]?.start).toBeGreaterThan(thisMinute() - 600 * minute);
  });

  it('do not grow the snapshot', () => {
    const before = JSON.stringify(bench.controller.snapshot()).length;
    batch(Array.from({ length: 500 }, (_, index) => bar(500 - index, 2341)));
    expect(JSON.stringify(bench.controller.snapshot()).length - before).toBeLessThan(200);
  });
});

describe('bars that can’t be used', () => {
  it('are refused and counted, with the reason, and harm no other', () => {
    batch([bar(3, 2341), bar(2, 2341, { high: 1 }), { time: 'x' }, null, bar(1, 2342)]);
    expect(closes()).toEqual([
      [3, 2341],
      [1, 2342],
    ]);
    expect(ask().refused).toEqual({ count: 3, reason: 'A bar has no time or lacks a price.' });
    batch([], { M1: 'no list', M5: [bar(5, 2341)] });
    expect(ask('M5').bars).toHaveLength(1);
    expect(bench.state().unreadable).toBe(0);
  });

  it('contradict what the EA sent before: the first word stays', () => {
    batch([bar(3, 2341), bar(2, 2342)]);
    batch([bar(3, 2341, { open: 2339 }), bar(2, 2342, { high: 2342, low: 2339 })]);
    expect(closes()).toEqual([
      [3, 2341],
      [2, 2342],
    ]);
    expect(ask().refused).toEqual({ count: 2, reason: 'A bar contradicts what the EA sent of it before.' });
  });

  it('start in the future where the EA sends no timestamp: its clock is not known', () => {
    batch([bar(1, 2341)], { timestamp: undefined });
    expect(ask()).toMatchObject({ bars: [], offsetMs: null, refused: { count: 1 } });
    offset = 0;
    batch([bar(1, 2341)], { timestamp: undefined });
    expect(ask().bars).toHaveLength(1);
  });

  it('are not made of a single tick that is no price of the symbol', () => {
    tick(2341);
    tick(2.341);
    tick(2342);
    expect(ask().bars).toMatchObject([{ high: 2342, low: 2341 }]);
    tick(1.1);
    tick(1.2);
    expect(ask().bars).toMatchObject([{ open: 1.2, close: 1.2 }]);
  });

  it('come of more symbols than are kept: a symbol of the table has its place', () => {
    for (let index = 0; index < 150; index += 1) tick(1.1, `OTHER${String(index)}`);
    expect(ask('M1', null, 'OTHER99').bars).toHaveLength(1);
    expect(ask('M1', null, 'OTHER120')).toMatchObject({ bars: [], refused: { count: 1 } });
    tick(2341);
    expect(ask().bars).toHaveLength(1);
    bench.clock.advance(61_000);
    tick(1.1, 'OTHER120');
    expect(ask('M1', null, 'OTHER120').bars).toHaveLength(1);
  });
});

describe('the clock', () => {
  it('set back: ticks form bars again, and those of the wrong time are gone', () => {
    tick(2341);
    bench.clock.jump(hour);
    tick(2342);
    bench.clock.jump(-hour);
    tick(2343);
    expect(ask().bars).toMatchObject([{ open: 2341, close: 2343 }]);
  });

  it('of the broker is known with the first bars: a tick before them is not shown at a time of its own', () => {
    tick(2341);
    expect(ask().bars).toHaveLength(1);
    batch([bar(1, 2342)]);
    tick(2343);
    expect(closes()).toEqual([
      [1, 2342],
      [0, 2343],
    ]);
  });

  it('of this machine is wrong by minutes: bars are right, and the broker’s offset is not known', () => {
    offset = 3 * hour + 7 * minute;
    batch([bar(1, 2341)]);
    tick(2342);
    expect(closes()).toEqual([
      [1, 2341],
      [0, 2342],
    ]);
    expect(ask().offsetMs).toBeNull();
  });
});

describe('history is not now', () => {
  it('keeps no bar and no tick of a backlog (W16)', () => {
    bench = bridgeBench();
    bench.link.join();
    batch([bar(2, 2341)]);
    tick(2341);
    expect(ask().bars).toEqual([]);
  });

  it('shows bars of an earlier connection as earlier, until those of this one come', () => {
    batch([bar(2, 2341), bar(1, 2342)]);
    bench.rejoin();
    expect(ask()).toMatchObject({ earlier: true, bars: [{ close: 2341 }, { close: 2342 }] });
  });

  it('keeps them where the EA repeats one unchanged, and contradicts none', () => {
    batch([bar(3, 2341), bar(2, 2342)]);
    tick(2342.5);
    bench.rejoin();
    tick(2343);
    batch([bar(2, 2342)]);
    expect(ask().earlier).toBe(false);
    expect(closes().map(([, close]) => close)).toEqual([2341, 2342, 2343]);
  });

  it('drops them where the EA tells other bars: it may be another broker’s', () => {
    batch([bar(3, 2341), bar(2, 2342)]);
    bench.rejoin();
    batch([bar(3, 2341), bar(2, 2345, { open: 2344 })]);
    expect(closes()).toEqual([
      [3, 2341],
      [2, 2345],
    ]);
    bench.rejoin();
    batch([bar(1, 2346)]);
    expect(closes()).toEqual([[1, 2346]]);
  });
});
