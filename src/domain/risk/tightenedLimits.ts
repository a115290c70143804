import type { RiskLimits } from './riskLimits.ts';

/**
 * Of a change, what allows less: each limit that is stricter in `after` is as there, every other as before. It holds at
 * once, written or not.
 */
export function tightenedLimits(before: RiskLimits, after: RiskLimits): RiskLimits {
  return {
    ...before,
    symbols: tightenedList(before.symbols, after.symbols),
    stopLossRequired: before.stopLossRequired || after.stopLossRequired,
    stopDistance: tightenedDistance(before.stopDistance, after.stopDistance),
    openTrades: lowerOf(before.openTrades, after.openTrades),
    tradesPerDay: lowerOf(before.tradesPerDay, after.tradesPerDay),
    tradesPerMinute: lowerOf(before.tradesPerMinute, after.tradesPerMinute),
    duplicateWindowS: Math.max(before.duplicateWindowS, after.duplicateWindowS),
    riskPercent: lowerOf(before.riskPercent, after.riskPercent),
    dailyLossPercent: lowerOf(before.dailyLossPercent, after.dailyLossPercent),
    drawdownPercent: lowerOf(before.drawdownPercent, after.drawdownPercent),
    marginLevel: higherOf(before.marginLevel, after.marginLevel),
    freeMargin: higherOf(before.freeMargin, after.freeMargin),
  };
}

/** The stricter of two upper limits; null is none. */
export function lowerOf(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function higherOf(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

/** What both lists allow. An empty one allows everything, so that nothing in common can't be said: then as before. */
function tightenedList(before: readonly string[], after: readonly string[]): string[] {
  if (after.length === 0) return [...before];
  if (before.length === 0) return [...after];
  const both = before.filter((name) => after.includes(name));
  return both.length === 0 ? [...before] : both;
}

function tightenedDistance(
  before: RiskLimits['stopDistance'],
  after: RiskLimits['stopDistance'],
): RiskLimits['stopDistance'] {
  const min = higherOf(before.min, after.min);
  const max = lowerOf(before.max, after.max);
  // Spans that don't meet have nothing in common that a setting could say.
  return min !== null && max !== null && min > max ? before : { min, max };
}
