import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent } from '../../src/api/state/events.ts';
import { keepUnchanged } from '../../src/api/state/keepUnchanged.ts';
import type { AppState, BridgeState } from '../../src/api/state/state.ts';

const bridge = (equity: number): BridgeState =>
  ({
    id: 'main',
    symbols: [{ symbol: 'XAUUSD', digits: 2 }],
    limits: { marginLevel: 150, freeMargin: null },
    account: { equity, balance: 100 },
  }) as unknown as BridgeState;

describe('what has not changed', () => {
  it('is the same object as before, in a bridge of which something else has', () => {
    const known = { bridges: [bridge(100)] } as unknown as AppState;
    const { bridges } = applyEvent(known, { type: 'bridge_status', id: 'main', status: bridge(101) });
    expect(bridges[0]).toEqual(bridge(101));
    expect(bridges[0]?.symbols).toBe(known.bridges[0]?.symbols);
    expect(bridges[0]?.limits).toBe(known.bridges[0]?.limits);
    expect(bridges[0]?.account).not.toBe(known.bridges[0]?.account);
  });

  it('is the same object where all is as it was, and never hides a change', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(keepUnchanged(before, after)).toEqual(after);
        expect(keepUnchanged(before, structuredClone(before))).toBe(before);
      }),
    );
  });

  it('is told apart by its names and its length', () => {
    expect(keepUnchanged({ a: undefined }, { b: undefined })).toStrictEqual({ b: undefined });
    expect(keepUnchanged([1, 2], [1])).toEqual([1]);
    expect(keepUnchanged({ 0: 1 }, [1])).toEqual([1]);
    expect(keepUnchanged([1], { 0: 1 })).toEqual({ 0: 1 });
    expect(keepUnchanged({ a: 1 }, null)).toBeNull();
  });
});
