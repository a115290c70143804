import { z } from 'zod';
import type { LotLimits } from '../lotLimits.ts';
import { symbolSuffixPattern } from '../tradeTerms.ts';
import { brokerNameOf, type KnownSymbol, type SymbolSpec, symbolSpecSchema } from './symbolSpec.ts';
import { narrowedLots, type ToldSymbol, withTold } from './toldSymbols.ts';

/** Symbol table of a bridge. No name belongs to two symbols. */
export const symbolTableSchema = z
  .array(symbolSpecSchema)
  .max(1000)
  .superRefine((symbols, context) => {
    const clash = findClash({ symbols, symbolSuffix: '' });
    if (clash !== null) context.addIssue({ code: 'custom', path: [clash.row, clash.column], message: clash.problem });
  });

/** Suffix of the broker's names, such as `.m`; empty: none. */
export const symbolSuffixSchema = z.string().regex(symbolSuffixPattern);

/** How a bridge's broker names symbols. */
export interface SymbolNames {
  symbols: readonly SymbolSpec[];
  symbolSuffix: string;
  /** What the EA tells of its symbols (N7); left out: nothing. */
  toldSymbols?: readonly ToldSymbol[];
}

type FindRow = (name: string) => KnownSymbol | null;
const noneTold: readonly ToldSymbol[] = [];

/** Index of each table for the suffix and the told symbols used last. Both are replaced, never changed in place. */
const lookUps = new WeakMap<readonly SymbolSpec[], { suffix: string; told: readonly ToldSymbol[]; find: FindRow }>();

/** Finds a row by the broker's or the canonical name: alias, else canonical with suffix, else canonical. */
export function findSymbol(
  { symbols, symbolSuffix: suffix, toldSymbols: told = noneTold }: SymbolNames,
  name: string,
): KnownSymbol | null {
  const known = lookUps.get(symbols);
  if (known?.suffix === suffix && known.told === told) return known.find(name);
  const find = lookUpIn(told.length === 0 ? symbols : withTold(symbols, suffix, told), suffix);
  lookUps.set(symbols, { suffix, told, find });
  return find(name);
}

/** Builds the index: an order looks its symbol up a dozen times, in up to 1,000 rows. */
function lookUpIn(symbols: readonly KnownSymbol[], suffix: string): FindRow {
  const aliases = new Map<string, KnownSymbol>();
  const suffixed = new Map<string, KnownSymbol>();
  const canonical = new Map<string, KnownSymbol>();
  // The first of two rows with one name counts, so it is entered last.
  for (const spec of symbols.toReversed()) {
    if (spec.alias === null) suffixed.set(brokerNameOf(spec, suffix), spec);
    else aliases.set(spec.alias, spec);
    canonical.set(spec.symbol, spec);
  }
  return (name) => aliases.get(name) ?? suffixed.get(name) ?? canonical.get(name) ?? null;
}

/** A symbol's name at the broker. One that is not in the table gets the suffix, unless it ends in it. */
export function brokerSymbol(names: SymbolNames, name: string): string {
  const { symbolSuffix } = names;
  const spec = findSymbol(names, name);
  if (spec !== null) return brokerNameOf(spec, symbolSuffix);
  if (name.endsWith(symbolSuffix)) return name;
  const suffixed = `${name}${symbolSuffix}`;
  const other = findSymbol(names, suffixed);
  return other === null ? suffixed : brokerNameOf(other, symbolSuffix);
}

/**
 * Whether an earlier order may be of this symbol, also when the table named it differently then.
 * @param symbol the broker's name now
 * @param earlier the name under which the order was sent
 */
export function mayBeSymbol(names: SymbolNames, symbol: string, earlier: string): boolean {
  if (earlier === symbol || brokerSymbol(names, earlier) === symbol) return true;
  const canonical = findSymbol(names, symbol)?.symbol;
  return canonical !== undefined && earlier.startsWith(canonical);
}

/** W6: the lots of a symbol: its own, else the bridge's, within those that the terminal allows. */
export function lotsOf(names: SymbolNames & { lots: LotLimits }, name: string): LotLimits {
  const spec = findSymbol(names, name);
  return narrowedLots(spec?.lots ?? names.lots, spec?.toldLots);
}

/** Quote currency by the table, else by the name, such as USD for EURUSD, XAUUSD.m or EURUSDpro; null: unknown, as for US30. */
export function quoteCurrencyOf({
  symbol,
  quoteCurrency,
}: Pick<SymbolSpec, 'symbol' | 'quoteCurrency'>): string | null {
  return quoteCurrency ?? /^[A-Z]{3}([A-Z]{3})(?![A-Z])/.exec(symbol)?.[1] ?? null;
}

export interface NameClash {
  row: number;
  column: 'symbol' | 'alias';
  problem: string;
}

/** The first name that two rows share; null: none. */
export function findClash({ symbols, symbolSuffix }: SymbolNames): NameClash | null {
  const owners = new Map<string, number>();
  for (const [row, { symbol }] of symbols.entries()) {
    if (owners.has(symbol)) return { row, column: 'symbol', problem: `${symbol} stands here twice.` };
    owners.set(symbol, row);
  }
  for (const [row, spec] of symbols.entries()) {
    const name = brokerNameOf(spec, symbolSuffix);
    const owner = owners.get(name);
    if (owner !== undefined && owner !== row) {
      const other = symbols[owner]?.symbol ?? '';
      return { row, column: 'alias', problem: `${name} would be both ${spec.symbol} and ${other}.` };
    }
    owners.set(name, row);
  }
  return null;
}
