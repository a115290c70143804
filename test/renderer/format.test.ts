import { expect, it } from 'vitest';
import { formatPriceLike } from '../../renderer/format.ts';

it('writes a price with the decimals of those beside it, and never fewer than it has', () => {
  const quote = { bid: 1.08351, ask: 1.0836 };
  expect(formatPriceLike(1.0836, quote)).toBe('1.08360');
  expect(formatPriceLike(2341.5, { bid: 2341.47, ask: 2341.7 })).toBe('2341.50');
  expect(formatPriceLike(1.083605, quote)).toBe('1.083605');
  expect(formatPriceLike(2341.5, null)).toBe('2341.5');
});

it('leaves what arithmetic left of a price as it came', () => {
  expect(formatPriceLike(1.1, { bid: 0.1 + 0.2, ask: 1 })).toBe('1.1');
  expect(formatPriceLike(1e-9, null)).toBe('1e−9');
});
