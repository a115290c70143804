// Texts of form fields and their values.

export function text(value: number | null): string {
  return value === null ? '' : String(value);
}

export function asTyped(typed: string): string {
  return typed;
}

export function trimmed(typed: string): string {
  return typed.trim();
}

/** Reads a number. Null: empty. NaN, which every rule refuses: no number. */
export function readNumber(typed: string): number | null {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Splits a text at commas, semicolons and blanks, without repetitions. */
export function listOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/))].filter((each) => each !== '');
}

/** A symbol that consists of a pair, such as EURUSD or XAUUSD.m. */
const pair = /^[A-Z]{6}\S{0,5}$/;

/**
 * Splits a text at commas into symbols, each once. Blanks and semicolons may belong to a name, as in "US 500", but
 * split where every part is a pair.
 */
export function symbolsOf(typed: string): string[] {
  const names = typed.split(/[,\n]/).flatMap((piece) => {
    const words = piece.split(/[\s;]+/).filter((word) => word !== '');
    return words.every((word) => pair.test(word)) ? words : [piece.trim()];
  });
  return [...new Set(names)];
}

/** Error for a number with a comma. */
export const commaWords = 'Write the decimals after a point, not a comma.';

/** Why a typed text is no amount above 0; undefined: it is one, or nothing. */
export function amountError(typed: string): string | undefined {
  if (typed.includes(',')) return commaWords;
  const amount = readNumber(typed);
  return amount === null || amount > 0 ? undefined : 'An amount above 0, such as 10250.50.';
}
