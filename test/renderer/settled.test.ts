import { describe, expect, it } from 'vitest';
import { isOtherOrder } from '../../renderer/views/ticket/confirm/settled.ts';

describe('an order that moves under a press', () => {
  const shown = { lot: 0.1, sl: 2000, tp: 0 };
  it.each([
    ['the same', {}, false],
    ['a stop that drifts with the price', { sl: 2040 }, false],
    ['a stop that jumps', { sl: 2101 }, true],
    ['other lots', { lot: 0.11 }, true],
    ['a take profit that was none', { tp: 10 }, true],
    ['a stop loss that is gone', { sl: 0 }, true],
  ])('is another one or not: %s', (_, change, isOther) => {
    expect(isOtherOrder(shown, { ...shown, ...change })).toBe(isOther);
  });
});
