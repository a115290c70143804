import type { SymbolColumn } from '../../../src/domain/market/symbolRow.ts';

/** What each column of the symbol table is for, in a trader's words. */
export const columnMeanings: Record<SymbolColumn, string> = {
  symbol: 'The name that you type and that your programs use, such as XAUUSD.',
  alias: 'The name that Market Watch shows, where it is another one, such as GOLD. It is what is sent.',
  point: 'The smallest step of the price. EA v7 counts stops in it. Empty: taken from the ticks.',
  pip: 'The step that you mean by a pip, such as 0.0001. Empty: no stop is taken in pips.',
  digits: 'Decimals of the price: 5 for a point of 0.00001.',
  'contract size':
    'Units in one lot: 100000 for most pairs, 100 ounces for gold. Ten times too small here, and lots by risk come out ten times too large.',
  'lot min': 'An order of fewer lots is refused. Empty: the smallest lots of the bridge count.',
  'lot max': 'An order of more lots is refused. Empty: the largest lots of the bridge count.',
  'lot step': 'Lots are a multiple of it. Empty: the lot step of the bridge counts.',
  'quote currency': 'The currency that the price is in: JPY for USDJPY. Empty: nothing is computed in money.',
};
