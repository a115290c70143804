/**
 * A decimal number as JSON writes it, from a text with a point or a comma; null: it is none. Of a comma before exactly
 * three digits nobody can say whether it groups thousands.
 */
export function readDecimal(text: string): string | null {
  const [, sign = '', whole = '', mark = '', decimals = ''] = /^([+-]?)(\d*)([.,]?)(\d*)$/.exec(text) ?? [];
  if (whole === '' && decimals === '') return null;
  if (mark === ',' && decimals.length === 3) return null;
  const digits = whole.replace(/^0+(?=\d)/, '');
  return `${sign === '-' ? '-' : ''}${digits === '' ? '0' : digits}${decimals === '' ? '' : `.${decimals}`}`;
}
