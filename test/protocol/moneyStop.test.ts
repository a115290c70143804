import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratesFrom } from '../../src/domain/market/fxRates.ts';
import { isUnavailable } from '../../src/domain/arithmetic/unavailable.ts';
import { compare, exact, times } from '../../src/domain/arithmetic/rational.ts';
import { perLot, type SizingAccount } from '../../src/domain/sizing/valuePerLot.ts';
import { planTrade, type OrderIntent } from '../../src/domain/sizing/planTrade.ts';
import { stopInUnits } from '../../src/domain/sizing/stopInUnits.ts';
import { typedStopUnits, type Instrument, type StopKind, type TypedStop } from '../../src/domain/sizing/stops.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { findSymbol } from '../../src/domain/market/symbolTable.ts';
import { readExamples } from './sizingExamples.ts';

const { quotes } = readExamples();
const names = { symbols: defaultSymbols, symbolSuffix: '' };
const account: SizingAccount = {
  currency: 'USD',
  equity: 10_000,
  margin: 0,
  leverage: 100,
  rates: ratesFrom((name) => (quotes[name] === undefined ? null : { ...quotes[name], at: 0 }), names, 0),
};
const lots = { min: 0.01, max: 50, step: 0.01 };
const instrumentOf = (symbol: string): Instrument => {
  const spec = findSymbol(names, symbol);
  return {
    symbol,
    spec,
    quote: { ...(quotes[symbol] ?? { bid: 0, ask: 0 }), point: spec?.point ?? null },
    pipsConfirmed: true,
  };
};
const gold = instrumentOf('XAUUSD');
const intent = (changes: Partial<OrderIntent> = {}): OrderIntent => ({
  side: 'buy',
  size: { by: 'lots', value: 0.1 },
  sl: { unit: 'money', value: 50 },
  tp: { unit: 'money', value: 100 },
  ...changes,
});
const plan = (changes: Partial<OrderIntent> = {}, unit: 'points' | 'price' = 'points') =>
  planTrade(intent(changes), gold, account, lots, unit);
const gap = (words: string): unknown => expect.objectContaining({ missing: expect.stringContaining(words) as string });

describe('a stop in money', () => {
  it('is the money of the whole order, as whole points or as a price', () => {
    // 0.1 lots of gold are 10 ounces: 5.00 in price are 50 USD.
    expect(plan()).toMatchObject({ sl: 500, tp: 1000, stopPrice: 2336.34, atRisk: 50, reward: 100 });
    expect(plan({}, 'price')).toMatchObject({ sl: 2336.34, tp: 2351.34 });
    expect(plan({ side: 'sell' })).toMatchObject({ sl: 500, stopPrice: 2346.09, targetPrice: 2331.09 });
  });

  it('costs at most what was typed, and brings at least what was typed', () => {
    expect(plan({ sl: { unit: 'money', value: 50.09 }, tp: { unit: 'money', value: 100.01 } })).toMatchObject({
      sl: 500,
      atRisk: 50,
      tp: 1001,
      reward: 100.1,
    });
  });

  it('has its target in money also where the lots come from the risk', () => {
    const sized = { size: { by: 'percent', value: 2 }, sl: { unit: 'points', value: 500 } } as const;
    expect(plan({ ...sized, tp: { unit: 'money', value: 400 } })).toMatchObject({ lots: 0.4, tp: 1000, reward: 400 });
  });

  it('says why it can’t be worked out', () => {
    expect(plan({ size: { by: 'percent', value: 2 } })).toMatchObject({
      sl: gap('needs the lots'),
      lots: gap('needs'),
    });
    expect(plan({ sl: { unit: 'money', value: 0.05 } }).sl).toEqual(gap('less than one point, which is 0.1 USD'));
    expect(plan({ size: { by: 'lots', value: 0 } }).sl).toEqual(gap('Lots must be a number above 0'));
    expect(plan({ sl: { unit: 'money', value: -1 } }).sl).toEqual(gap('Stop loss must be a number above 0'));
    expect(plan({ sl: { unit: 'money', value: 0 } })).toMatchObject({ sl: 0, stopPrice: gap('no stop loss') });
    const unknown = planTrade(intent(), gold, { ...account, currency: null }, lots, 'points');
    expect(unknown.sl).toEqual(gap("The account's currency is not known"));
  });
});

describe('a stop in every unit', () => {
  const views = (stop: TypedStop, kind: StopKind = 'sl', instrument = gold) =>
    stopInUnits(stop, kind, 'buy', instrument, account, 0.1);

  it('is the same stop', () => {
    const all = { points: 500, pips: 50, price: 2336.34, money: 50 };
    for (const unit of typedStopUnits) expect(views({ unit, value: all[unit] })).toEqual(all);
    expect(views({ unit: 'points', value: 500 }, 'tp')).toEqual({ ...all, price: 2346.34 });
  });

  it('leaves out only what can’t be worked out', () => {
    const strange = { ...gold, spec: null };
    expect(views({ unit: 'points', value: 500 }, 'sl', strange)).toEqual({
      points: 500,
      pips: gap('pip of XAUUSD'),
      price: 2336.34,
      money: gap('contract size'),
    });
  });

  it('comes back from each unit as it went in, for any symbol, side and distance', () => {
    const symbols = fc.constantFrom(
      ...Object.keys(quotes).filter((symbol) => typeof findSymbol(names, symbol)?.pip === 'number'),
    );
    fc.assert(
      fc.property(
        symbols,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom('buy', 'sell'),
        fc.constantFrom('sl', 'tp'),
        (symbol, points, hundredths, side, kind) => {
          const instrument = instrumentOf(symbol);
          const traded = hundredths / 100;
          const seen = stopInUnits({ unit: 'points', value: points }, kind, side, instrument, account, traded);
          expect(seen.points).toBe(points);
          for (const unit of ['points', 'pips'] as const) {
            const value = seen[unit];
            if (typeof value !== 'number') throw new Error(value.missing);
            expect(stopInUnits({ unit, value }, kind, side, instrument, account, traded)).toEqual(seen);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('in money is the largest stop loss that costs at most that, and the smallest take profit that brings it', () => {
    const cents = fc.integer({ min: 1, max: 500_000 }).map((amount) => amount / 100);
    const symbols = fc.constantFrom(...Object.keys(quotes));
    let found = 0;
    fc.assert(
      fc.property(
        symbols,
        cents,
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom('sl', 'tp'),
        (symbol, money, hundredths, kind) => {
          const instrument = instrumentOf(symbol);
          const traded = hundredths / 100;
          const { points } = stopInUnits({ unit: 'money', value: money }, kind, 'sell', instrument, account, traded);
          if (typeof points !== 'number') {
            expect(points.missing).toMatch(/less than one point/);
            return;
          }
          found += 1;
          const moneyOf = (count: number) => {
            const move = times(exact(count), exact(instrument.spec?.point ?? 0));
            const one = perLot(move, kind === 'sl' ? 'out' : 'in', instrument, account);
            if (isUnavailable(one)) throw new Error(one.missing);
            return times(one, exact(traded));
          };
          const [kept, crossed] = kind === 'sl' ? [points, points + 1] : [points - 1, points];
          expect(compare(moneyOf(kept), exact(money))).toBeLessThanOrEqual(0);
          expect(compare(moneyOf(crossed), exact(money))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
