import type { z } from 'zod';
import { type SymbolSpec, symbolSpecSchema } from './symbolSpec.ts';
import { symbolRule } from '../tradeTerms.ts';

// Reading and writing rows of the symbol table as text, for files and for the settings.

export const symbolColumns = [
  'symbol',
  'alias',
  'point',
  'pip',
  'digits',
  'contract size',
  'lot min',
  'lot max',
  'lot step',
  'quote currency',
] as const;
export type SymbolColumn = (typeof symbolColumns)[number];
export type SymbolRow = Record<SymbolColumn, string>;

export interface RowProblem {
  column: SymbolColumn;
  /** One sentence with what to write instead. */
  problem: string;
}

const rules: Record<SymbolColumn, string> = {
  symbol: `write ${symbolRule}.`,
  alias: 'write the name that Market Watch shows, or leave it empty.',
  point: 'write 1, 0.1, 0.01 and so on, or leave it empty.',
  pip: 'write a number above 0, such as 0.0001, or leave it empty.',
  digits: 'write a whole number from 0 to 8, or leave it empty.',
  'contract size': 'write a number above 0, such as 100000, or leave it empty.',
  'lot min': 'write a number above 0, such as 0.01.',
  'lot max': 'write a number above 0, such as 50.',
  'lot step': 'write a multiple of 0.01.',
  'quote currency': 'write three capital letters, such as USD, or leave it empty.',
};

export function rowOf(spec: SymbolSpec): SymbolRow {
  const { lots } = spec;
  return {
    symbol: spec.symbol,
    alias: spec.alias ?? '',
    point: textOf(spec.point),
    pip: textOf(spec.pip),
    digits: textOf(spec.digits),
    'contract size': textOf(spec.contractSize),
    'lot min': textOf(lots?.min ?? null),
    'lot max': textOf(lots?.max ?? null),
    'lot step': textOf(lots?.step ?? null),
    'quote currency': spec.quoteCurrency ?? '',
  };
}

/** Ambiguous: a point or comma before three digits can group thousands or begin decimals. */
const grouped = /^[1-9]\d{0,2}([.,]\d{3})+$/;

/**
 * Reads a row. Empty cells are unknown, except the symbol's; lots are all three or none.
 * @param decimalComma a comma may begin decimals, so numbers like 1.000 are ambiguous
 */
export function readRow(row: SymbolRow, decimalComma = false): { spec: SymbolSpec } | RowProblem {
  const text = (column: SymbolColumn): string | null => emptyIsNull(row[column].trim());
  const number = (column: SymbolColumn): number | null => {
    const typed = text(column);
    if (typed === null) return null;
    const pattern = decimalComma ? /^\d+([.,]\d+)?$/ : /^\d+(\.\d+)?$/;
    return pattern.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN;
  };
  if (text('symbol') === null)
    return { column: 'symbol', problem: 'a row has no symbol: write one, or remove the row.' };
  const unclear = decimalComma ? numberColumns.find((column) => grouped.test(row[column].trim())) : undefined;
  if (unclear !== undefined) {
    const problem = `of "${row[unclear].trim()}" nobody can say whether it has thousands or decimals: write it without any mark between thousands.`;
    return { column: unclear, problem };
  }
  const lotColumns = ['lot min', 'lot max', 'lot step'] as const;
  const missing = lotColumns.filter((column) => text(column) === null);
  if (missing[0] !== undefined && missing.length < 3) {
    return { column: missing[0], problem: 'lots are smallest, largest and step: write all three, or none of them.' };
  }
  const parsed = symbolSpecSchema.safeParse({
    symbol: text('symbol'),
    alias: text('alias'),
    point: number('point'),
    pip: number('pip'),
    digits: number('digits'),
    contractSize: number('contract size'),
    lots: missing.length === 3 ? null : { min: number('lot min'), max: number('lot max'), step: number('lot step') },
    quoteCurrency: text('quote currency'),
  });
  return parsed.success ? { spec: parsed.data } : problemOf(parsed.error.issues[0], row);
}

const numberColumns = ['point', 'pip', 'digits', 'contract size', 'lot min', 'lot max', 'lot step'] as const;

const columnOfPath: Record<string, SymbolColumn> = {
  contractSize: 'contract size',
  'lots.min': 'lot min',
  'lots.max': 'lot max',
  'lots.step': 'lot step',
  quoteCurrency: 'quote currency',
};

function problemOf(issue: z.core.$ZodIssue | undefined, row: SymbolRow): RowProblem {
  const path = issue?.path.join('.') ?? '';
  const column = columnOfPath[path] ?? symbolColumns.find((each) => each === path) ?? 'symbol';
  if (issue?.code === 'custom' && column !== 'point') return { column, problem: lowered(issue.message) };
  return { column, problem: `"${row[column].trim()}" can't be read: ${rules[column]}` };
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function emptyIsNull(text: string): string | null {
  return text === '' ? null : text;
}

/** Without an exponent: 0.00000001 is written so. */
function textOf(value: number | null): string {
  if (value === null) return '';
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}
