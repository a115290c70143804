import { describe, expect, it } from 'vitest';
import { checkSignal, type Signal } from '../../src/protocol/ea/signal.ts';
import { keepsLot, lotRules, nearestKept, v7Lot } from '../../src/domain/v7Lots.ts';

const cents = { min: 0.01, max: 100, step: 0.01 };
const tenths = { min: 0.1, max: 100, step: 0.1 };
const signal = (lot: number): Signal => ({ action: 'buy', symbol: 'XAUUSD', lot, sl: 0, tp: 0, signal_id: 'A' });

describe('the lots that v7 trades', () => {
  it.each([
    [0.29, cents, 0.28],
    [0.57, cents, 0.56],
    [0.58, cents, 0.57],
    [1.13, cents, 1.12],
    [0.1, cents, 0.1],
    [0.7, tenths, 0.6],
    [0.3, tenths, 0.2],
    [0.5, tenths, 0.5],
    [0.05, tenths, 0.1],
    [0, cents, 0.01],
    [500, cents, 100],
  ])('of %f at %o are %f', (lot, limits, traded) => {
    expect(v7Lot(lot, limits)).toBe(traded);
  });

  it('are never more than one step too few, and there are always neighbours that are kept', () => {
    const rules = { ...cents, floored: true };
    let lowered = 0;
    for (let hundredths = 1; hundredths <= 10_000; hundredths += 1) {
      const lot = hundredths / 100;
      const traded = Math.round(v7Lot(lot, cents) * 100);
      expect([hundredths, hundredths - 1]).toContain(traded);
      if (traded === hundredths) continue;
      lowered += 1;
      for (const direction of [-1, 1] as const) {
        const near = nearestKept(lot, rules, direction);
        expect(near === null || keepsLot(near, rules)).toBe(true);
      }
    }
    expect(lowered).toBeGreaterThan(500);
  });

  it('are refused with the nearest that are kept, under v7 alone', () => {
    const under = (version: string | null, kind: 'real' | 'paper' = 'real') =>
      checkSignal(signal(0.29), { stopUnit: 'points', lots: lotRules(cents, version, kind) });
    expect(under('7.01')).toEqual({
      field: 'lot',
      code: 'invalid_lot',
      reason: 'Of 0.29 lots EA v7 would trade 0.28, as it rounds down. Take 0.28 or 0.30.',
    });
    expect(under('v7')?.code).toBe('invalid_lot');
    for (const other of [null, '', '8.00', '70', '2.7']) expect(under(other)).toBeNull();
    expect(under('7.01', 'paper')).toBeNull();
    expect(checkSignal(signal(0.28), { stopUnit: 'points', lots: lotRules(cents, '7.01', 'real') })).toBeNull();
  });
});
