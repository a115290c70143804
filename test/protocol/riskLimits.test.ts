import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyProfile,
  defaultRiskLimits,
  profileOf,
  riskLimitsSchema,
  riskProfiles,
  storedRiskLimitsSchema,
  type RiskLimits,
  type RiskProfile,
} from '../../src/domain/risk/riskLimits.ts';
import { checkSignal } from '../../src/protocol/ea/signal.ts';

const parse = (changes: object) => riskLimitsSchema.safeParse({ ...defaultRiskLimits, ...changes });
const firstProblem = (changes: object) => {
  const { issues } = parse(changes).error ?? { issues: [] };
  return `${issues[0]?.path.join('.') ?? ''}: ${issues[0]?.message ?? ''}`;
};

describe('risk limits', () => {
  it("are BITTEN's rules for every account at first (R1, R2)", () => {
    expect(storedRiskLimitsSchema.parse({})).toEqual(defaultRiskLimits);
    expect(defaultRiskLimits).toMatchObject({
      symbols: [],
      stopLossRequired: false,
      stopDistance: { min: null, max: null },
      openTrades: null,
      tradesPerDay: null,
      tradesPerMinute: 5,
      duplicateWindowS: 30,
      riskPercent: null,
      dailyLossPercent: null,
      drawdownPercent: 20,
      marginLevel: 150,
      freeMargin: 50,
      day: { timeZone: 'UTC', startsAt: '00:00' },
    } satisfies Partial<RiskLimits>);
  });

  it.each(Object.keys(defaultRiskLimits))('need %s: nothing falls back to a default by being left out', (field) => {
    const rest = Object.fromEntries(Object.entries(defaultRiskLimits).filter(([name]) => name !== field));
    expect(riskLimitsSchema.safeParse(rest).success).toBe(false);
    expect(storedRiskLimitsSchema.parse(rest)).toEqual(defaultRiskLimits);
  });

  it('from a file keep what it says and refuse what nobody knows', () => {
    expect(storedRiskLimitsSchema.parse({ openTrades: null, drawdownPercent: 5 })).toEqual({
      ...defaultRiskLimits,
      openTrades: null,
      drawdownPercent: 5,
    });
    for (const wrong of [{ maxDrawdown: 5 }, [], null, 'apex', 5]) {
      expect(storedRiskLimitsSchema.safeParse(wrong).success).toBe(false);
    }
  });

  it('do not share what can be changed with the defaults', () => {
    const limits = storedRiskLimitsSchema.parse({});
    limits.symbols.push('EURUSD');
    limits.day.timeZone = 'Asia/Tokyo';
    expect(storedRiskLimitsSchema.parse({})).toEqual(defaultRiskLimits);
    expect(defaultRiskLimits.symbols).toEqual([]);
  });

  it.each([
    { symbols: ['EURUSD', '#US30', 'XAUUSD.m'] },
    { stopDistance: { min: 10, max: 10 } },
    { stopDistance: { min: null, max: 0.5 } },
    { openTrades: 1, tradesPerDay: null, tradesPerMinute: null },
    { duplicateWindowS: 0 },
    { riskPercent: 100, dailyLossPercent: 0.1, drawdownPercent: null },
    { marginLevel: null, freeMargin: 0 },
    { day: { timeZone: 'America/New_York', startsAt: '17:00' } },
    { day: { timeZone: 'Asia/Kolkata', startsAt: '23:59' } },
  ])('may be %j', (changes) => {
    expect(parse(changes).data).toEqual({ ...defaultRiskLimits, ...changes });
  });

  it.each([
    [{ symbols: [''] }, 'symbols.0: A symbol is'],
    [{ symbols: ['XAU,USD'] }, 'symbols.0: A symbol is'],
    [{ stopDistance: { min: 11, max: 10 } }, 'stopDistance.min: The smallest stop'],
    [{ stopDistance: { min: 0, max: null } }, 'stopDistance.min: '],
    [{ stopDistance: { min: null, max: null, mean: 1 } }, 'stopDistance: Unrecognized'],
    [{ openTrades: 0 }, 'openTrades: '],
    [{ openTrades: 1.5 }, 'openTrades: '],
    [{ tradesPerDay: Number.NaN }, 'tradesPerDay: '],
    [{ tradesPerMinute: Infinity }, 'tradesPerMinute: '],
    [{ duplicateWindowS: -1 }, 'duplicateWindowS: '],
    [{ riskPercent: 0 }, 'riskPercent: '],
    [{ dailyLossPercent: 101 }, 'dailyLossPercent: '],
    [{ drawdownPercent: '20' }, 'drawdownPercent: '],
    [{ marginLevel: 0 }, 'marginLevel: '],
    [{ freeMargin: -1 }, 'freeMargin: '],
    [{ day: { timeZone: 'Europe/Atlantis', startsAt: '00:00' } }, 'day.timeZone: Not a known time zone'],
    [{ day: { timeZone: '+02:00', startsAt: '00:00' } }, 'day.timeZone: Not a known time zone'],
    [{ day: { timeZone: 'UTC', startsAt: '24:00' } }, 'day.startsAt: A time of day'],
    [{ day: { timeZone: 'UTC', startsAt: '5:00' } }, 'day.startsAt: A time of day'],
  ])('may not be %j', (changes, problem) => {
    expect(firstProblem(changes)).toContain(problem);
  });

  it('take no symbol that checkSignal would refuse, and each that it takes', () => {
    const rules = { stopUnit: 'points', lots: { min: 0.01, max: 50, step: 0.01 } } as const;
    const symbols = fc.oneof(
      fc.string({ maxLength: 33 }),
      fc.string({ unit: fc.constantFrom(...Array.from('Aa0._#!&+-/$^@,":')) }),
    );
    fc.assert(
      fc.property(symbols, (symbol) => {
        const signal = { action: 'buy', symbol, lot: 0.1, sl: 0, tp: 0, signal_id: '1' } as const;
        expect(parse({ symbols: [symbol] }).success).toBe(checkSignal(signal, rules) === null);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('risk profiles (R2)', () => {
  it.each([
    ['nibbler', 1, 6],
    ['fang', 2, 10],
    ['commander', 3, 20],
    ['apex', 5, 50],
  ] as const)('%s is %i open and %i a day, five a minute', (profile, openTrades, tradesPerDay) => {
    const before = { ...defaultRiskLimits, tradesPerMinute: null, duplicateWindowS: 0, riskPercent: 1 };
    const after = applyProfile(before, profile);
    expect(after).toEqual({ ...before, openTrades, tradesPerDay, tradesPerMinute: 5, duplicateWindowS: 30 });
    expect(riskLimitsSchema.parse(after)).toEqual(after);
    expect(profileOf(after)).toBe(profile);
    expect(profileOf(before)).toBe('custom');
  });

  it('are custom when any of their figures is another', () => {
    for (const profile of Object.keys(riskProfiles) as RiskProfile[]) {
      const limits = applyProfile(defaultRiskLimits, profile);
      for (const field of ['openTrades', 'tradesPerDay', 'tradesPerMinute', 'duplicateWindowS'] as const) {
        expect(profileOf({ ...limits, [field]: 7 })).toBe('custom');
      }
      expect(profileOf({ ...limits, riskPercent: 1, symbols: ['EURUSD'] })).toBe(profile);
    }
  });
});
