import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bar } from '../../src/domain/market/bar.ts';
import type { Quote } from '../../src/domain/market/quote.ts';
import { chartTime, placesOf, shadingOf } from '../../renderer/views/charts/price/barItems.ts';
import { crosshairTime } from '../../renderer/views/charts/price/priceTimes.ts';
import { chartSentence, noBarsSentence } from '../../renderer/views/charts/price/priceWords.ts';
import { sessionsAt } from '../../renderer/views/charts/price/sessions.ts';
import { choose, readChoices } from '../../renderer/views/charts/chartChoices.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const minute = 60_000;
const hour = 60 * minute;
const bar = (start: number, close = 1.1): Bar => ({ start, open: 1, high: 2, low: 0.5, close, formed: false });

describe('bars in a chart', () => {
  it('keep a gap at its length, and a long one as one empty place', () => {
    const places = placesOf([bar(0), bar(minute), bar(4 * minute), bar(300 * minute)], 'M1');
    expect(places.map(({ start, bar: at }) => [start / minute, at !== null])).toEqual([
      [0, true],
      [1, true],
      [2, false],
      [3, false],
      [4, true],
      [5, false],
      [300, true],
    ]);
  });

  it('stand at local times, and at the broker’s where its offset isn’t known', () => {
    const start = Date.UTC(2026, 8, 1, 15, 0);
    const place = { localMs: 2 * hour };
    expect(chartTime(start, { ...place, offsetMs: 3 * hour })).toBe(Date.UTC(2026, 8, 1, 14, 0) / 1000);
    expect(chartTime(start, { ...place, offsetMs: null })).toBe(start / 1000);
  });

  it('tell the broker’s time beside the local one', () => {
    const at = Date.UTC(2026, 8, 1, 14, 5) / 1000;
    const told = (offsetMs: number | null, brokerMs = offsetMs): string =>
      crosshairTime(at, { localMs: 2 * hour, offsetMs, brokerMs });
    expect(told(3 * hour)).toMatch(/14:05 · broker 15:05$/);
    expect(told(2 * hour)).toMatch(/14:05$/);
    expect(told(null)).toMatch(/14:05 broker time$/);
    expect(told(0, null)).toMatch(/14:05$/);
  });
});

describe('trading centres', () => {
  const at = (hours: number, day = 1): readonly string[] => sessionsAt(Date.UTC(2026, 8, day, hours));

  it('are open at their own hours, in summer time too', () => {
    expect(at(2)).toEqual(['Sydney', 'Tokyo']);
    expect(at(7)).toEqual(['Tokyo', 'London']);
    expect(at(13)).toEqual(['London', 'New York']);
    expect(at(18)).toEqual(['New York']);
    // In January London's clock is UTC: it opens an hour later by it.
    expect(sessionsAt(Date.UTC(2026, 0, 6, 7))).not.toContain('London');
  });

  it('are closed at their own weekends', () => {
    expect(at(12, 5)).toEqual([]);
    // Sunday evening in London is Monday morning in Sydney.
    expect(at(23, 6)).toEqual(['Sydney']);
  });

  it('shade the places of their hours, and days of the broker are lined', () => {
    const starts = [23, 24, 25].map((hours) => Date.UTC(2026, 8, 1, hours));
    const { sessions, days } = shadingOf(starts, 3 * hour);
    expect(days).toEqual([1]);
    // 20 to 22 UTC: New York alone, then nobody until Sydney opens at 22.
    expect(sessions).toEqual([
      { from: 0, to: 1, open: 1 },
      { from: 2, to: 3, open: 1 },
    ]);
    expect(shadingOf(starts, null)).toEqual({ sessions: [], days: [1] });
  });
});

describe('a chart without bars', () => {
  const bench = bridgeBench();
  const sentence = (symbol = 'XAUUSD', refused: { count: number; reason: string } | null = null): string =>
    noBarsSentence(bench.state(), symbol, bench.controller.snapshot().state.quotes['main'] ?? [], refused);

  it('says in one sentence why there are none and what to do', () => {
    expect(sentence()).toBe('No EA is connected, so no prices of XAUUSD come: in MT5, attach the EA to its chart.');
    expect(sentence('')).toContain('Type a symbol in the ticket');
    bench.link.join();
    expect(sentence()).toContain('What the EA had queued is being read');
    bench.connect();
    expect(sentence()).toContain('The EA sends no prices: in MT5, look whether it is on a chart of XAUUSD');
    for (const symbol of ['EURUSD', 'GBPUSD', 'USDJPY', 'AUDUSD']) {
      bench.link.says({ type: 'tick', symbol, bid: 1.1, ask: 1.2, spread: 10 });
    }
    expect(sentence()).toBe(
      'The EA sends prices of EURUSD, GBPUSD, USDJPY and 1 more, but none of XAUUSD: in MT5, attach it to a chart of XAUUSD, or choose another symbol in the ticket.',
    );
    expect(sentence('XAUUSD', { count: 2, reason: 'A bar has no time or lacks a price.' })).toBe(
      'The bars that the EA sends of XAUUSD can’t be used (A bar has no time or lacks a price): look at its candle_batch frames in Wire log.',
    );
  });
});

describe('a chart in words', () => {
  const quote: Quote = { symbol: 'XAUUSD', bid: 2341.2, ask: 2341.45, digits: 2, point: 0.01, at: 0, earlier: false };
  const bars = [{ ...bar(Date.UTC(2026, 8, 1, 15, 5), 2341), open: 2340, high: 2342, low: 2339.5 }];

  it('names symbol, bid, ask, spread and the last bar', () => {
    expect(chartSentence('XAUUSD', quote, { bars, offsetMs: null }, 'M5', 2)).toBe(
      'XAUUSD: bid 2341.20, ask 2341.45, spread 25 points; 1 bar of M5, the last at 15:05 broker time: open 2340.00, high 2342.00, low 2339.50, close 2341.00.',
    );
    expect(chartSentence('XAUUSD', null, { bars: [], offsetMs: null }, 'M5', 2)).toBe('XAUUSD: no current price.');
  });
});

describe('the choice of charts', () => {
  const kept = (text: string | null) => {
    vi.stubGlobal('localStorage', { getItem: () => text });
    return readChoices();
  };
  afterEach(() => vi.unstubAllGlobals());

  it('begins with the price, and keeps what an earlier version has kept', () => {
    expect(kept(null)).toMatchObject({ left: 'price', right: 'equity', timeframe: 'M1' });
    expect(kept('{"left":"equity","right":"margin","drawdown":true}')).toEqual({
      ...{ left: 'equity', right: 'margin', third: 'price', drawdown: true, timeframe: 'M1' },
    });
    expect(choose(kept(null), 'right', 'price')).toMatchObject({ left: 'equity', right: 'price' });
  });
});
