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

/** Null: empty. NaN, which no rule lets through: no number. */
export function readNumber(typed: string): number | null {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Words between commas, semicolons or blanks, without repetitions. */
export function listOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/))].filter((each) => each !== '');
}

/** A word that is nothing but a pair, such as EURUSD or XAUUSD.m. */
const pair = /^[A-Z]{6}\S{0,5}$/;

/**
 * Symbols between commas, each once. Blanks and semicolons can be part of a name, as in "US 500", but part the names where
 * each of them is a pair.
 */
export function symbolsOf(typed: string): string[] {
  const names = typed.split(/[,\n]/).flatMap((piece) => {
    const words = piece.split(/[\s;]+/).filter((word) => word !== '');
    return words.every((word) => pair.test(word)) ? words : [piece.trim()];
  });
  return [...new Set(names)];
}

/** Of a number with a comma in it. */
export const commaWords = 'Write the decimals after a point, not a comma.';
