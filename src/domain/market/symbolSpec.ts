import { z } from 'zod';
import { type LotLimits, lotLimitsSchema } from '../lotLimits.ts';
import { symbolPattern, symbolRule } from '../tradeTerms.ts';

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

/** A property of a symbol that a person has set in the symbol table, and that the EA tells otherwise. */
export interface SymbolDifference {
  /** The broker's name. */
  symbol: string;
  what: 'point' | 'digits' | 'contract size' | 'quote currency';
  set: string;
  told: string;
}

/** What a broker takes of pending orders in a symbol; null: not told. */
export interface PendingRules {
  /** Prices are whole multiples of it. */
  tickSize: number | null;
  /** Least distance of prices and stops from the market, points; 0: none. */
  stopsLevel: number | null;
  /** Flags of SYMBOL_EXPIRATION_MODE: 1 until cancelled, 2 the day, 4 a time. */
  expirations: number | null;
}

/** A row of the symbol table with what the EA tells of the symbol (N7). */
export interface KnownSymbol extends SymbolSpec {
  /** The EA has told what the person has not set. */
  isTold?: boolean;
  /** The contract size is the app's own, which the EA does not tell and brokers disagree on. */
  isSizeOpen?: boolean;
  /** Money of one point and one lot in the account's currency, as the terminal computes it. */
  toldWorth?: { point: number; money: number } | null;
  /** Lots that the terminal allows. */
  toldLots?: LotLimits;
  toldPending?: PendingRules;
  differences?: readonly SymbolDifference[];
}

/** The broker's name of a row. */
export function brokerNameOf(spec: SymbolSpec, suffix: string): string {
  return spec.alias ?? `${spec.symbol}${suffix}`;
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

/** Price of one point for prices with `digits` decimals. */
export function pointOfDigits(digits: number): number {
  return Number(`1e-${String(digits)}`);
}

function isPowerOfTen(value: number): boolean {
  return Number(`1e${String(Math.round(Math.log10(value)))}`) === value;
}

/** Whether a quotient is a whole number from 1 on, but for rounding. */
export function isWhole(value: number): boolean {
  return Math.round(value) >= 1 && Math.abs(value - Math.round(value)) < 1e-6;
}
