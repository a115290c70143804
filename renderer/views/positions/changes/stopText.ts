import { readNumber } from '../../../ui/typed.ts';

const mostDecimals = 10;

/**
 * A price for a field; empty: none. One with more decimals than its symbol is shown with keeps them, so that a field that nobody
 * touches says what is set.
 */
export function stopText(price: number | null, digits: number): string {
  if (price === null || price === 0) return '';
  const shown = price.toFixed(digits);
  return Number(shown) === price ? shown : price.toFixed(mostDecimals).replace(/\.?0+$/, '');
}

/** 0: none. Null: no price. */
export function readStop(typed: string): number | null {
  const read = readNumber(typed);
  if (read === null) return 0;
  return Number.isNaN(read) || read === 0 ? null : read;
}
