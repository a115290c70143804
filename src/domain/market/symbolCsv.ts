import { csvCell, readCsvLine } from '../../base/csvText.ts';
import { readRow, rowOf, symbolColumns, type SymbolRow } from './symbolRow.ts';
import type { SymbolSpec } from './symbolSpec.ts';
import { findClash } from './symbolTable.ts';

/** A symbol table as CSV: a line of column names, then a line a symbol. Empty cells are unknown. */
export function writeSymbols(symbols: readonly SymbolSpec[]): string {
  const lines = symbols.map((spec) => {
    const row = rowOf(spec);
    return symbolColumns.map((column) => csvCell(row[column])).join(',');
  });
  return `${[symbolColumns.join(','), ...lines].join('\n')}\n`;
}

export type SymbolsRead = { ok: true; symbols: SymbolSpec[] } | { ok: false; problems: string[] };

/**
 * Reads a symbol table, or returns its problems: one sentence each with line, column and what to write. Strict: nothing is
 * guessed, and a text with a problem is not used at all.
 */
export function readSymbols(text: string): SymbolsRead {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  // Excel names the separator in a line of its own.
  const named = /^"?sep=(.)"?$/i.exec(lines[0] ?? '')?.[1];
  const first = named === undefined ? 0 : 1;
  const [header = '', ...rest] = lines.slice(first);
  const separator = separators.find((each) => each.mark === (named ?? each.mark) && isHeader(header, each.mark));
  if (separator === undefined) return { ok: false, problems: [headerProblem(header, first + 1)] };
  const symbols: SymbolSpec[] = [];
  const lineOf: number[] = [];
  const problems: string[] = [];
  for (const [index, line] of rest.entries()) {
    if (line.trim() === '') continue;
    const number = index + first + 2;
    const read = readLine(line, separator);
    if (typeof read === 'string') problems.push(`Line ${String(number)}${read}`);
    else {
      symbols.push(read);
      lineOf.push(number);
    }
  }
  const clash = problems.length === 0 ? findClash({ symbols, symbolSuffix: '' }) : null;
  if (clash !== null) {
    problems.push(
      `Line ${String(lineOf[clash.row] ?? 0)}, column ${clash.column}: ${clash.problem} Give each its own name, or remove one.`,
    );
  }
  if (problems.length === 0 && symbols.length === 0) {
    problems.push(`Line ${String(first + 2)}: there is no symbol. Write one line for each below the column names.`);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, symbols };
}

interface Separator {
  mark: string;
  words: string;
  /** Whether a comma may begin decimals. */
  decimalComma: boolean;
}

/** Separators and decimal marks of spreadsheets in different countries. */
const separators: readonly Separator[] = [
  { mark: ',', words: 'commas, and write decimals after a point', decimalComma: false },
  { mark: ';', words: 'semicolons', decimalComma: true },
  { mark: '\t', words: 'tabs', decimalComma: true },
];

/** The symbol of a line, or the end of a sentence that begins with its number. */
function readLine(line: string, { mark, words, decimalComma }: Separator): SymbolSpec | string {
  const cells = cellsOf(line, mark);
  if (cells === null)
    return ': there is a quotation mark that does not begin or end a cell. Write the cells without any.';
  if (cells.length !== symbolColumns.length) {
    return ` has ${String(cells.length)} cells and needs ${String(symbolColumns.length)}. Separate cells with ${words}.`;
  }
  const row = Object.fromEntries(symbolColumns.map((column, index) => [column, cells[index] ?? ''])) as SymbolRow;
  const read = readRow(row, decimalComma);
  return 'spec' in read ? read.spec : `, column ${read.column}: ${read.problem}`;
}

/** The cells of a line, without a spreadsheet's empty cells after the last column; null: not readable. */
function cellsOf(line: string, mark: string): string[] | null {
  const cells = readCsvLine(line, mark);
  while (cells !== null && cells.length > symbolColumns.length && cells.at(-1) === '') cells.pop();
  return cells;
}

function isHeader(header: string, mark: string): boolean {
  const names = cellsOf(header, mark) ?? [];
  return (
    names.length === symbolColumns.length &&
    symbolColumns.every((column, index) => names[index]?.toLowerCase() === column)
  );
}

function headerProblem(header: string, line: number): string {
  const mark =
    separators.map(({ mark }) => mark).toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  const names = cellsOf(header, mark) ?? [];
  const wrong = [...symbolColumns, undefined].findIndex((column, index) => names[index]?.toLowerCase() !== column);
  const said = names[wrong];
  const cell = said === undefined ? 'nothing' : `"${said}"`;
  return `Line ${String(line)}, column ${String(wrong + 1)}: there is ${cell}, and the first line must be the column names. Write exactly: ${symbolColumns.join(',')}`;
}
