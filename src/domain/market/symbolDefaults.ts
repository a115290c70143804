import type { SymbolSpec } from './symbolSpec.ts';

// Usual specifications of common symbols. A broker's may differ: MT5 shows it under Specification, the point is checked against
// ticks, and a person confirms the pips.

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

/** Symbols on whose contract size brokers disagree: it is not used for sizing until a person has compared it with MT5. */
const sizesVary = ['XAGUSD', 'US30', 'NAS100', 'SPX500', 'GER40', 'UK100', 'USOIL', 'UKOIL', 'BTCUSD', 'ETHUSD'];

/** The default symbol table. Pips of metals but gold, indices, oil and coins are not set: traders disagree on them. */
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

/** Whether the contract size is an unchanged default on which brokers disagree. */
export function isSizeOfDefaults(spec: SymbolSpec | null): boolean {
  if (spec === null || !sizesVary.includes(spec.symbol)) return false;
  const brought = defaultSymbols.find(({ symbol }) => symbol === spec.symbol);
  // The alias doesn't concern the size.
  return brought !== undefined && JSON.stringify({ ...brought, alias: spec.alias }) === JSON.stringify(sorted(spec));
}

/** With the columns in the order of {@link row}. */
function sorted({ symbol, alias, point, pip, digits, contractSize, lots, quoteCurrency }: SymbolSpec): SymbolSpec {
  return { symbol, alias, point, pip, digits, contractSize, lots, quoteCurrency };
}
