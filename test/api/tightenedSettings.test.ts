import { describe, expect, it } from 'vitest';
import { defaultEngineSettings, type EngineSettings } from '../../src/api/state/engines.ts';
import { tightenedBridge, tightenedEngine } from '../../src/api/state/tightenedSettings.ts';
import { noTicketSettings } from '../../src/api/settings/ticketSettings.ts';
import { defaultRiskLimits, type RiskLimits, riskLimitsSchema } from '../../src/domain/risk/riskLimits.ts';
import { tightenedLimits } from '../../src/domain/risk/tightenedLimits.ts';
import { mainBridge } from '../support/mainBridge.ts';
import { type BridgeSettings, bridgeSettingsSchema } from '../../src/api/settings/bridgeSettings.ts';

/** Of each limit: looser, then tighter. */
const limits: [keyof RiskLimits, unknown, unknown][] = [
  ['symbols', [], ['EURUSD']],
  ['symbols', ['EURUSD', 'XAUUSD'], ['XAUUSD']],
  ['stopLossRequired', false, true],
  ['stopDistance', { min: null, max: null }, { min: 10, max: 100 }],
  ['stopDistance', { min: 10, max: 100 }, { min: 20, max: 50 }],
  ['openTrades', null, 3],
  ['openTrades', 3, 2],
  ['tradesPerDay', null, 3],
  ['tradesPerMinute', 5, 1],
  ['duplicateWindowS', 0, 30],
  ['duplicateWindowS', 30, 86_400],
  ['riskPercent', null, 2],
  ['dailyLossPercent', 10, 5],
  ['drawdownPercent', null, 20],
  ['drawdownPercent', 20, 5],
  ['marginLevel', null, 150],
  ['marginLevel', 150, 200],
  ['freeMargin', 50, 500],
];

describe('a limit that becomes stricter', () => {
  it.each(limits)('%s: %j to %j holds at once, and not the other way', (name, loose, tight) => {
    const looser = { ...defaultRiskLimits, [name]: loose };
    const tighter = { ...defaultRiskLimits, [name]: tight };
    expect(tightenedLimits(looser, tighter)).toEqual(tighter);
    expect(tightenedLimits(tighter, looser)).toEqual(tighter);
  });

  it('holds beside one that becomes looser, which does not', () => {
    const before = { ...defaultRiskLimits, drawdownPercent: 20, marginLevel: 150 };
    const after = { ...before, drawdownPercent: 5, marginLevel: null, day: { timeZone: 'UTC', startsAt: '09:00' } };
    expect(tightenedLimits(before, after)).toEqual({ ...before, drawdownPercent: 5 });
  });

  it.each([
    [{ symbols: ['EURUSD'] }, { symbols: ['XAUUSD'] }],
    [{ stopDistance: { min: 10, max: 100 } }, { stopDistance: { min: 200, max: 500 } }],
  ])('%j to %j has nothing in common, so that it stays', (one, other) => {
    const before = { ...defaultRiskLimits, ...one };
    const next = tightenedLimits(before, { ...before, ...other });
    expect(next).toEqual(before);
    expect(riskLimitsSchema.parse(next)).toEqual(next);
  });
});

describe('a bridge', () => {
  const before: BridgeSettings = bridgeSettingsSchema.parse({ ...mainBridge, ticket: noTicketSettings });

  it('takes a smaller largest lot, less slippage and no stop unit at once; what it could not say stays', () => {
    const after = {
      ...before,
      lots: { min: 0.1, max: 5, step: 0.1 },
      slippage: 3,
      heavyRiskPercent: 3,
      stopUnit: null,
      leverage: 500,
    };
    expect(tightenedBridge(before, after)).toEqual({
      ...before,
      lots: { ...before.lots, max: 5 },
      slippage: 3,
      heavyRiskPercent: 3,
      stopUnit: null,
    });
    expect(tightenedBridge(after, before)).toEqual({ ...after, stopUnit: null });
    expect(tightenedBridge(before, { ...before, lots: { min: 0.001, max: 0.005, step: 0.01 } })).toEqual(before);
    expect(tightenedBridge(before, { ...before, stopUnit: 'price', host: '0.0.0.0' })).toEqual(before);
  });

  it('takes a smaller largest lot of one symbol', () => {
    const [first, ...rest] = before.symbols;
    if (first === undefined) throw new Error('The bridge has no symbols.');
    const smaller = { ...first, lots: { min: 0.01, max: 0.5, step: 0.01 } };
    const next = tightenedBridge(before, { ...before, symbols: [{ ...smaller, pip: null }, ...rest] });
    expect(next.symbols[0]).toEqual(smaller);
    expect(next.symbols.slice(1)).toEqual(rest);
    expect(tightenedBridge({ ...before, symbols: [smaller, ...rest] }, before).symbols[0]).toEqual(smaller);
  });
});

describe('an engine', () => {
  const engine = defaultEngineSettings;
  const cases: [Partial<EngineSettings>, Partial<EngineSettings>][] = [
    [{ mode: 'auto' }, { mode: 'ask' }],
    [{ mode: 'ask' }, { mode: 'paused' }],
    [{ bridges: null }, { bridges: ['main'] }],
    [{ symbols: ['EURUSD'] }, { symbols: [] }],
    [{ maxLot: null }, { maxLot: 1 }],
    [{ maxLot: 1 }, { maxLot: 0.1 }],
    [{ tradesPerMinute: 5 }, { tradesPerMinute: 1 }],
    [{ tradesPerDay: null }, { tradesPerDay: 1 }],
    [{ haltAfter: null }, { haltAfter: 3 }],
    [{ expiryS: 60 }, { expiryS: 5 }],
    [{ riskPercent: 2 }, { riskPercent: 1 }],
    [{ riskPercent: 2 }, { riskPercent: null }],
  ];

  it.each(cases)('%j to %j holds at once, and not the other way', (loose, tight) => {
    const looser = { ...engine, ...loose };
    const tighter = { ...engine, ...tight };
    expect(tightenedEngine(looser, tighter)).toEqual(tighter);
    expect(tightenedEngine(tighter, looser)).toEqual(tighter);
  });
});
