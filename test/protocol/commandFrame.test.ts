import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeControl, encodeFlat, encodeSignal } from '../../src/protocol/ea/commandFrame.ts';
import type { Signal, SignalRules } from '../../src/protocol/ea/signal.ts';

const points: SignalRules = { stopUnit: 'points', lots: { min: 0.01, max: 50, step: 0.01 } };
const documented: Signal = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, tp: 40, sl: 20, signal_id: 'VENOM_XAU_001' };

const encode = (changes: Partial<Signal>, rules = points) => encodeSignal({ ...documented, ...changes }, rules);

describe('a signal for the EA', () => {
  it('is the documented one to the byte (W2)', () => {
    expect(encodeSignal(documented, points)).toEqual({
      ok: true,
      text: '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
    });
  });

  it.each([
    ['lot', { lot: 0.016 }, 'decimals'],
    ['lot', { lot: 0.1 + 0.2 }, 'decimals'],
    ['lot', { lot: 0 }, 'minimum'],
    ['lot', { lot: -0.1 }, 'decimals'],
    ['lot', { lot: 50.01 }, 'maximum'],
    ['lot', { lot: 1e21 }, 'decimals'],
    ['lot', { lot: Number.NaN }, 'decimals'],
    ['lot', { lot: Infinity }, 'decimals'],
    ['sl', { sl: -1 }, 'points'],
    ['sl', { sl: 2341.2 }, 'points'],
    ['tp', { tp: 1e-7 }, 'points'],
    ['tp', { tp: Number.NaN }, 'points'],
    ['symbol', { symbol: '' }, 'Symbol'],
    ['symbol', { symbol: 'XAU"USD' }, 'Symbol'],
    ['symbol', { symbol: ' XAUUSD' }, 'Symbol'],
    ['symbol', { symbol: 'XAUUSD ' }, 'Symbol'],
    ['symbol', { symbol: 'XAU\\USD' }, 'Symbol'],
    ['symbol', { symbol: 'XAU\nUSD' }, 'Symbol'],
    ['symbol', { symbol: 'XAU\u202eUSD' }, '\\u202E'],
    ['symbol', { symbol: 'XAU\0' }, 'Symbol'],
    ['symbol', { symbol: 'X'.repeat(32) }, 'Symbol'],
    ['symbol', { symbol: 'XAUUSD,lot' }, 'Symbol'],
    ['signal_id', { signal_id: '' }, 'Signal ID'],
    ['signal_id', { signal_id: 'A'.repeat(32) }, 'Signal ID'],
    ['signal_id', { signal_id: 'Ä1' }, 'Signal ID'],
    ['signal_id', { signal_id: 'A B' }, 'Signal ID'],
    ['action', { action: 'BUY' as 'buy' }, 'Action'],
  ] as const)('refuses %s of %j', (field, changes, word) => {
    expect(encode(changes)).toMatchObject({
      ok: false,
      problem: { field, code: `invalid_${field}`, reason: expect.stringContaining(word) as string },
    });
  });

  it.each(['US 500', '[SP500]', 'EURUSD%', 'Volatility 75 Index', '=X', 'a:b', '{x}', "O'Neil", 'Crash 1000 (1s)'])(
    'takes %j, which a broker may call a symbol',
    (symbol) => {
      expect(encode({ symbol })).toMatchObject({
        ok: true,
        text: expect.stringContaining(`"symbol":"${symbol}"`) as string,
      });
    },
  );

  it('takes lots at the limits and steps only', () => {
    const rules: SignalRules = { ...points, lots: { min: 0.1, max: 0.5, step: 0.1 } };
    expect([0.1, 0.2, 0.3, 0.5].map((lot) => encode({ lot }, rules).ok)).toEqual([true, true, true, true]);
    expect([0.09, 0.15, 0.6].map((lot) => encode({ lot }, rules).ok)).toEqual([false, false, false]);
  });

  it('takes prices where the bridge reads stops as prices', () => {
    const rules: SignalRules = { ...points, stopUnit: 'price' };
    expect(encode({ sl: 2340.55, tp: 2350 }, rules)).toMatchObject({ ok: true });
    expect(encode({ sl: 1e-9 }, rules)).toMatchObject({ ok: false, problem: { code: 'invalid_sl' } });
  });

  it('is flat ASCII without exponents whatever is let through (W1)', () => {
    const signal = fc.record({
      action: fc.constantFrom('buy', 'sell', 'close', 'close_all'),
      symbol: fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('XAUUSD.m', '#US30', 'EURUSD+')),
      lot: fc.oneof(
        fc.double(),
        fc.integer({ min: -5, max: 6000 }).map((cents) => cents / 100),
      ),
      tp: fc.oneof(fc.double(), fc.integer()),
      sl: fc.oneof(fc.double(), fc.integer()),
      signal_id: fc.oneof(fc.string({ maxLength: 40 }), fc.constant('A-1.b_2')),
    });
    let passed = 0;
    fc.assert(
      fc.property(signal, fc.constantFrom('points', 'price'), (candidate, stopUnit) => {
        const encoded = encodeSignal(candidate, { ...points, stopUnit });
        if (!encoded.ok) return;
        passed += 1;
        expect(encoded.text).toMatch(
          /^\{"type":"signal","action":"(buy|sell|close|close_all)","symbol":"[ -~]+","lot":\d+(\.\d+)?,"tp":\d+(\.\d+)?,"sl":\d+(\.\d+)?,"signal_id":"[A-Za-z0-9_.-]+"\}$/,
        );
        expect(encoded.text).not.toContain('\\');
        expect(JSON.stringify(JSON.parse(encoded.text))).toBe(encoded.text);
      }),
      { numRuns: 20_000 },
    );
    expect(passed).toBeGreaterThan(50);
  });
});

describe('other commands', () => {
  it('are what v7 understands (W7)', () => {
    expect(encodeControl({ type: 'ping' })).toEqual({ ok: true, text: '{"type":"ping"}' });
    expect(encodeControl({ type: 'command', command: 'status' })).toEqual({
      ok: true,
      text: '{"type":"command","command":"status"}',
    });
    expect(encodeControl({ type: 'config', param: 'slippage', value: '10' })).toEqual({
      ok: true,
      text: '{"type":"config","param":"slippage","value":"10"}',
    });
  });

  it.each([
    ['a null', { type: 'a', sl: null }, 'sl'],
    ['a nested object', { type: 'a', b: {} }, 'b'],
    ['an exponent', { type: 'a', b: 1e-7 }, 'b'],
    ['a quote', { type: 'a', b: 'x"y' }, 'b'],
    ['a backslash', { type: 'a', b: 'x\\y' }, 'b'],
    ['a non-ASCII letter', { type: 'a', b: 'é' }, 'b'],
    ['a control character', { type: 'a', b: '\n' }, 'b'],
    ['type not first', { b: 1, type: 'a' }, 'type'],
    ['an over-long frame', { type: 'a', b: 'x'.repeat(4095) }, 'type'],
  ])('refuse %s', (_, fields, field) => {
    expect(encodeFlat(fields)).toMatchObject({ ok: false, problem: { field, code: 'invalid_frame' } });
  });
});
