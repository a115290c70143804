import { describe, expect, it } from 'vitest';
import { accountDifferences, symbolDifferences } from '../../src/api/presentation/termDifferences.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';

const account = { currency: 'EUR', leverage: 100, positionMode: 'netting' } as never;
const lots = { min: 0.01, max: 50, step: 0.01 };
const gold = { symbol: 'XAUUSD', digits: 2, contractSize: 10, quoteCurrency: 'USD', lots, moneyPerPoint: null };

describe('what the EA tells otherwise than a person has set', () => {
  it('is said of the account, where a person has set it', () => {
    expect(accountDifferences({ account, positionMode: 'hedging', currency: 'USD', leverage: null })).toEqual([
      'The account is netting by the EA and hedging in the settings of the bridge.',
      "The account's currency is EUR by the EA and USD in the settings of the bridge.",
    ]);
    expect(accountDifferences({ account, positionMode: null, currency: null, leverage: 100 })).toEqual([]);
  });

  it('is said of each symbol', () => {
    const set = { ...unknownSymbol('XAUUSD'), contractSize: 100_000 };
    expect(symbolDifferences([set], '', [gold])).toEqual([
      'The contract size of XAUUSD is 10 by the EA and 100000 in the symbol table.',
    ]);
    expect(symbolDifferences([unknownSymbol('XAUUSD')], '', [gold])).toEqual([]);
  });
});
