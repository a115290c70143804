import { describe, expect, it } from 'vitest';
import { dayResult, limitRooms } from '../../renderer/views/account/dayFigures.ts';
import type { EquityBase } from '../../src/api/state/accountState.ts';
import type { RiskRow } from '../../src/domain/risk/riskReport.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const bridge = bridgeBench().state();
const riskBase: EquityBase = {
  ...{ day: '2026-11-27', dayStartEquity: 10_000, dayStartAt: null, dayStartBy: 'figures' },
  ...{ peakEquity: 12_000, rebasedAt: null },
};
const rooms = (row: Partial<RiskRow>) =>
  limitRooms({
    riskBase,
    rules: [],
    risk: [{ code: 'risk_daily_loss', name: 'Daily loss', limit: 5, value: 1.2, unit: '%', state: 'ok', ...row }],
  });

describe("today's result", () => {
  it('is the change of equity in money and in % of what the day began with', () => {
    const account = { ...bridge.account, equity: 9_850 };
    expect(dayResult({ account, riskBase })).toEqual({ money: -150, percent: -1.5 });
    expect(dayResult({ account, riskBase: null })).toBeNull();
    expect(dayResult({ account: { ...account, equity: null }, riskBase })).toBeNull();
  });
});

describe('the room to a limit', () => {
  it('is in % and in money for a loss, of the equity that it counts from', () => {
    expect(rooms({})).toEqual([{ name: 'Daily loss', words: '3.8 % left (380.00)', state: 'ok' }]);
    expect(rooms({ code: 'risk_drawdown', limit: 20, value: 16 })).toMatchObject([
      { words: '4.0 % left (480.00)', state: 'near' },
    ]);
  });

  it('is above a floor, and in trades for a count', () => {
    expect(rooms({ code: 'risk_margin_level', limit: 150, value: 640 })).toMatchObject([
      { words: '490 % above 150 %', state: 'ok' },
    ]);
    expect(rooms({ code: 'risk_free_margin', unit: 'account currency', limit: 50, value: 60 })).toMatchObject([
      { words: '10.00 above 50.00' },
    ]);
    expect(rooms({ code: 'risk_trades_day', unit: 'trades', limit: 6, value: 5 })).toMatchObject([
      { words: '1 of 6 left', state: 'near' },
    ]);
  });

  it('is none where the limit is off, and none is left where it refuses', () => {
    expect(rooms({ limit: null, state: 'off' })).toEqual([]);
    expect(rooms({ value: null, state: 'unknown' })).toMatchObject([{ state: 'blocked' }]);
    expect(rooms({ value: 5, state: 'blocked' })).toMatchObject([{ words: 'reached: nothing is traded' }]);
    // No margin in use: nothing to be near of.
    expect(rooms({ code: 'risk_margin_level', value: null, state: 'ok' })).toEqual([]);
  });
});
