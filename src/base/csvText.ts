import { visible } from './visibleText.ts';

/** What a spreadsheet takes for the beginning of a formula, in East Asian widths too. Blanks are skipped before it looks. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
/** Where cells are parted by semicolons, quotes within a line don't hold a cell together. */
const innerFormula = /([;\r\n])(?=["\s]*[=+\-@＝＋－＠])/g;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;
const ownBlanks = /[\t\r\n]/;

/**
 * A text as a cell of CSV (RFC 4180). What a spreadsheet would run as a formula, whichever separator its locale has, gets
 * an apostrophe before it. Characters that nobody can see are shown, but for tabs and line ends.
 */
export function csvCell(text: string): string {
  const seen = ownBlanks.test(text) ? text.replace(/[^\t\r\n]+/g, visible) : visible(text);
  const safe = plainNumber.test(seen) ? seen : (formula.test(seen) ? `'${seen}` : seen).replace(innerFormula, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell as {@link csvCell} was given it. */
function unguarded(text: string): string {
  return text.replace(/(^|[;\r\n])'(?=["\s]*[=+\-@＝＋－＠])/g, '$1');
}

/** The cells of a line; null: a quotation mark stands where none may, or is not closed. */
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
