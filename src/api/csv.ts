/** A spreadsheet would take such a text for a formula; tabs and line ends are skipped before it looks. */
const formula = /^[\t\r\n ]*[=+\-@]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/** A line of CSV with its end (RFC 4180). Texts that a spreadsheet would run as a formula begin with an apostrophe. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
