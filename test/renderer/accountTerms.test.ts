import { describe, expect, it } from 'vitest';
import { accountChanges, readAccountTerms } from '../../renderer/views/guide/accountTerms.ts';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';

describe('currency and leverage in the guide', () => {
  it('are read as MT5 shows them', () => {
    expect(readAccountTerms(' USD', '500')).toEqual({ currency: 'USD', leverage: 500 });
    for (const [currency, leverage] of [
      ['US', '100'],
      ['', '100'],
      ['USD', ''],
      ['USD', '0'],
      ['USD', '1:100'],
      ['USD', '20000'],
    ] as const)
      expect(readAccountTerms(currency, leverage)).toHaveProperty('problem');
  });

  it('come with the proposed limits, and leave those that a person has set', () => {
    const terms = { currency: 'USD', leverage: 100 };
    expect(accountChanges(terms, true, defaultRiskLimits).limits).toEqual({
      ...defaultRiskLimits,
      riskPercent: 2,
      dailyLossPercent: 5,
    });
    expect(accountChanges(terms, true, { ...defaultRiskLimits, riskPercent: 0.5 }).limits).toMatchObject({
      riskPercent: 0.5,
      dailyLossPercent: 5,
    });
    expect(accountChanges(terms, false, defaultRiskLimits)).toEqual(terms);
  });
});
