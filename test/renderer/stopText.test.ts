import { describe, expect, it } from 'vitest';
import { readStop, stopText } from '../../renderer/views/positions/changes/stopText.ts';

describe('a price in a field that a person can change', () => {
  it.each([
    [2390, 2, '2390.00'],
    [2390.125, 2, '2390.125'],
    [1.08512, 2, '1.08512'],
    [0.00000025, 5, '0.00000025'],
    [0, 2, ''],
    [null, 2, ''],
  ])('%s at %i decimals is "%s", and reads as itself', (price, digits, text) => {
    expect(stopText(price, digits)).toBe(text);
    expect(readStop(text)).toBe(price ?? 0);
  });
});
