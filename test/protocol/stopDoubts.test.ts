import { describe, expect, it } from 'vitest';
import { stopDoubt, type StopHistory } from '../../src/domain/sizing/stopDoubts.ts';
import type { Instrument, PlacedStop, StopKind } from '../../src/domain/sizing/stops.ts';

const instrument = (symbol: string, bid: number, point: number, digits: number): Instrument => ({
  symbol,
  spec: null,
  quote: { bid, ask: bid + 2 * point, point, digits },
  pipsConfirmed: true,
});
const gold = instrument('XAUUSD', 2341.22, 0.01, 2);
const yen = instrument('USDJPY', 150.25, 0.001, 3);
const none: StopHistory = { distances: [], dayRange: null };
const doubtOf = (of: Instrument, stop: PlacedStop, history = none, kind: StopKind = 'sl') =>
  stopDoubt(stop, stop, kind, 'buy', of, history)?.text ?? null;
const points = (value: number): PlacedStop => ({ unit: 'points', value });

describe('a stop in a mistaken unit', () => {
  it('is asked about when its number reads like a price of the symbol', () => {
    expect(doubtOf(gold, points(2335))).toContain('2335 points reads like a price of XAUUSD, which stands at 2341.24');
    expect(doubtOf(gold, points(500))).toBeNull();
  });

  it('is not asked about where such a distance is usual in the symbol', () => {
    expect(doubtOf(yen, points(150))).toContain('reads like a price');
    expect(doubtOf(yen, points(150), { distances: [0.2], dayRange: null })).toBeNull();
    expect(doubtOf(yen, points(150), { distances: [2], dayRange: null })).toContain('reads like a price');
  });

  it('is asked about beyond 5 % of the price, also as a price', () => {
    expect(doubtOf(gold, points(11_800))).toContain('5.0 % of the price of XAUUSD away');
    expect(doubtOf(gold, points(11_500))).toBeNull();
    expect(doubtOf(gold, { unit: 'price', value: 233.5 })).toContain('90 % of the price');
    expect(doubtOf(gold, { unit: 'price', value: 2600 }, none, 'tp')).toContain('Take profit: it is 11 %');
  });

  it('is asked about beyond three times what the symbol moves in a day', () => {
    expect(doubtOf(gold, points(4_000), { distances: [], dayRange: 10 })).toContain('4.0 times as far away');
    expect(doubtOf(gold, points(3_000), { distances: [], dayRange: 10 })).toBeNull();
  });

  it('is asked about beyond ten times the median of the last 20', () => {
    const distances = [2, 3, 4, ...Array.from({ length: 17 }, () => 3), ...Array.from({ length: 50 }, () => 900)];
    expect(doubtOf(gold, points(3_100), { distances, dayRange: null })).toContain('10 times as far away as your last');
    expect(doubtOf(gold, points(2_900), { distances, dayRange: null })).toBeNull();
    expect(doubtOf(gold, points(2_000), { distances: [0.2, 0.2, 0.2, 0.2], dayRange: null })).toBeNull();
  });

  it('is asked about within the spread, where a stop loss is hit at once and a target is not', () => {
    expect(doubtOf(gold, points(2))).toContain('lies within the spread of XAUUSD');
    expect(doubtOf(gold, points(3))).toBeNull();
    expect(doubtOf(gold, points(2), none, 'tp')).toBeNull();
  });

  it('is no question without a stop, without a price, or on the wrong side of it', () => {
    expect(doubtOf(gold, points(0))).toBeNull();
    expect(doubtOf({ ...gold, quote: null }, points(2335))).toBeNull();
    expect(doubtOf(gold, { unit: 'price', value: 9_000 })).toBeNull();
  });
});
