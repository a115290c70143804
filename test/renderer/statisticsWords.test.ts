import { describe, expect, it } from 'vitest';
import {
  awardSubject,
  drawnAccount,
  equityChange,
  rangeSpan,
  slippageWords,
  unknownWords,
} from '../../renderer/views/statistics/statisticsWords.ts';
import type { OrderFigures } from '../../src/api/queries/statistics.ts';

function figures(changes: Partial<OrderFigures>): OrderFigures {
  return {
    ...{ orders: 1, sent: 0, filled: 1, rejected: 0, refused: 0, dismissed: 0, unknown: 0, fillRate: 1, doubts: [] },
    settledLate: { filled: 0, rejected: 0 },
    settledByHand: { filled: 0, rejected: 0 },
    ...{ repeats: 0, contradicted: 0, roundTrip: null, slippagePoints: null, slippagePrice: null },
    ...changes,
  };
}

describe('words of the statistics', () => {
  it('count days back from the trading day of now, which is the first of them', () => {
    expect(rangeSpan('days7', '2026-03-01')).toEqual({ from: '2026-02-23', to: null });
    expect(rangeSpan('days30', '2026-03-01')).toEqual({ from: '2026-01-31', to: null });
    expect(rangeSpan('all', '2026-03-01')).toEqual({ from: null, to: null });
  });

  it('call the trading day of now today, the one before it yesterday, and begin the week on Sunday', () => {
    expect(rangeSpan('today', '2026-03-01')).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(rangeSpan('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
    // The first of March 2026 is a Sunday.
    expect(rangeSpan('week', '2026-03-01')).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(rangeSpan('week', '2026-03-07')).toEqual({ from: '2026-03-01', to: '2026-03-07' });
    expect(rangeSpan('week', '2026-02-28')).toEqual({ from: '2026-02-22', to: '2026-02-28' });
  });

  it('say how unknown orders were settled', () => {
    expect(unknownWords(figures({}))).toBe('');
    expect(unknownWords(figures({ settledLate: { filled: 2, rejected: 1 } }))).toBe('settled: 3 late');
    expect(
      unknownWords(figures({ settledLate: { filled: 1, rejected: 0 }, settledByHand: { filled: 0, rejected: 1 } })),
    ).toBe('settled: 1 late, 1 by hand');
  });

  it('give slippage in points, else in price, with a sign', () => {
    const spread = (mean: number) => ({ count: 1, mean, min: mean, max: mean });
    expect(slippageWords(figures({}))).toBeNull();
    expect(slippageWords(figures({ slippagePoints: spread(2.5), slippagePrice: spread(0.025) }))).toEqual({
      value: '+2.5',
      unit: 'pts',
    });
    expect(slippageWords(figures({ slippagePoints: spread(-1) }))?.value).toBe('−1.0');
    expect(slippageWords(figures({ slippagePoints: spread(0.01) }))?.value).toBe('0.0');
    expect(slippageWords(figures({ slippagePrice: spread(0.00012) }))).toEqual({ value: '+0.00012', unit: 'in price' });
  });

  it('measure equity of one account, from its first to its last day', () => {
    const days = [
      { account: 'a', day: '2026-06-01', first: 1_000, last: 1_010 },
      { account: 'a', day: '2026-06-02', first: 1_020, last: 990 },
    ];
    expect(equityChange(days)).toBe(-10);
    expect(equityChange([])).toBeNull();
    const all = { account: null, source: null, symbol: null, from: null, to: null };
    expect(drawnAccount(days, all)).toBe('a');
    expect(drawnAccount(days, { ...all, account: 'b' })).toBe('b');
  });

  it('name the order of an award', () => {
    expect(awardSubject({ order: 7, signalId: 'S7' })).toBe('#7 S7');
    expect(awardSubject({ order: null, signalId: null })).toBe('account');
  });
});
