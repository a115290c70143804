import { expect, it } from 'vitest';
import { loosenedLimits } from '../../renderer/views/settings/loosenedLimits.ts';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';

const before = {
  ...defaultRiskLimits,
  riskPercent: 2,
  dailyLossPercent: 5,
  marginLevel: 150,
  stopLossRequired: true,
  symbols: ['XAUUSD'],
  stopDistance: { min: 100, max: 2000 },
};

it('names each limit that allows more than before, with both values', () => {
  const after = {
    ...before,
    riskPercent: 3,
    dailyLossPercent: null,
    marginLevel: 120,
    stopLossRequired: false,
    symbols: ['XAUUSD', 'EURUSD'],
    stopDistance: { min: 50, max: null },
    day: { ...before.day, startsAt: '01:00' },
  };
  expect(loosenedLimits(before, after).map(({ name, from, to }) => `${name}: ${from} → ${to}`)).toEqual([
    'Risk of one trade: 2 % → 3 %',
    'Daily loss: 5 % → off',
    'Margin level: 150 % → 120 %',
    'Smallest stop distance: 100 points → 50 points',
    'Largest stop distance: 2000 points → off',
    'Stop loss: required → not required',
    'Tradable symbols: XAUUSD → XAUUSD, EURUSD',
    `Trading day: begins ${before.day.startsAt} ${before.day.timeZone} → begins 01:00 ${before.day.timeZone}`,
  ]);
});

it('is silent about a stricter change', () => {
  const after = { ...before, riskPercent: 1, marginLevel: 200, stopDistance: { min: 200, max: 1000 } };
  expect(loosenedLimits(before, after)).toEqual([]);
  expect(loosenedLimits({ ...before, symbols: [], riskPercent: null }, before)).toEqual([]);
});
