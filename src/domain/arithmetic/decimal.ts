/**
 * Reads a decimal number with a point or a comma and returns it as JSON writes it; null: it is none, or a comma stands before
 * exactly three digits, which might be thousands.
 */
export function readDecimal(text: string): string | null {
  const [, sign = '', whole = '', mark = '', decimals = ''] = /^([+-]?)(\d*)([.,]?)(\d*)$/.exec(text) ?? [];
  if (whole === '' && decimals === '') return null;
  if (mark === ',' && decimals.length === 3) return null;
  const digits = whole.replace(/^0+(?=\d)/, '');
  return `${sign === '-' ? '-' : ''}${digits === '' ? '0' : digits}${decimals === '' ? '' : `.${decimals}`}`;
}
