import { describe, expect, it } from 'vitest';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { brokerSymbol, findSymbol, lotsOf } from '../../src/domain/market/symbolTable.ts';
import type { ToldSymbol } from '../../src/domain/market/toldSymbols.ts';
import { checkLot } from '../../src/domain/tradeTerms.ts';
import { perLot } from '../../src/domain/sizing/valuePerLot.ts';
import { exact, toNumber } from '../../src/domain/arithmetic/rational.ts';
import { isUnavailable } from '../../src/domain/arithmetic/unavailable.ts';

const lots = { min: 0.01, max: 50, step: 0.01 };
const told = (symbol: string, changes: Partial<ToldSymbol> = {}): ToldSymbol => ({
  ...{ symbol, digits: 2, contractSize: 10, quoteCurrency: 'USD', lots, moneyPerPoint: null, ...changes },
});
const account = { currency: 'USD', rates: { priceOf: () => null, nameOf: (name: string) => ({ name, known: false }) } };

describe('the symbol table with what the EA tells', () => {
  it('fills empty cells and takes the place of the app’s own figures', () => {
    const names = { symbols: defaultSymbols, symbolSuffix: '', toldSymbols: [told('US30', { digits: 1 })] };
    expect(findSymbol(names, 'US30')).toMatchObject({ contractSize: 10, point: 0.1, digits: 1, differences: [] });
    // Nobody has to confirm a size that the terminal tells.
    const instrument = { symbol: 'US30', spec: findSymbol(names, 'US30'), sizesConfirmed: false };
    expect(perLot(exact(1), 'out', instrument, account)).not.toHaveProperty('missing');
    const untold = { ...names, toldSymbols: [] };
    expect(findSymbol(untold, 'US30')).toMatchObject({ contractSize: 1 });
    expect(perLot(exact(1), 'out', { ...instrument, spec: findSymbol(untold, 'US30') }, account)).toHaveProperty(
      'missing',
    );
  });

  it('keeps what a person has set, notes the difference, and computes nothing in money', () => {
    const gold = { ...unknownSymbol('XAUUSD'), alias: 'GOLD', contractSize: 1_000, pip: 0.1 };
    const names = { symbols: [gold], symbolSuffix: '', toldSymbols: [told('GOLD')] };
    const spec = findSymbol(names, 'GOLD');
    expect(spec).toMatchObject({ symbol: 'XAUUSD', contractSize: 1_000, point: 0.01, pip: 0.1 });
    expect(spec?.differences).toEqual([{ symbol: 'GOLD', what: 'contract size', set: '1000', told: '10' }]);
    expect(perLot(exact(1), 'out', { symbol: 'GOLD', spec }, account)).toMatchObject({
      missing: 'The contract size of GOLD is 10 by the EA and 1000 in the symbol table',
      lapsed: true,
    });
  });

  it('computes nothing in money where the terminal computes another worth of a point', () => {
    // 1,000 points of 0.01 of one lot: 10 USD by the contract size.
    const worth = (changes: Partial<ToldSymbol>, row = unknownSymbol('X')) => {
      const names = { symbols: [row], symbolSuffix: '', toldSymbols: [told('X', { contractSize: 1, ...changes })] };
      const money = perLot(exact(1), 'out', { symbol: 'X', spec: findSymbol(names, 'X') }, account);
      return isUnavailable(money) ? money : toNumber(money);
    };
    const missing = 'A point of one lot of X is worth 0.05 USD by the terminal and 0.01 USD by its contract size of 1';
    expect(worth({ moneyPerPoint: 0.05 })).toMatchObject({ missing, lapsed: true });
    expect(worth({ moneyPerPoint: 0.002 })).toMatchObject({ lapsed: true });
    expect(worth({ moneyPerPoint: 0.0115 })).toBe(1);
    expect(worth({ moneyPerPoint: null })).toBe(1);
    // So little money is told rounded.
    expect(worth({ contractSize: 0.001, moneyPerPoint: 0.000_02 })).toBe(0.001);
    // A future is worth what its ticks are: no contract size is told, and that of a person is compared by its money.
    const future = { ...unknownSymbol('X'), contractSize: 5 };
    expect(worth({ contractSize: null, moneyPerPoint: 0.05 })).toMatchObject({
      missing: expect.stringContaining('contract size') as string,
    });
    expect(worth({ contractSize: null, moneyPerPoint: 0.05 }, future)).toBe(5);
    expect(worth({ contractSize: null, moneyPerPoint: 0.5 }, future)).toMatchObject({ lapsed: true });
  });

  it('leaves the app’s own contract size to be confirmed where the terminal tells none', () => {
    const names = { symbols: defaultSymbols, symbolSuffix: '', toldSymbols: [told('US30', { contractSize: null })] };
    const instrument = { symbol: 'US30', spec: findSymbol(names, 'US30'), sizesConfirmed: false };
    expect(perLot(exact(1), 'out', instrument, account)).toHaveProperty('missing');
  });

  it('drops a pip that is no whole number of the told points', () => {
    const names = {
      symbols: [{ ...unknownSymbol('X'), pip: 0.1 }],
      symbolSuffix: '',
      toldSymbols: [told('X', { digits: 0 })],
    };
    expect(findSymbol(names, 'X')).toMatchObject({ point: 1, pip: null });
  });

  it('knows a told symbol without a row by its exact name, whatever the suffix', () => {
    const names = { symbols: [], symbolSuffix: '.m', toldSymbols: [told('BRENT_X', { digits: 3 })] };
    expect(findSymbol(names, 'BRENT_X')).toMatchObject({ point: 0.001, contractSize: 10 });
    expect(brokerSymbol(names, 'BRENT_X')).toBe('BRENT_X');
  });

  it('gives no row the figures of another symbol of a similar name', () => {
    // The row stands for GOLD: the broker's XAUUSD is another one.
    const gold = { ...unknownSymbol('XAUUSD'), alias: 'GOLD' };
    const names = { symbols: [gold], symbolSuffix: '', toldSymbols: [told('XAUUSD')] };
    expect(findSymbol(names, 'GOLD')).toMatchObject({ contractSize: null });
    expect(findSymbol(names, 'XAUUSD')).toMatchObject({ alias: 'GOLD', contractSize: null });
    const suffixed = { symbols: [unknownSymbol('EURUSD')], symbolSuffix: '.m', toldSymbols: [told('EURUSD')] };
    expect(findSymbol(suffixed, 'EURUSD.m')).toMatchObject({ contractSize: null });
  });

  it('allows the lots that both the settings and the terminal allow', () => {
    const names = (set: typeof lots, said: typeof lots) => ({
      ...{ symbols: [], symbolSuffix: '', toldSymbols: [told('X', { lots: said })], lots: set },
    });
    expect(lotsOf(names({ min: 0.01, max: 2, step: 0.01 }, { min: 0.1, max: 100, step: 0.1 }), 'X')).toEqual({
      ...{ min: 0.1, max: 2, step: 0.1 },
    });
    expect(lotsOf(names({ min: 0.01, max: 2, step: 0.01 }, { min: 0.001, max: 1, step: 0.001 }), 'X')).toEqual({
      ...{ min: 0.01, max: 1, step: 0.01 },
    });
    // Lots must be a multiple of both steps.
    expect(lotsOf(names({ min: 0.01, max: 2, step: 0.05 }, { min: 0.02, max: 1, step: 0.02 }), 'X')).toEqual({
      ...{ min: 0.1, max: 1, step: 0.1 },
    });
    expect(lotsOf(names({ min: 0.01, max: 2, step: 0.01 }, { min: 0.005, max: 1, step: 0.015 }), 'X')).toEqual({
      ...{ min: 0.03, max: 0.99, step: 0.03 },
    });
  });

  it.each([
    ['the terminal takes none so small', { min: 100, max: 500, step: 1 }],
    ['the terminal takes none so large', { min: 0.001, max: 0.005, step: 0.001 }],
    ['the terminal says the contrary of itself', { min: 5, max: 1, step: 0.01 }],
    ['no multiple of both steps is within them', { min: 0.01, max: 50, step: 999_999 }],
    ['the terminal has a step as no number of a lot', { min: 0.01, max: 50, step: 0.012_345_67 }],
  ])('allows no lots where %s', (_, said) => {
    const names = { symbols: [], symbolSuffix: '', toldSymbols: [told('X', { lots: said })], lots };
    const limits = lotsOf(names, 'X');
    for (const lot of [0.01, 0.1, 1, 5, 50, 100, 500]) {
      expect(checkLot(lot, limits)?.reason).toBe('The settings and the terminal allow no lots in common.');
    }
  });
});
