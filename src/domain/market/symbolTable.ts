import { z } from 'zod';
import { type LotLimits, lotLimitsSchema } from '../lotLimits.ts';
import { symbolPattern, symbolRule, symbolSuffixPattern } from '../tradeTerms.ts';

const symbolName = z.string().regex(symbolPattern, `A symbol is ${symbolRule}.`);
const positive = z.number().positive().max(1e12);

/** A broker's specification of a symbol. null is unknown; a calculation that needs it says so. */
export const symbolSpecSchema = z
  .strictObject({
    /** Canonical name among traders, such as XAUUSD. */
    symbol: symbolName,
    /** The broker's own name for it, such as GOLD; null: the canonical name and the suffix of the bridge. */
    alias: symbolName.nullable(),
    /** Price of one point: 10 to the power of −digits. Null: taken from its ticks. */
    point: positive.max(1).refine(isPowerOfTen, 'A point is 1, 0.1, 0.01 and so on.').nullable(),
    /** Price of one pip, a whole number of points. */
    pip: positive.nullable(),
    /** Decimals of its prices. */
    digits: z.number().int().min(0).max(8).nullable(),
    /** Units in one lot: 100000 for most currency pairs. */
    contractSize: positive.nullable(),
    /** Null: those of the bridge. */
    lots: lotLimitsSchema.nullable(),
    /** ISO code of the quote currency. */
    quoteCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'A currency is three capital letters.')
      .nullable(),
  })
  .refine(({ point, digits }) => point === null || digits === null || pointOfDigits(digits) === point, {
    path: ['digits'],
    error: 'Point and digits don’t fit: 0.01 has 2 digits.',
  })
  .refine(({ point, pip }) => point === null || pip === null || isWhole(pip / point), {
    path: ['pip'],
    error: 'A pip is a whole number of points.',
  });
export type SymbolSpec = z.infer<typeof symbolSpecSchema>;

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
}

/** The broker's name of a row. */
export function brokerNameOf(spec: SymbolSpec, suffix: string): string {
  return spec.alias ?? `${spec.symbol}${suffix}`;
}

type FindRow = (name: string) => SymbolSpec | null;

/** Index of each table for the suffix used last. Tables are replaced, never changed in place. */
const lookUps = new WeakMap<readonly SymbolSpec[], { suffix: string; find: FindRow }>();

/** Finds a row by the broker's or the canonical name: alias, else canonical with suffix, else canonical. */
export function findSymbol({ symbols, symbolSuffix: suffix }: SymbolNames, name: string): SymbolSpec | null {
  const known = lookUps.get(symbols);
  if (known?.suffix === suffix) return known.find(name);
  const find = lookUpIn(symbols, suffix);
  lookUps.set(symbols, { suffix, find });
  return find(name);
}

/** Builds the index: an order looks its symbol up a dozen times, in up to 1,000 rows. */
function lookUpIn(symbols: readonly SymbolSpec[], suffix: string): FindRow {
  const aliases = new Map<string, SymbolSpec>();
  const suffixed = new Map<string, SymbolSpec>();
  const canonical = new Map<string, SymbolSpec>();
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

/** W6: the lots of a symbol: its own, else the bridge's. */
export function lotsOf(names: SymbolNames & { lots: LotLimits }, name: string): LotLimits {
  return findSymbol(names, name)?.lots ?? names.lots;
}

/** Quote currency by the table, else by the name, such as USD for EURUSD, XAUUSD.m or EURUSDpro; null: unknown, as for US30. */
export function quoteCurrencyOf({
  symbol,
  quoteCurrency,
}: Pick<SymbolSpec, 'symbol' | 'quoteCurrency'>): string | null {
  return quoteCurrency ?? /^[A-Z]{3}([A-Z]{3})(?![A-Z])/.exec(symbol)?.[1] ?? null;
}

/** A row with nothing but its name. */
export function unknownSymbol(symbol: string): SymbolSpec {
  return {
    symbol,
    alias: null,
    point: null,
    pip: null,
    digits: null,
    contractSize: null,
    lots: null,
    quoteCurrency: null,
  };
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

function isPowerOfTen(value: number): boolean {
  return Number(`1e${String(Math.round(Math.log10(value)))}`) === value;
}

/** Price of one point for prices with `digits` decimals. */
export function pointOfDigits(digits: number): number {
  return Number(`1e-${String(digits)}`);
}

function isWhole(value: number): boolean {
  return Math.round(value) >= 1 && Math.abs(value - Math.round(value)) < 1e-6;
}
