import { visible } from './visibleText.ts';

/** Beginnings that a spreadsheet takes for a formula, full-width characters included; it skips blanks first. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
/** Beginnings of formulas within a cell: with semicolons as separators, inner quotes don't keep a cell together. */
const innerFormula = /([;\r\n])(?=["\s]*[=+\-@＝＋－＠])/g;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;
const ownBlanks = /[\t\r\n]/;

/**
 * Writes a text as a cell of CSV (RFC 4180). Text that a spreadsheet would run as a formula, with any locale's separator, gets an
 * apostrophe before it. Invisible characters are made visible, except tabs and line ends.
 */
export function csvCell(text: string): string {
  const seen = ownBlanks.test(text) ? text.replace(/[^\t\r\n]+/g, visible) : visible(text);
  const safe = plainNumber.test(seen) ? seen : (formula.test(seen) ? `'${seen}` : seen).replace(innerFormula, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Removes the apostrophes that {@link csvCell} has added. */
function unguarded(text: string): string {
  return text.replace(/(^|[;\r\n])'(?=["\s]*[=+\-@＝＋－＠])/g, '$1');
}

/** The cells of a line; null: a quotation mark is misplaced or not closed. */
export function readCsvLine(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at += 1) {
    const quoted = /\s*"((?:[^"]|"")*)"\s*/y;
    quoted.lastIndex = at;
    const found = quoted.exec(line);
    const begin = at;
    if (found !== null) at = quoted.lastIndex;
    else while (at < line.length && line.charAt(at) !== separator) at += 1;
    if (at < line.length && line.charAt(at) !== separator) return null;
    const text = found === null ? line.slice(begin, at) : (found[1] ?? '').replaceAll('""', '"');
    if (found === null && text.includes('"')) return null;
    cells.push(unguarded(text.trim()));
  }
  return cells;
}
