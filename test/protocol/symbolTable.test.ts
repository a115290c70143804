import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { symbolSpecSchema, unknownSymbol, type SymbolSpec } from '../../src/domain/market/symbolSpec.ts';
import {
  brokerSymbol,
  findSymbol,
  lotsOf,
  quoteCurrencyOf,
  symbolTableSchema,
  type SymbolNames,
} from '../../src/domain/market/symbolTable.ts';

const named = (symbol: string, alias: string | null = null): SymbolSpec => ({ ...unknownSymbol(symbol), alias });
const gold: SymbolSpec = { ...named('XAUUSD'), point: 0.01, pip: 0.1, digits: 2, contractSize: 100 };
const firstProblem = (spec: object): string => {
  const issue = symbolSpecSchema.safeParse({ ...gold, ...spec }).error?.issues[0];
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
};

describe('the defaults', () => {
  it('are a valid table of the usual symbols', () => {
    expect(symbolTableSchema.parse(defaultSymbols)).toEqual(defaultSymbols);
    expect(defaultSymbols.length).toBeGreaterThanOrEqual(30);
  });

  it('have every pair of the eight majors', () => {
    const majors = ['EUR', 'GBP', 'AUD', 'NZD', 'USD', 'CAD', 'CHF', 'JPY'];
    const pairs = majors.flatMap((base, at) => majors.slice(at + 1).map((quoted) => `${base}${quoted}`));
    expect(pairs).toHaveLength(28);
    const table = new Set(defaultSymbols.map(({ symbol }) => symbol));
    expect(pairs.filter((pair) => !table.has(pair))).toEqual([]);
  });

  it.each([
    ['EURUSD', 0.0001, 0.00001, 100_000, 'USD'],
    ['EURGBP', 0.0001, 0.00001, 100_000, 'GBP'],
    ['USDJPY', 0.01, 0.001, 100_000, 'JPY'],
    ['GBPJPY', 0.01, 0.001, 100_000, 'JPY'],
    ['XAUUSD', 0.1, 0.01, 100, 'USD'],
    ['US30', null, 0.1, 1, 'USD'],
    ['GER40', null, 0.1, 1, 'EUR'],
  ] as const)('say of %s: pip %s, point %s, %i units in a lot, priced in %s', (symbol, pip, point, size, currency) => {
    expect(defaultSymbols.find((spec) => spec.symbol === symbol)).toMatchObject({
      pip,
      point,
      contractSize: size,
      quoteCurrency: currency,
    });
  });
});

describe('a look-up', () => {
  /** As the rule says it, row by row. */
  function search({ symbols, symbolSuffix }: SymbolNames, name: string): SymbolSpec | null {
    return (
      symbols.find(({ alias }) => alias === name) ??
      symbols.find(({ alias, symbol }) => alias === null && `${symbol}${symbolSuffix}` === name) ??
      symbols.find(({ symbol }) => symbol === name) ??
      null
    );
  }

  it('finds what a search row by row finds, in tables with clashes too, under one suffix after the other', () => {
    const name = fc.constantFrom('A', 'B', 'A.m', 'B.m', 'A.m.m', 'C');
    const row = fc.tuple(name, fc.option(name)).map(([symbol, alias]) => named(symbol, alias));
    const suffixes = fc.array(fc.constantFrom('', '.m', '.m.m'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), suffixes, (symbols, inTurn) => {
        for (const symbolSuffix of inTurn) {
          const names = { symbols, symbolSuffix };
          for (const each of ['A', 'B', 'C', 'A.m', 'B.m', 'A.m.m', 'D']) {
            expect(findSymbol(names, each)).toBe(search(names, each));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a row', () => {
  it.each([
    [{ symbol: 'XAU,USD' }, 'symbol: A symbol is'],
    [{ symbol: 'XAUUSD ' }, 'symbol: A symbol is'],
    [{ alias: '' }, 'alias: A symbol is'],
    [{ point: 0.05 }, 'point: A point is'],
    [{ point: 10 }, 'point: '],
    [{ digits: 3 }, 'digits: Point and digits'],
    [{ pip: 0.015 }, 'pip: A pip is a whole number of points'],
    [{ pip: 0.001 }, 'pip: A pip is a whole number of points'],
    [{ contractSize: 0 }, 'contractSize: '],
    [{ quoteCurrency: 'usd' }, 'quoteCurrency: A currency'],
    [{ lots: { min: 2, max: 1, step: 0.1 } }, 'lots.min: The smallest lot'],
    [{ leverage: 5 }, ': Unrecognized'],
  ])('may not have %j', (changes, problem) => {
    expect(firstProblem(changes)).toContain(problem);
  });

  it.each([
    [[gold, gold], '1.symbol: XAUUSD stands here twice.'],
    [[gold, named('GOLD', 'XAUUSD')], '1.alias: XAUUSD would be both GOLD and XAUUSD.'],
    [[named('A', 'X'), named('B', 'X')], '1.alias: X would be both B and A.'],
  ])('is the only one of its names: %#', (table, problem) => {
    const issue = symbolTableSchema.safeParse(table).error?.issues[0];
    expect(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`).toBe(problem);
  });
});

describe('names', () => {
  const names: SymbolNames = { symbols: [gold, named('US30', 'DJ30'), named('EURUSD')], symbolSuffix: '.m' };

  it.each([
    ['XAUUSD', 'XAUUSD.m'],
    ['XAUUSD.m', 'XAUUSD.m'],
    ['US30', 'DJ30'],
    ['DJ30', 'DJ30'],
    ['AAPL', 'AAPL.m'],
    ['AAPL.m', 'AAPL.m'],
    ['US 500', 'US 500.m'],
    ['constructor', 'constructor.m'],
  ])('%s is %s at the broker', (typed, sent) => {
    expect(brokerSymbol(names, typed)).toBe(sent);
    expect(findSymbol(names, sent)?.symbol).toBe(findSymbol(names, typed)?.symbol);
  });

  it('are sent the same however often they are looked up', () => {
    const name = fc.constantFrom('A', 'B', 'A.m', 'B.m', 'C');
    const table = fc.uniqueArray(fc.record({ symbol: name, alias: fc.option(name) }), {
      selector: ({ symbol }) => symbol,
    });
    fc.assert(
      fc.property(table, name, fc.constantFrom('', '.m'), (rows, typed, symbolSuffix) => {
        const symbols = rows.map(({ symbol, alias }) => named(symbol, alias));
        fc.pre(symbolTableSchema.safeParse(symbols).success);
        const sent = brokerSymbol({ symbols, symbolSuffix }, typed);
        expect(brokerSymbol({ symbols, symbolSuffix }, sent)).toBe(sent);
      }),
    );
  });

  it('have lots of their own, else those of the bridge', () => {
    const [own, lots] = [
      { min: 0.1, max: 1, step: 0.1 },
      { min: 0.01, max: 50, step: 0.01 },
    ];
    const bridge = { symbols: [{ ...gold, lots: own }, named('EURUSD')], symbolSuffix: '.m', lots };
    expect(lotsOf(bridge, 'XAUUSD.m')).toBe(own);
    expect(lotsOf(bridge, 'XAUUSD')).toBe(own);
    expect(lotsOf(bridge, 'EURUSD')).toBe(lots);
    expect(lotsOf(bridge, 'constructor')).toBe(lots);
  });
});

describe('the quote currency', () => {
  it.each([
    ['EURUSD', 'USD'],
    ['XAUUSD.m', 'USD'],
    ['USDJPYpro', 'JPY'],
    ['GBPCHF#', 'CHF'],
    ['EURUSD1', 'USD'],
    ['BTCUSDT', null],
    ['US30', null],
    ['#AAPL', null],
    ['eurusd', null],
    ['EURUS', null],
    ['', null],
  ])('of %s is %s where the table says nothing', (symbol, currency) => {
    expect(quoteCurrencyOf({ symbol, quoteCurrency: null })).toBe(currency);
    expect(quoteCurrencyOf({ symbol, quoteCurrency: 'EUR' })).toBe('EUR');
  });
});
