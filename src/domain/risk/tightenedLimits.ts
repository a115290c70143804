import type { AccountRules } from '../accountRules/accountRules.ts';
import type { RiskLimits } from './riskLimits.ts';

/**
 * The stricter of the old and the new value of each limit: in force at once, even before it is written.
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
    accountRules: tightenedRules(before.accountRules, after.accountRules),
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

/** The new rules where they only add to the old ones: of two versions of one rule nobody can say which is stricter. */
function tightenedRules(before: AccountRules, after: AccountRules): AccountRules {
  const isKept = before.rules.every((rule) =>
    after.rules.some((each) => JSON.stringify(each) === JSON.stringify(rule)),
  );
  const isSameCapital = before.initialCapital === null || before.initialCapital === after.initialCapital;
  return isKept && isSameCapital ? after : before;
}

/** Symbols that both lists allow. An empty list allows every symbol, so lists without a common symbol leave the old one. */
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
  // Ranges without an overlap can't be expressed as a setting.
  return min !== null && max !== null && min > max ? before : { min, max };
}
