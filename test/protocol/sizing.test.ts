import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratesFrom, rateOf, type Price, type Rates } from '../../src/domain/market/fxRates.ts';
import { isUnavailable, type Unavailable } from '../../src/domain/arithmetic/unavailable.ts';
import { compare, exact, over, times, toNumber } from '../../src/domain/arithmetic/rational.ts';
import { perLot, type SizingAccount } from '../../src/domain/sizing/valuePerLot.ts';
import { lotsFor, planTrade, type OrderSize, type OrderIntent } from '../../src/domain/sizing/planTrade.ts';
import { stopDistance, stopForEa, type Instrument, type PlacedStop } from '../../src/domain/sizing/stops.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { findSymbol } from '../../src/domain/market/symbolTable.ts';
import { readExamples } from './sizingExamples.ts';

const names = { symbols: defaultSymbols, symbolSuffix: '' };
const { quotes, examples } = readExamples();
const ratesOf = (prices: Record<string, Price>, symbols = names): Rates =>
  ratesFrom((name) => (prices[name] === undefined ? null : { ...prices[name], at: 0 }), symbols, 0);
const instrumentOf = (symbol: string, changes: Partial<Instrument> = {}): Instrument => {
  const spec = findSymbol(names, symbol);
  const price = quotes[symbol];
  return {
    symbol,
    spec,
    quote: price === undefined ? null : { ...price, point: spec?.point ?? null },
    pipsConfirmed: true,
    ...changes,
  };
};
const account: SizingAccount = { currency: 'USD', equity: 10_000, margin: 0, leverage: 100, rates: ratesOf(quotes) };
const lots = { min: 0.01, max: 50, step: 0.01 };
const none: PlacedStop = { unit: 'points', value: 0 };
const gold = instrumentOf('XAUUSD');
const intent: OrderIntent = {
  side: 'buy',
  size: { by: 'percent', value: 2 },
  sl: { unit: 'points', value: 500 },
  tp: { unit: 'points', value: 1000 },
};
const gap = (words: string): unknown => expect.objectContaining({ missing: expect.stringContaining(words) as string });
const money = (value: number | Unavailable): string =>
  isUnavailable(value)
    ? value.missing
    : value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

describe('the worked examples of docs/sizing.md', () => {
  it('are at least twelve', () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });

  it.each(examples)('example $number: $side $symbol', ({ symbol, expected, ...trade }) => {
    const instrument = instrumentOf(symbol);
    const digits = instrument.spec?.digits ?? 0;
    const plan = planTrade(trade, instrument, account, lots, 'points');
    const price = (value: number | Unavailable): string =>
      isUnavailable(value) ? value.missing : value.toFixed(digits);
    expect({
      lots: isUnavailable(plan.lots) ? plan.lots.missing : plan.lots.toFixed(2),
      'sl sent': JSON.stringify(plan.sl),
      'tp sent': JSON.stringify(plan.tp),
      distance: price(plan.distance),
      'stop price': price(plan.stopPrice),
      'at risk': money(plan.atRisk),
      reward: money(plan.reward),
      margin: money(plan.marginNeeded),
      level: `${money(plan.marginLevel)} %`,
    }).toEqual(expected);
    const inPrices = planTrade(trade, instrument, account, lots, 'price');
    expect(inPrices).toEqual({ ...plan, sl: inPrices.stopPrice, tp: inPrices.targetPrice });
  });
});

describe('what is missing is said', () => {
  const plan = (
    changes: Partial<OrderIntent>,
    instrument = gold,
    of: Partial<SizingAccount> = {},
    unit: 'points' | 'price' | null = 'points',
  ) => planTrade({ ...intent, ...changes }, instrument, { ...account, ...of }, lots, unit);

  it.each([
    ['equity', { equity: null }, { lots: gap('has not reported the equity') }],
    ['equity above 0', { equity: -1 }, { lots: gap('has no equity') }],
    ['margin', { margin: null }, { marginLevel: gap('margin in use') }],
    ['leverage', { leverage: null }, { marginNeeded: gap("The account's leverage is not known"), lots: 0.4 }],
    ['currency', { currency: null }, { atRisk: gap("account's currency"), lots: gap("account's currency") }],
  ])('of the account: %s', (_, changes, expected) => {
    expect(plan({}, gold, changes)).toMatchObject(expected);
  });

  it.each<[string, Partial<Instrument>, object]>([
    ['row in the table', { spec: null }, { atRisk: gap('contract size of XAUUSD') }],
    ['quote', { quote: null }, { stopPrice: gap('price of XAUUSD'), distance: 5, lots: 0.4 }],
    ['crossed quote', { quote: { bid: 2, ask: 1, point: 0.01 } }, { stopPrice: gap('price of XAUUSD') }],
    [
      'agreed point',
      { quote: { bid: 2341, ask: 2342, point: 0.001 } },
      { distance: gap('A point of XAUUSD is 0.01 in the symbol table and 0.001 by its ticks') },
    ],
  ])('of the symbol: %s', (_, changes, expected) => {
    expect(plan({}, instrumentOf('XAUUSD', changes))).toMatchObject(expected);
  });

  it('of pips: a confirmation, and their size', () => {
    const sl: PlacedStop = { unit: 'pips', value: 30 };
    const unconfirmed = instrumentOf('XAUUSD', { pipsConfirmed: false });
    expect(plan({ sl }, unconfirmed)).toMatchObject({
      sl: gap('has not been confirmed'),
      lots: gap('has not been confirmed'),
    });
    expect(plan({ sl }, instrumentOf('US30'))).toMatchObject({ sl: gap('size of a pip of US30') });
  });

  it('of stops: a side, a unit, whole points', () => {
    expect(plan({ sl: none })).toMatchObject({ lots: gap('no stop loss'), sl: 0 });
    expect(plan({ tp: none })).toMatchObject({ reward: gap('no take profit'), tp: 0, lots: 0.4 });
    const above: PlacedStop = { unit: 'price', value: 2341.2 };
    expect(plan({ sl: above })).toMatchObject({ sl: gap('must be below the price, which is 2341.09') });
    expect(plan({ side: 'sell', sl: above })).toMatchObject({ sl: gap('must be above the price, which is 2341.34') });
    expect(plan({ tp: above })).toMatchObject({ tp: gap('must be above the price, which is 2341.34') });
    expect(plan({ sl: { unit: 'price', value: 2336.345 } })).toMatchObject({ sl: gap('is 499.5 points') });
    expect(plan({ sl: { unit: 'pips', value: 2 } }, gold, {}, null)).toMatchObject({ sl: gap('not set whether') });
    expect(plan({ sl: { unit: 'points', value: 300_000 } }, gold, {}, 'price')).toMatchObject({ sl: gap('above 0') });
  });

  it('of a rate: the pair by the name that the broker has for it', () => {
    expect(plan({}, instrumentOf('USDJPY'), { rates: ratesOf({}) })).toMatchObject({
      lots: gap('No quote of USDJPY, which turns JPY into USD'),
    });
    const suffixed = { symbols: defaultSymbols, symbolSuffix: '.m' };
    expect(plan({}, instrumentOf('EURGBP'), { rates: ratesOf({}, suffixed) })).toMatchObject({
      lots: gap('No quote of GBPUSD.m, which turns GBP into USD'),
    });
  });

  it('when the smallest lots would risk more than was asked', () => {
    expect(plan({ size: { by: 'percent', value: 0.04 } }).lots).toEqual(
      gap('The smallest 0.01 lots would risk 5 USD, more than the 4 USD asked for'),
    );
  });
});

describe('rates', () => {
  const suffixed = {
    symbols: defaultSymbols.map((spec) => (spec.symbol === 'GBPUSD' ? { ...spec, alias: 'CABLE' } : spec)),
    symbolSuffix: '.m',
  };
  it('come from the direct pair or its inverse, under the name that the broker has for them', () => {
    const rates = ratesOf(
      { 'USDJPY.m': { bid: 100, ask: 101 }, CABLE: { bid: 1.3, ask: 1.4 }, 'SEKUSD.m': { bid: 0.1, ask: 0.2 } },
      suffixed,
    );
    const rate = (from: string, to: string, way: 'in' | 'out') => {
      const found = rateOf(from, to, way, rates);
      return isUnavailable(found) ? found : toNumber(found);
    };
    expect([rate('JPY', 'USD', 'out'), rate('JPY', 'USD', 'in')]).toEqual([0.01, toNumber(over(exact(1), exact(101)))]);
    expect([rate('GBP', 'USD', 'out'), rate('GBP', 'USD', 'in')]).toEqual([1.4, 1.3]);
    expect([rate('SEK', 'USD', 'out'), rate('USD', 'USD', 'in')]).toEqual([0.2, 1]);
    expect(rate('CHF', 'USD', 'out')).toEqual(gap('USDCHF.m'));
  });

  it('are not older than an hour', () => {
    const rates = (at: number): Rates => ratesFrom(() => ({ bid: 1, ask: 1, at }), names, 3_600_001);
    expect(rates(1).priceOf('USDJPY')).not.toBeNull();
    expect(rates(0).priceOf('USDJPY')).toBeNull();
  });
});

describe('any trade', () => {
  const spec = fc.constantFrom(...defaultSymbols);
  const priced = spec.chain((each) => {
    const point = each.point ?? 1;
    return fc
      .record({ ticks: fc.integer({ min: 1_000, max: 9_000_000 }), spread: fc.integer({ min: 0, max: 300 }) })
      .map(({ ticks, spread }): Instrument => ({
        symbol: each.symbol,
        spec: each,
        quote: { bid: cleaned(ticks * point), ask: cleaned((ticks + spread) * point), point },
        pipsConfirmed: true,
      }));
  });
  const everyRate: Rates = {
    nameOf: (name) => ({ name, known: true }),
    priceOf: (pair) =>
      pair.startsWith('USD') ? { bid: 1.301, ask: 1.302 } : pair.endsWith('USD') ? { bid: 0.755, ask: 0.758 } : null,
  };
  const points = fc.integer({ min: 1, max: 20_000 });
  const cents = fc.integer({ min: 1, max: 50_000_00 }).map((amount) => amount / 100);
  const limits = fc
    .record({
      step: fc.constantFrom(0.01, 0.05, 0.1, 1),
      min: fc.integer({ min: 1, max: 3 }),
      max: fc.integer({ min: 3, max: 9_000 }),
    })
    .map(({ step, min, max }) => ({ step, min: cleaned(min * step), max: cleaned(max * step) }));
  const of: SizingAccount = { ...account, rates: everyRate };
  const lossOf = (instrument: Instrument, value: number) =>
    perLot(stopDistance({ unit: 'points', value }, 'sl', 'buy', instrument), 'out', instrument, of);
  const sized = (size: OrderSize, instrument: Instrument, distance: number, grid: typeof lots) =>
    lotsFor(size, lossOf(instrument, distance), of, grid);

  it('never risks more than was asked, and one step more would, unless the lots are the largest', () => {
    let found = 0;
    fc.assert(
      fc.property(priced, points, cents, limits, (instrument, distance, risk, grid) => {
        const traded = sized({ by: 'money', value: risk }, instrument, distance, grid);
        const loss = lossOf(instrument, distance);
        if (isUnavailable(loss)) throw new Error(loss.missing);
        if (isUnavailable(traded)) {
          expect(compare(times(loss, exact(grid.min)), exact(risk))).toBe(1);
          return;
        }
        found += 1;
        expect(compare(times(traded, loss), exact(risk))).toBeLessThanOrEqual(0);
        const value = toNumber(traded) ?? 0;
        expect(value).toBeGreaterThanOrEqual(grid.min);
        expect(value).toBeLessThanOrEqual(grid.max);
        expect(Math.round(value * 100) % Math.round(grid.step * 100)).toBe(0);
        if (value < grid.max) expect(compare(times(exact(cleaned(value + grid.step)), loss), exact(risk))).toBe(1);
      }),
      { numRuns: 3_000 },
    );
    expect(found).toBeGreaterThan(300);
  });

  it('has lots that grow with the risk and shrink with the distance', () => {
    const valueOf = (traded: ReturnType<typeof sized>): number => (isUnavailable(traded) ? 0 : (toNumber(traded) ?? 0));
    fc.assert(
      fc.property(priced, points, points, cents, cents, (instrument, near, further, risk, more) => {
        const size = (value: number): OrderSize => ({ by: 'money', value });
        const base = valueOf(sized(size(risk), instrument, near, lots));
        expect(valueOf(sized(size(cleaned(risk + more)), instrument, near, lots))).toBeGreaterThanOrEqual(base);
        expect(valueOf(sized(size(risk), instrument, near + further, lots))).toBeLessThanOrEqual(base);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is exact at the steps: the risk of so many lots gives so many lots', () => {
    const euro = instrumentOf('EURUSD');
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 5_000 }), (distance, hundredths) => {
        // A point of a lot is 1 USD, so that the risk is written without rounding.
        const risk = (distance * hundredths) / 100;
        const traded = sized({ by: 'money', value: risk }, euro, distance, lots);
        expect(isUnavailable(traded) ? traded : toNumber(traded)).toBe(hundredths / 100);
        const less = sized({ by: 'money', value: cleaned(risk - 0.001) }, euro, distance, lots);
        expect(isUnavailable(less) ? 0 : toNumber(less)).toBe((hundredths - 1) / 100);
      }),
      { numRuns: 3_000 },
    );
  });

  it('has a percentage of equity mean that money', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 1_000 }), (distance, tenths) => {
        const money = { by: 'money', value: tenths * 10 } as const;
        const percent = { by: 'percent', value: tenths / 10 } as const;
        expect(sized(percent, gold, distance, lots)).toEqual(sized(money, gold, distance, lots));
      }),
    );
  });

  it('has stops that come back through points, pips and prices', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        priced,
        points,
        fc.constantFrom('buy', 'sell'),
        fc.constantFrom('sl', 'tp'),
        (instrument, value, side, kind) => {
          const { pip, point } = instrument.spec ?? { pip: null, point: null };
          const typed: PlacedStop = { unit: 'points', value };
          const price = stopForEa(typed, kind, side, instrument, 'price');
          const spread = Math.round(((instrument.quote?.ask ?? 0) - (instrument.quote?.bid ?? 0)) / (point ?? 1));
          if (isUnavailable(price) || (kind === 'sl' && value <= spread)) return;
          compared += 1;
          expect(stopForEa({ unit: 'price', value: price }, kind, side, instrument, 'points')).toBe(value);
          if (pip === null || point === null) return;
          const inPips: PlacedStop = { unit: 'pips', value: cleaned((value * point) / pip) };
          expect(stopForEa(inPips, kind, side, instrument, 'points')).toBe(value);
          expect(stopForEa(inPips, kind, side, instrument, 'price')).toBe(price);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});

/** Without what binary fractions add. */
function cleaned(value: number): number {
  return Number(value.toFixed(9));
}
