import { describe, expect, it } from 'vitest';
import { ratesFrom } from '../../src/domain/market/fxRates.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import type { OpenPosition } from '../../src/domain/positions/openTrades.ts';
import {
  averages,
  type PositionFigures,
  positionFigures,
  positionSums,
  symbolWorth,
} from '../../src/domain/positions/positionFigures.ts';
import type { Instrument } from '../../src/domain/sizing/stops.ts';

// What an open position is worth at the quote of now, and sums of several.

const gold: OpenPosition = {
  ...{ position: '11', symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2341.3, openedAt: 1, sl: 2331.3, tp: 0 },
  ...{ profit: -1.5, swap: -0.2, signalId: null, source: null, reason: 'client', magic: null, comment: '' },
};
const instrument = (bid: number | null, spec: Partial<Instrument['spec']> = {}): Instrument => ({
  symbol: 'XAUUSD',
  spec: { ...unknownSymbol('XAUUSD'), point: 0.01, digits: 2, contractSize: 100, quoteCurrency: 'USD', ...spec },
  quote: bid === null ? null : { bid, ask: Number((bid + 0.3).toFixed(2)), point: 0.01 },
  pipsConfirmed: true,
  sizesConfirmed: true,
});
const account = {
  currency: 'USD',
  rates: ratesFrom(() => null, { symbols: [], symbolSuffix: '' }, 0),
};
const figures = (position: Partial<OpenPosition>, of: Instrument): PositionFigures =>
  positionFigures({ ...gold, ...position }, symbolWorth(of, account));
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(8)));

describe('an open position', () => {
  it('is worth what closing it now would bring: a buy at the bid', () => {
    const { price, points, profit, isOfNow, slPoints, tpPoints, atStop } = figures({}, instrument(2343.55));
    expect({ price, points, profit: rounded(profit), isOfNow }).toEqual({
      ...{ price: 2343.55, points: 225, profit: 22.5, isOfNow: true },
    });
    expect({ slPoints, tpPoints, atStop: rounded(atStop) }).toEqual({ slPoints: 1225, tpPoints: null, atStop: -100 });
  });

  it('a sell at the ask, and its stop above', () => {
    const { price, points, profit, slPoints, tpPoints } = figures(
      { side: 'sell', sl: 2351.3, tp: 2330 },
      instrument(2343.55),
    );
    expect([price, points, rounded(profit), slPoints, tpPoints]).toEqual([2343.85, -255, -25.5, 745, 1385]);
  });

  it('beyond its stop has a distance below 0', () => {
    expect(figures({}, instrument(2331)).slPoints).toBe(-30);
  });

  it('has the profit that was told where the money of its symbol is not known', () => {
    const { profit, isOfNow, points } = figures({}, instrument(2343.55, { contractSize: null }));
    expect([profit, isOfNow, points]).toEqual([-1.5, false, 225]);
    expect(figures({}, instrument(null))).toMatchObject({ profit: -1.5, isOfNow: false, price: null, points: null });
    expect(figures({ profit: null }, instrument(null)).profit).toBeNull();
  });

  it("has the profit by the terminal's own money of a point where there is no contract size", () => {
    const future = instrument(2343.55, { contractSize: null, toldWorth: { point: 0.01, money: 0.5 } });
    expect(rounded(figures({}, future).profit)).toBe(11.25);
  });
});

describe('sums of positions', () => {
  const row = (position: Partial<OpenPosition>, bid: number | null = 2343.55) => ({
    position: { ...gold, ...position },
    figures: figures(position, instrument(bid)),
  });

  it('add money up, and lots of one symbol by their side', () => {
    const sums = positionSums([row({}), row({ side: 'sell', lots: 0.3, sl: 2351.3 })]);
    expect({ ...sums, profit: rounded(sums.profit), atStops: rounded(sums.atStops), swap: rounded(sums.swap) }).toEqual(
      {
        ...{ count: 2, net: -0.2, profit: -54, swap: -0.4, atStops: -400, withoutStop: 0 },
      },
    );
  });

  it('are not known where a figure is missing, and say how many have no stop', () => {
    const sums = positionSums([row({}), row({ symbol: 'EURUSD', sl: 0, profit: null, swap: null }, null)]);
    expect(sums).toEqual({ count: 2, net: null, profit: null, swap: null, atStops: null, withoutStop: 1 });
  });

  it('of nothing are 0', () => {
    expect(positionSums([])).toEqual({ count: 0, net: 0, profit: 0, swap: 0, atStops: 0, withoutStop: 0 });
  });
});

describe('average prices', () => {
  it('are weighted by lots, each side by itself', () => {
    const [buy, sell] = averages([
      { side: 'buy', lots: 0.1, price: 2340 },
      { side: 'sell', lots: 0.3, price: 2345 },
      { side: 'buy', lots: 0.3, price: 2344 },
    ]);
    expect([buy, sell]).toEqual([
      { side: 'buy', lots: 0.4, price: 2343 },
      { side: 'sell', lots: 0.3, price: 2345 },
    ]);
    expect(averages([])).toEqual([]);
    expect(averages([{ side: 'buy', lots: 0.1, price: null }])).toEqual([{ side: 'buy', lots: 0.1, price: null }]);
  });
});
