import { describe, expect, it } from 'vitest';
import { bittenFactors, citadelFactor } from '../../src/protocol/gateway/citadel.ts';
import { askedText, readSignal, type EngineSignal } from '../../src/protocol/gateway/engineRequest.ts';
import { maxRequestBytes, readFields } from '../../src/protocol/gateway/requestFields.ts';

const shorten = (longId: string) => `short_of_${longId.slice(0, 5)}`;
const base = { type: 'signal', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signal_id: 'VENOM_XAU_001' };

function signalOf(changes: Record<string, unknown>, without: string[] = []): EngineSignal {
  const read = readSignal(withoutKeys({ ...base, ...changes }, without), shorten);
  if (!read.ok) throw new Error(read.problem.reason);
  return read.value;
}

function problemOf(changes: Record<string, unknown>, without: string[] = []) {
  const read = readSignal(withoutKeys({ ...base, ...changes }, without), shorten);
  return read.ok ? null : read.problem;
}

function withoutKeys(fields: Record<string, unknown>, without: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !without.includes(key)));
}

describe('a signal of an engine', () => {
  it('is read as W2 has it', () => {
    expect(signalOf({})).toEqual({
      signalId: 'VENOM_XAU_001',
      longId: null,
      bridge: null,
      action: 'buy',
      symbol: 'XAUUSD',
      lot: 0.1,
      sl: [{ unit: 'own', value: 20, field: 'sl' }],
      tp: [{ unit: 'own', value: 40, field: 'tp' }],
      entryPrice: null,
      citadel: null,
      note: null,
      sentAt: null,
    });
  });

  it.each([
    [{ pair: 'EURUSD' }, ['symbol'], { symbol: 'EURUSD' }],
    [{ direction: 'SELL' }, ['action'], { action: 'sell' }],
    [{ side: 'Sell' }, ['action'], { action: 'sell' }],
    [{ volume: 0.2 }, ['lot'], { lot: 0.2 }],
    [{ lot_size: 0.3 }, ['lot'], { lot: 0.3 }],
    [{}, ['lot'], { lot: null }],
    [{ fire_id: 'F1' }, ['signal_id'], { signalId: 'F1' }],
    [{ mission_id: 'M1' }, ['signal_id'], { signalId: 'M1' }],
    [{ signal_id: 'A'.repeat(32) }, [], { signalId: 'short_of_AAAAA', longId: 'A'.repeat(32) }],
    [{ signal_id: 'A'.repeat(31) }, [], { signalId: 'A'.repeat(31), longId: null }],
    [{ stop_pips: 12 }, ['sl'], { sl: [{ unit: 'pips', value: 12, field: 'stop_pips' }] }],
    [{ target_pips: 24 }, ['tp'], { tp: [{ unit: 'pips', value: 24, field: 'target_pips' }] }],
    [{ sl_points: 120 }, ['sl'], { sl: [{ unit: 'points', value: 120, field: 'sl_points' }] }],
    [{ stop_loss: 2330.5 }, ['sl'], { sl: [{ unit: 'price', value: 2330.5, field: 'stop_loss' }] }],
    [{ tp_price: 2360 }, ['tp'], { tp: [{ unit: 'price', value: 2360, field: 'tp_price' }] }],
    [{ action: 'CLOSE' }, ['lot', 'sl', 'tp'], { action: 'close', lot: null, sl: [], tp: [] }],
    [{ action: 'close_all' }, ['symbol', 'lot', 'sl', 'tp'], { action: 'close_all', symbol: 'ALL' }],
    [{ citadel_shield: { score: 8.2 } }, [], { citadel: { score: 8.2, multiplier: null } }],
    [{ citadel_shield: { shield_score: 7, risk_multiplier: 1.2 } }, [], { citadel: { score: 7, multiplier: 1.2 } }],
    [{ citadel_score: 14 }, [], { citadel: { score: 14, multiplier: null } }],
    [{ citadel_shield: { shield_score: 7 }, citadel_score: 12 }, [], { citadel: { score: 7, multiplier: null } }],
    [{ citadel_shield: { score: 12 } }, [], { citadel: { score: null, multiplier: null } }],
    [{ citadel_shield: { score: 'high' }, citadel_score: 9 }, [], { citadel: { score: null, multiplier: null } }],
    [{ citadel_shield: 'APPROVED' }, [], { citadel: { score: null, multiplier: null } }],
    [{ entry_price: 2341.2 }, [], { entryPrice: 2341.2 }],
    [{ entry: 2341.2, entry_price: null }, [], { entryPrice: 2341.2 }],
    [{ target_uuid: 'user-001', stop_loss_pct: 1.5, tp_probability: 0.7, stop_type: 'structure' }, [], { lot: 0.1 }],
    [{ pair: 'XAUUSD', direction: 'BUY' }, [], { symbol: 'XAUUSD', action: 'buy' }],
    [{ sent_at: 1_767_604_800 }, [], { sentAt: 1_767_604_800_000 }],
    [{ sent_at: 1_767_604_800.25 }, [], { sentAt: 1_767_604_800_250 }],
    [{ sent_at: 1_767_604_800_250 }, [], { sentAt: 1_767_604_800_250 }],
    [{ sent_at: '2026-01-05T09:20:00+00:00' }, [], { sentAt: 1_767_604_800_000 }],
  ] as [Record<string, unknown>, string[], Partial<EngineSignal>][])(
    'takes %j without %j for %j',
    (changes, without, expected) => {
      expect(signalOf(changes, without)).toMatchObject(expected);
    },
  );

  it.each([
    [{ pair: 'EURUSD' }, [], 'invalid_symbol', 'pair', '"symbol" and "pair" disagree.'],
    [{ side: 'sell' }, [], 'invalid_action', 'side', '"action" and "side" disagree.'],
    [{ volume: 0.2 }, [], 'invalid_lot', 'volume', '"lot" and "volume" disagree.'],
    [{ fire_id: 'F1' }, [], 'invalid_signal_id', 'fire_id', '"signal_id" and "fire_id" disagree.'],
    [{ sl_pips: 10, stop_pips: 12 }, [], 'invalid_sl', 'stop_pips', '"sl_pips" and "stop_pips" disagree.'],
    [{ sl: 0, stop_pips: 12 }, [], 'invalid_sl', 'stop_pips', '"sl" and "stop_pips" disagree.'],
    [{}, ['sl'], 'invalid_sl', 'sl', '"sl" is missing: say the stop loss, or 0 for none.'],
    [{}, ['tp'], 'invalid_tp', 'tp', '"tp" is missing: say the take profit, or 0 for none.'],
    [{ sl: null }, [], 'invalid_sl', 'sl', '"sl" must be a number, 0 for none.'],
    [{ sl: '20' }, [], 'invalid_sl', 'sl', '"sl" must be a number, 0 for none.'],
    [{ tp: -1 }, [], 'invalid_tp', 'tp', '"tp" must be a number, 0 for none.'],
    [{ sl_usd: 5 }, [], 'invalid_sl', 'sl_usd', 'is no name that a stop is known by'],
    [{ tp2: 5 }, [], 'invalid_tp', 'tp2', 'is no name that a stop is known by'],
    [{ stopLoss: 5 }, [], 'invalid_sl', 'stopLoss', 'is no name that a stop is known by'],
    [{ lot: '0.1' }, [], 'invalid_lot', 'lot', '"lot" must be a number'],
    [{ action: 'hold' }, [], 'invalid_action', 'action', '"action" must be one of buy, sell, close, close_all.'],
    [{ signal_id: 'a b' }, [], 'invalid_signal_id', 'signal_id', '1 to 128'],
    [{ signal_id: 'A'.repeat(129) }, [], 'invalid_signal_id', 'signal_id', 'must be text'],
    [{ signal_id: `${'A'.repeat(40)}é` }, [], 'invalid_signal_id', 'signal_id', '1 to 128'],
    [{}, ['signal_id'], 'invalid_signal_id', 'signal_id', '"signal_id" is missing.'],
    [{}, ['symbol'], 'invalid_symbol', 'symbol', '"symbol" is missing.'],
    [{ bridge: 5 }, [], 'invalid_bridge', 'bridge', '"bridge" must be the ID'],
    [{ sent_at: '2026-01-05T09:20:00' }, [], 'invalid_request', 'sent_at', 'must be Unix time'],
    [{ sent_at: null }, [], 'invalid_request', 'sent_at', 'must be Unix time'],
    [{ sl_levels: [5, 9] }, [], 'invalid_sl', 'sl_levels', 'is no name that a stop is known by'],
    [{ tp_distance: '5' }, [], 'invalid_tp', 'tp_distance', 'is no name that a stop is known by'],
    [{ entry_price: '2341.2' }, [], 'invalid_request', 'entry_price', 'must be a price above 0'],
    [{ entry_price: 2341.2, entry: 2341.3 }, [], 'invalid_request', 'entry', 'disagree'],
  ] as [Record<string, unknown>, string[], string, string, string][])(
    'refuses %j without %j',
    (changes, without, code, field, words) => {
      const problem = problemOf(changes, without);
      expect(problem).toMatchObject({ code, field });
      expect(problem?.reason).toContain(words);
    },
  );

  it('reads a VENOM signal, which has pips and no lots (G4)', () => {
    const read = readSignal(
      {
        signal_id: 'VENOM_XAUUSD_1756773488',
        symbol: 'XAUUSD',
        direction: 'BUY',
        signal_type: 'RAPID_ASSAULT',
        confidence: 87.5,
        target_pips: 40,
        stop_pips: 20,
        risk_reward: 2,
        citadel_shield: { score: 8.5, classification: 'SHIELD_APPROVED', risk_multiplier: 1.5 },
      },
      shorten,
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        lot: null,
        citadel: { score: 8.5, multiplier: 1.5 },
        sl: [{ unit: 'pips', value: 20 }],
        note: 'RAPID_ASSAULT, confidence 87.5',
      },
    });
  });

  it('is the same under other names, and another with another content', () => {
    const text = askedText(signalOf({}));
    expect(text).toBe('buy XAUUSD, lot 0.1, sl 20, tp 40');
    expect(askedText(signalOf({ pair: 'XAUUSD', direction: 'BUY' }, ['symbol', 'action']))).toBe(text);
    expect(askedText(signalOf({ sl: 21 }))).not.toBe(text);
    expect(askedText(signalOf({ sl_pips: 20 }, ['sl']))).not.toBe(text);
  });

  it('is one JSON object in UTF-8, and not too long', () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    expect(readFields(encode(JSON.stringify(base)))).toMatchObject({ ok: true });
    for (const text of ['', 'buy', '[]', 'null', '1', '{"a":', `{"a":"${'x'.repeat(maxRequestBytes)}"}`]) {
      expect(readFields(encode(text))).toMatchObject({
        ok: false,
        problem: { code: 'invalid_request', field: 'request' },
      });
    }
    expect(readFields(new Uint8Array([0x7b, 0xff, 0x7d]))).toMatchObject({ ok: false });
  });

  it("has its risk scaled by CITADEL's score (G4)", () => {
    const factor = (score: number | null) => citadelFactor({ score, multiplier: null }, 'score', bittenFactors);
    expect([15, 8, 7.9, 6, 5.9, 4, 3.9, 0].map(factor)).toEqual([1.5, 1.5, 1, 1, 0.5, 0.5, 0.25, 0.25]);
  });

  it('has its risk scaled to the smallest by what CITADEL says and nobody understands, and by nothing where it says nothing', () => {
    const said = (multiplier: number | null) =>
      citadelFactor({ score: 9, multiplier }, 'risk_multiplier', bittenFactors);
    expect([0.1, 0.8, 1.4, 7, null].map(said)).toEqual([0.25, 0.8, 1.4, 1.5, 0.25]);
    expect(citadelFactor({ score: null, multiplier: 1.5 }, 'score', [1, 0.9, 0.3, 0.3])).toBe(0.3);
    expect(citadelFactor(null, 'score', bittenFactors)).toBe(1);
  });
});
