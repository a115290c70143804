import { readRow, rowOf, symbolColumns, type SymbolRow } from './symbolRow.ts';
import { findClash, type SymbolSpec } from './symbolTable.ts';

/** A symbol table as text: a line of column names, then a line a symbol. Empty is not known. */
export function writeSymbols(symbols: readonly SymbolSpec[]): string {
  const lines = symbols.map((spec) => {
    const row = rowOf(spec);
    return symbolColumns.map((column) => row[column]).join(',');
  });
  return `${[symbolColumns.join(','), ...lines].join('\n')}\n`;
}

export type SymbolsRead = { ok: true; symbols: SymbolSpec[] } | { ok: false; problems: string[] };

/**
 * The symbols of a text, or everything that is wrong with it: one sentence a line, which names line and column and says
 * what to write. Strict: nothing is guessed, and nothing is taken from a text in which something is wrong.
 */
export function readSymbols(text: string): SymbolsRead {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const [header = '', ...rest] = lines;
  const wrongHeader = headerProblem(header);
  if (wrongHeader !== null) return { ok: false, problems: [wrongHeader] };
  const symbols: SymbolSpec[] = [];
  const lineOf: number[] = [];
  const problems: string[] = [];
  for (const [index, line] of rest.entries()) {
    if (line.trim() === '') continue;
    const number = index + 2;
    const read = readLine(line);
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
    problems.push('Line 2: there is no symbol. Write one line for each below the column names.');
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, symbols };
}

/** The symbol of a line, or the end of a sentence that begins with its number. */
function readLine(line: string): SymbolSpec | string {
  if (line.includes('"')) return ': there is a quotation mark. Write the cells without any.';
  const cells = line.split(',');
  if (cells.length !== symbolColumns.length) {
    return ` has ${String(cells.length)} cells and needs ${String(symbolColumns.length)}. Separate cells with commas, and write decimals after a point.`;
  }
  const row = Object.fromEntries(symbolColumns.map((column, index) => [column, cells[index] ?? ''])) as SymbolRow;
  const read = readRow(row);
  return 'spec' in read ? read.spec : `, column ${read.column}: ${read.problem}`;
}

function headerProblem(header: string): string | null {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  if (names.length === symbolColumns.length && symbolColumns.every((column, index) => names[index] === column)) {
    return null;
  }
  const first = symbolColumns.findIndex((column, index) => names[index] !== column);
  const column = symbolColumns[first] ?? symbolColumns.length + 1;
  return `Line 1, column ${String(column)}: the first line must be the column names. Write exactly: ${symbolColumns.join(',')}`;
}
