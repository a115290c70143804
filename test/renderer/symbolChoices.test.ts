import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/domain/market/quote.ts';
import { noTicketSettings } from '../../src/api/settings/ticketSettings.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { matching, meant, symbolChoices, tradersName } from '../../renderer/views/ticket/form/symbolChoices.ts';
import { anOrder } from './anOrder.ts';

const bridge = {
  id: 'main',
  symbolSuffix: '',
  symbols: [
    { ...unknownSymbol('XAUUSD'), alias: 'GOLD' },
    unknownSymbol('EURUSD'),
    unknownSymbol('USDJPY'),
    unknownSymbol('AUDCAD'),
  ],
  ticket: { ...noTicketSettings, favourites: ['USDJPY'] },
};
const quote = (symbol: string): Quote => ({ symbol, bid: 1, ask: 1, digits: 2, point: 0.01, at: 0, earlier: false });
const quotes = [quote('GOLD'), quote('BTCUSD')];
const orders = [
  anOrder({ symbol: 'EURUSD' }),
  anOrder({ symbol: 'GOLD' }),
  anOrder({ symbol: 'EURUSD' }),
  anOrder({ symbol: 'USDJPY' }),
  anOrder({ symbol: 'ALL', action: 'close_all' }),
  anOrder({ symbol: 'BTCUSD', bridge: 'paper' }),
];
const choices = symbolChoices(bridge, quotes, orders);
const namesOf = (found: typeof choices): string[] => found.map(({ group, symbol }) => `${group} ${symbol}`);

describe('the symbols to choose from', () => {
  it('are favourites, the last traded, and those that are quoted, and the rest of the table, each once', () => {
    expect(namesOf(choices)).toEqual([
      'Favourites USDJPY',
      'Recent EURUSD',
      'Recent XAUUSD',
      'Quoted BTCUSD',
      'Others AUDCAD',
    ]);
  });

  it('are found by either name, those that begin with it first', () => {
    expect(namesOf(matching(choices, 'gold'))).toEqual(['Recent XAUUSD']);
    expect(namesOf(matching(choices, 'usd'))).toEqual([
      'Favourites USDJPY',
      'Recent EURUSD',
      'Recent XAUUSD',
      'Quoted BTCUSD',
    ]);
    expect(namesOf(matching(symbolChoices({ ...bridge, ticket: noTicketSettings }, [], []), 'u'))).toEqual([
      'Others USDJPY',
      'Others AUDCAD',
      'Others EURUSD',
      'Others XAUUSD',
    ]);
    expect(matching(choices, 'nothing')).toEqual([]);
    expect(matching(choices, ' ')).toHaveLength(5);
  });

  it('are meant in any case, unless two are', () => {
    expect(meant(choices, 'xauusd')?.symbol).toBe('XAUUSD');
    expect(meant(choices, 'Gold')?.symbol).toBe('XAUUSD');
    expect(meant(choices, 'GBPUSD')).toBeNull();
    const both = symbolChoices(bridge, [quote('btcusd'), quote('BTCUSD')], []);
    expect(meant(both, 'btcusd')?.symbol).toBe('btcusd');
    expect(meant(both, 'BtcUsd')).toBeNull();
  });

  it('have the name that traders say', () => {
    expect(tradersName(bridge, 'GOLD')).toBe('XAUUSD');
    expect(tradersName(bridge, 'BTCUSD')).toBe('BTCUSD');
    expect(tradersName({ ...bridge, symbolSuffix: '.m' }, 'EURUSD.m')).toBe('EURUSD');
  });
});
