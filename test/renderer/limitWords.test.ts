import { describe, expect, it } from 'vitest';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';
import type { RiskRow } from '../../src/domain/risk/riskReport.ts';
import { limitRefusal, limitWords, orderLimitWords, refusing, valueWords } from '../../renderer/shared/limitWords.ts';

const row = (changes: Partial<RiskRow>): RiskRow => ({
  code: 'risk_open_trades',
  name: 'Open trades',
  limit: 5,
  value: 3,
  unit: 'trades',
  state: 'ok',
  ...changes,
});
const level = (changes: Partial<RiskRow>): RiskRow =>
  row({ code: 'risk_margin_level', unit: '%', limit: 150, value: 779.04, ...changes });
const free = row({ code: 'risk_free_margin', unit: 'account currency', limit: 50, value: 9_500.5 });

describe('a limit in words', () => {
  it('is what is let through: counts up to it, losses below it, floors from it on', () => {
    expect([limitWords(row({}), 'USD'), valueWords(row({}), 'USD')]).toEqual(['at most 5', '3']);
    const drawdown = row({ code: 'risk_drawdown', unit: '%', limit: 20, value: 0.031 });
    expect([limitWords(drawdown, 'USD'), valueWords(drawdown, 'USD')]).toEqual(['below 20.00 %', '0.03 %']);
    expect([limitWords(level({}), 'USD'), valueWords(level({}), 'USD')]).toEqual(['at least 150.00 %', '779.04 %']);
    expect([limitWords(free, 'USD'), valueWords(free, 'USD')]).toEqual(['at least 50.00 USD', '9,500.50 USD']);
    expect(valueWords(free, null)).toBe('9,500.50');
  });

  it('says off, what is not known, and that no margin is used', () => {
    expect(limitWords(row({ limit: null, state: 'off' }), null)).toBe('off');
    expect(valueWords(row({ value: null, state: 'unknown' }), null)).toBe('not known');
    expect(valueWords(level({ value: null }), null)).toBe('no margin in use');
    expect(valueWords(level({ value: null, state: 'unknown' }), null)).toBe('not known');
  });

  it('counts as refusing when it is reached or can not be checked', () => {
    expect(
      refusing([
        row({}),
        row({ state: 'warn' }),
        row({ state: 'blocked' }),
        row({ state: 'unknown' }),
        row({ state: 'off' }),
      ]),
    ).toBe(2);
  });
});

describe('the ticket while limits refuse', () => {
  it('is not ready, and says which limit, its figure and what is let through', () => {
    expect(limitRefusal([row({}), row({ state: 'warn' }), row({ state: 'off' })], 'USD')).toBeNull();
    expect(limitRefusal([row({ state: 'blocked', value: 5 }), row({})], 'USD')).toEqual({
      reason: 'A limit refuses every buy and sell: Open trades 5, allowed at most 5.',
      nextStep: 'The tab Limits shows each. Closes go on.',
    });
    const unknown = level({ name: 'Margin level', value: null, state: 'unknown' });
    expect(limitRefusal([unknown, { ...free, state: 'blocked' }], 'USD')?.reason).toBe(
      '2 limits refuse every buy and sell. First: Margin level not known, allowed at least 150.00 %.',
    );
  });
});

describe('what is looked at in each order', () => {
  const words = (changes: object): Record<string, string> =>
    Object.fromEntries(orderLimitWords({ ...defaultRiskLimits, ...changes }));

  it('is said for each limit, off ones too', () => {
    expect(words({})).toMatchObject({ Symbols: 'every symbol', 'Stop distance': 'off', 'Risk of one trade': 'off' });
    expect(
      words({
        symbols: ['EURUSD', 'XAUUSD'],
        stopLossRequired: true,
        stopDistance: { min: 50, max: null },
        riskPercent: 2,
        duplicateWindowS: 0,
      }),
    ).toMatchObject({
      Symbols: 'EURUSD, XAUUSD',
      'Stop loss': 'required',
      'Stop distance': 'from 50 points',
      'Risk of one trade': 'at most 2 % of equity',
      'The same again': 'off',
    });
    expect(words({ stopDistance: { min: 50, max: 500 } })['Stop distance']).toBe('from 50 to 500 points');
  });
});
