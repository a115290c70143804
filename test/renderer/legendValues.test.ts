import { describe, expect, it } from 'vitest';
import { chartPoints } from '../../renderer/views/charts/chartPoints.ts';
import { legendTime, legendValue } from '../../renderer/views/charts/legendValues.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const { account: anAccount } = bridgeBench().state();
const sample = { balance: 10_000, equity: 10_012, equityLow: 10_010, equityHigh: 10_013, margin: 100, messages: 1 };
const drawn = chartPoints({
  samples: [{ ...sample, at: 60_000 }],
  ...{ span: { from: 0, to: 61_000 }, now: 61_000, first: 60_000, peakBefore: null, rebasedAt: null },
});

describe('the figures beside a chart', () => {
  it("are the account's where the curve goes on to now, as in the head of the window", () => {
    const account = { ...anAccount, at: 60_900, equity: 10_015.5, margin: null };
    expect(legendValue('equity', drawn, account)).toBe(10_015.5);
    expect(legendValue('margin', drawn, account)).toBe(100);
    expect(legendTime(drawn, account)).toBeNull();
  });

  it("are the curve's last ones with their time where it ends earlier", () => {
    const account = { ...anAccount, at: 120_000, equity: 9_000 };
    expect(legendValue('equity', drawn, account)).toBe(10_012);
    expect(legendTime(drawn, account)).toBe(60_000);
    expect(legendTime({ points: [] }, account)).toBeNull();
  });
});
