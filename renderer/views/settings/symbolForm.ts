import type { Quote } from '../../../src/domain/market/quote.ts';
import {
  readRow,
  rowOf,
  symbolColumns,
  type SymbolColumn,
  type SymbolRow,
} from '../../../src/domain/market/symbolRow.ts';
import { isSizeOfDefaults } from '../../../src/domain/market/symbolDefaults.ts';
import { gaps } from '../../../src/domain/arithmetic/unavailable.ts';
import { type ToldSymbol, withTold } from '../../../src/domain/market/toldSymbols.ts';
import { brokerNameOf, type SymbolSpec } from '../../../src/domain/market/symbolSpec.ts';
import { findClash } from '../../../src/domain/market/symbolTable.ts';

// Form of the symbol table. Pure functions.

/** Key of one cell: `symbols.<row>.<column>`. */
type SymbolKey = `symbols.${string}.${SymbolColumn}`;
export type SymbolErrors = Partial<Record<SymbolKey, string>>;

export function symbolKey(row: number, column: SymbolColumn): SymbolKey {
  return `symbols.${String(row)}.${column}`;
}

export const emptyRow = Object.fromEntries(symbolColumns.map((column) => [column, ''])) as SymbolRow;

/** The typed table without blank rows, or the errors of each wrong row. */
export function readTable(
  rows: readonly SymbolRow[],
  symbolSuffix: string,
): { symbols: SymbolSpec[] } | { errors: SymbolErrors } {
  const errors: SymbolErrors = {};
  const read: { index: number; spec: SymbolSpec }[] = [];
  for (const [index, row] of rows.entries()) {
    if (symbolColumns.every((column) => row[column].trim() === '')) continue;
    const result = readRow(row);
    if ('spec' in result) read.push({ index, spec: result.spec });
    else {
      const name = row.symbol.trim() === '' ? `Row ${String(index + 1)}` : row.symbol.trim();
      errors[symbolKey(index, result.column)] = `${name}, ${result.column}: ${result.problem}`;
    }
  }
  const symbols = read.map(({ spec }) => spec);
  const clash = findClash({ symbols, symbolSuffix });
  if (clash !== null) errors[symbolKey(read[clash.row]?.index ?? 0, clash.column)] = clash.problem;
  return Object.keys(errors).length > 0 ? { errors } : { symbols };
}

/** Merges imported symbols: rows of the same name are replaced, others added below. */
export function mergeRows(
  rows: readonly SymbolRow[],
  imported: readonly SymbolSpec[],
): { rows: SymbolRow[]; replaced: number; added: number } {
  const bySymbol = new Map(imported.map((spec) => [spec.symbol, spec]));
  const merged = rows.map((row) => {
    const spec = bySymbol.get(row.symbol.trim());
    bySymbol.delete(row.symbol.trim());
    return spec === undefined ? row : rowOf(spec);
  });
  const added = [...bySymbol.values()].map(rowOf);
  return { rows: [...merged, ...added], replaced: imported.length - added.length, added: added.length };
}

/** Whether an import states every contract size on which brokers disagree, so that no default is left. */
export function bringsSizes(rows: readonly SymbolRow[], imported: readonly SymbolSpec[]): boolean {
  const brought = new Set(imported.map(({ symbol }) => symbol));
  return rows.every((row) => {
    const read = readRow(row);
    return !('spec' in read) || brought.has(read.spec.symbol) || !isSizeOfDefaults(read.spec);
  });
}

interface Doubt {
  row: number;
  sentence: string;
}

/** Rows that the EA tells otherwise, or whose point is contradicted by ticks. */
export function contradicted(
  rows: readonly SymbolRow[],
  symbolSuffix: string,
  quotes: readonly Quote[],
  toldSymbols: readonly ToldSymbol[],
): Doubt[] {
  return rows.flatMap((row, index): Doubt[] => {
    const read = readRow(row);
    if (!('spec' in read)) return [];
    const [known] = withTold([read.spec], symbolSuffix, toldSymbols);
    const told = known?.differences ?? [];
    if (told.length > 0)
      return told.map((difference) => ({ row: index, sentence: `${gaps.symbolDiffers(difference).missing}.` }));
    if (read.spec.point === null || known?.isTold === true) return [];
    const name = brokerNameOf(read.spec, symbolSuffix);
    const seen = quotes.find(({ symbol }) => symbol === name)?.point ?? null;
    if (seen === null || seen === read.spec.point) return [];
    const point = rowOf({ ...read.spec, point: seen, digits: null, pip: null }).point;
    return [
      { row: index, sentence: `${name}: a point is ${point} by its ticks. Until both agree, stops are refused.` },
    ];
  });
}
