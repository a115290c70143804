import { describe, expect, it } from 'vitest';
import { decimalsOf, figuresIn } from '../../src/api/presentation/localFigures.ts';

describe('figures for reading', () => {
  it.each([
    ['en-US', '1,234,567.50', '2341.470', '0.10', '1.0836'],
    ['de-DE', '1.234.567,50', '2341,470', '0,10', '1,0836'],
    ['de-CH', '1’234’567.50', '2341.470', '0.10', '1.0836'],
    // Latin digits, also where the locale has its own.
    ['ar-EG', '1,234,567.50', '2341.470', '0.10', '1.0836'],
    ['fa-IR', '1,234,567.50', '2341.470', '0.10', '1.0836'],
  ])('have the usual form of %s', (locale, money, price, lots, plain) => {
    const figures = figuresIn(locale);
    expect(figures.formatNumber(1_234_567.5, 2).replace(/['’]/g, '’')).toBe(money);
    expect(figures.formatPrice(2341.47, 3)).toBe(price);
    expect(figures.formatLots(0.1)).toBe(lots);
    expect(figures.formatPlain(1.0836)).toBe(plain);
  });

  it('have a true minus sign, and none before a zero', () => {
    const { formatNumber, formatPlain, formatPrice } = figuresIn('en-US');
    expect(formatNumber(-0.5, 2)).toBe('−0.50');
    expect(formatNumber(-0.001, 2)).toBe('0.00');
    expect(formatPrice(-37.63, 2)).toBe('−37.63');
    expect(formatPlain(1e-9)).toBe('1e−9');
  });

  it('write lots with every decimal they have, and large counts short', () => {
    const { formatCount, formatLots } = figuresIn('en-US');
    expect([formatLots(0.016), formatLots(1)]).toEqual(['0.016', '1.00']);
    expect([formatCount(99_999), formatCount(123_456)]).toEqual(['99,999', '123K']);
  });
});

describe('decimals of a price', () => {
  it("are its symbol's, by the point or the prices beside it", () => {
    expect(decimalsOf(1.1, { bid: 1.1, ask: 1.1002, point: 0.00001 })).toBe(5);
    expect(decimalsOf(1.1, { bid: 1.1, ask: 1.1002, point: null })).toBe(4);
    expect(decimalsOf(150, { bid: 150, ask: 150.1, point: 0.001 })).toBe(3);
    expect(decimalsOf(1.0836, null)).toBe(4);
    expect(decimalsOf(0.1 + 0.2, null)).toBeNull();
  });
});
