import { parseNumber } from '../config/readTyped.ts';

/** A limit, or none. */
export function parseLimit(text: string): number | 'none' {
  return text === 'none' ? text : parseNumber(text);
}
