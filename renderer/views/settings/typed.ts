// What stands in the fields of a form, as text.

export function text(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Null: empty. NaN, which no rule lets through: no number. */
export function readNumber(typed: string): number | null {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** What stands between commas or spaces, each once. */
export function listOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,;]+/))].filter((each) => each !== '');
}

/** Of a number with a comma in it. */
export const commaWords = 'Write the decimals after a point, not a comma.';
