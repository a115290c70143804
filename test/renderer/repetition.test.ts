import { describe, expect, it } from 'vitest';
import { repetitionOf } from '../../renderer/views/ticket/form/repetition.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { anOrder } from './anOrder.ts';

const plain = bridgeBench().state();
const bridge = { ...plain, limits: { ...plain.limits, duplicateWindowS: 30 } };
const earlier = anOrder({ bridge: bridge.id, action: 'buy', symbol: 'XAUUSD', state: 'filled', at: 10_000 });
const left = (changes: Parameters<typeof anOrder>[0] = {}, now = 22_000) =>
  repetitionOf('buy', 'XAUUSD', bridge, [{ ...earlier, ...changes }], now)?.leftMs ?? null;

describe('the same order again', () => {
  it('is a repetition as long as the duplicate window lasts', () => {
    expect(left()).toBe(18_000);
    expect(left({}, 39_999)).toBe(1);
    expect(left({}, 40_000)).toBeNull();
  });

  it('is none of another side, symbol or bridge, nor of one that traded nothing', () => {
    expect(left({ action: 'sell' })).toBeNull();
    expect(left({ symbol: 'EURUSD' })).toBeNull();
    expect(left({ bridge: 'other' })).toBeNull();
    expect(left({ state: 'rejected' })).toBeNull();
    expect(left({ state: 'refused' })).toBeNull();
    expect(left({ state: 'unknown' })).toBe(18_000);
  });
});
