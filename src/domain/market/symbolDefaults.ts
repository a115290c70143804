import type { SymbolSpec } from './symbolTable.ts';

// What most brokers say of the symbols that most people trade. Yours may differ: MT5 shows it under Specification, the
// point is checked against ticks, and a person confirms the pips.

const dollarPairs = ['EURUSD', 'GBPUSD', 'AUDUSD', 'NZDUSD', 'USDCHF', 'USDCAD'];
const crosses = [
  'EURGBP', 'EURCHF', 'EURAUD', 'EURCAD', 'EURNZD', 'GBPCHF', 'GBPAUD', 'GBPCAD', 'GBPNZD', 'AUDCAD', 'AUDNZD', 'AUDCHF',
  'NZDCAD', 'NZDCHF', 'CADCHF',
]; // prettier-ignore
const yenPairs = ['USDJPY', 'EURJPY', 'GBPJPY', 'AUDJPY', 'NZDJPY', 'CADJPY', 'CHFJPY'];

function row(
  symbol: string,
  digits: number,
  contractSize: number,
  quoteCurrency: string,
  pip: number | null = null,
): SymbolSpec {
  const point = Number(`1e-${String(digits)}`);
  return { symbol, alias: null, point, pip, digits, contractSize, lots: null, quoteCurrency };
}

/** Brokers disagree on the contract size of these: it sizes nothing until a person has compared it with MT5. */
const sizesVary = ['XAGUSD', 'US30', 'NAS100', 'SPX500', 'GER40', 'UK100', 'USOIL', 'UKOIL', 'BTCUSD', 'ETHUSD'];

/** Of metals but gold, of indices, oil and coins people mean different things by a pip: theirs is not set. */
export const defaultSymbols: readonly SymbolSpec[] = [
  ...[...dollarPairs, ...crosses].map((pair) => row(pair, 5, 100_000, pair.slice(3), 0.0001)),
  ...yenPairs.map((pair) => row(pair, 3, 100_000, 'JPY', 0.01)),
  row('XAUUSD', 2, 100, 'USD', 0.1),
  row('XAGUSD', 3, 5_000, 'USD'),
  row('US30', 1, 1, 'USD'),
  row('NAS100', 1, 1, 'USD'),
  row('SPX500', 1, 1, 'USD'),
  row('GER40', 1, 1, 'EUR'),
  row('UK100', 1, 1, 'GBP'),
  row('USOIL', 2, 1_000, 'USD'),
  row('UKOIL', 2, 1_000, 'USD'),
  row('BTCUSD', 2, 1, 'USD'),
  row('ETHUSD', 2, 1, 'USD'),
];

/** Whether the contract size is the one that the app brought along and brokers disagree on: nobody has touched its row. */
export function isSizeOfDefaults(spec: SymbolSpec | null): boolean {
  if (spec === null || !sizesVary.includes(spec.symbol)) return false;
  const brought = defaultSymbols.find(({ symbol }) => symbol === spec.symbol);
  // A broker's name says nothing of the size.
  return brought !== undefined && JSON.stringify({ ...brought, alias: spec.alias }) === JSON.stringify(sorted(spec));
}

/** With the columns in the order of {@link row}. */
function sorted({ symbol, alias, point, pip, digits, contractSize, lots, quoteCurrency }: SymbolSpec): SymbolSpec {
  return { symbol, alias, point, pip, digits, contractSize, lots, quoteCurrency };
}
