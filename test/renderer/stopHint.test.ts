import { describe, expect, it } from 'vitest';
import { gaps } from '../../src/domain/arithmetic/unavailable.ts';
import { viewGap, viewWords } from '../../renderer/views/ticket/form/stopHint.ts';

const views = { points: 150, pips: 15, price: 2325.49, money: 1030 };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a stop in the other units', () => {
  it('is said without the one that it was typed in', () => {
    expect(plain(viewWords(views, 'points', 2, 'USD'))).toBe('= 15.0 pips · 2325.49 · 1,030.00 USD');
    expect(plain(viewWords({ ...views, points: 150.5 }, 'money', 2, 'USD'))).toBe(
      '= 150.5 points · 15.0 pips · 2325.49',
    );
  });

  it('leaves out what can’t be worked out, and names the first reason, but for pips that nobody typed', () => {
    const partly = { ...views, pips: gaps.pipsUnconfirmed, money: gaps.accountCurrency };
    expect(plain(viewWords(partly, 'points', 2, null))).toBe('= 2325.49');
    expect(viewGap(partly)).toBe(gaps.accountCurrency);
    expect(viewGap({ ...views, pips: gaps.pipsUnconfirmed })).toBeNull();
    expect([viewGap(views), viewGap(null)]).toEqual([null, null]);
    const none = gaps.accountCurrency;
    expect(viewWords({ points: none, pips: none, price: none, money: none }, 'money', 2, null)).toBe('–');
  });
});
