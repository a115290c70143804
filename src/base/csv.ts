import { csvCell } from './csvText.ts';

/** Byte-order mark, by which a spreadsheet recognises UTF-8. */
export const byteOrderMark = '\uFEFF';

/** A line of CSV with its end. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return csvCell(typeof value === 'string' ? value : JSON.stringify(value));
}
