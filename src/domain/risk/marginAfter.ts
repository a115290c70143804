import { isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import type { SizingAccount } from '../sizing/valuePerLot.ts';
import { compare, exact, hundredths, isKnown, minus, percentOf, plus, type Rational } from '../arithmetic/rational.ts';
import type { RiskLimits } from './riskLimits.ts';
import { riskRefusals, type RiskRefusal } from './riskRefusals.ts';
import { marginFor } from '../sizing/planTrade.ts';
import type { Instrument, Side } from '../sizing/stops.ts';

/** A trade that will use margin, or may use some that the EA has not reported yet. */
export interface MarginTrade {
  side: Side;
  lot: number;
  instrument: Instrument;
}

/** Amounts are in the account's currency. */
export interface MarginFacts {
  account: SizingAccount;
  freeMargin: number | null;
  /** Orders under way, and trades newer than the reported margin; called only when a limit needs them. */
  pending: () => readonly MarginTrade[];
}

type MarginLimits = Pick<RiskLimits, 'marginLevel' | 'freeMargin'>;

/** Whether a limit is on that {@link checkMarginAfter} checks. */
export function limitsMargin({ marginLevel, freeMargin }: MarginLimits): boolean {
  return marginLevel !== null || freeMargin !== null;
}

/**
 * Checks margin level and free margin with the trade and the pending ones open (R1). `unknown`: an input of the margin needed
 * was never reported or set, so only the account as it is could be checked. An input that was known once and is missing now, or
 * is in doubt, is a refusal. The margin needed is that of a hedging account: an order that would close a position of a netting
 * account counts as one that opens another.
 */
export function checkMarginAfter(
  trade: MarginTrade,
  { account, freeMargin, pending }: MarginFacts,
  limits: MarginLimits,
): RiskRefusal | 'unknown' | null {
  if (!limitsMargin(limits)) return null;
  const { marginLevel, freeMargin: leastFree } = limits;
  const needed = neededBy([trade, ...pending()], account);
  if (isUnavailable(needed)) {
    if (needed.lapsed !== true) return 'unknown';
    const code = marginLevel === null ? 'risk_free_margin' : 'risk_margin_level';
    return riskRefusals.gap(code, needed, 'the margin after the order');
  }
  const { currency, equity, margin } = account;
  // Unknown figures of the account itself are refused earlier.
  if (marginLevel !== null && isKnown(equity) && isKnown(margin)) {
    const level = percentOf(exact(equity), plus(exact(margin), needed));
    if (compare(level, exact(marginLevel)) < 0) {
      return riskRefusals.marginLevelAfter(hundredths(level, 'down'), marginLevel);
    }
  }
  if (leastFree !== null && isKnown(freeMargin)) {
    const free = minus(exact(freeMargin), needed);
    if (compare(free, exact(leastFree)) < 0) {
      return riskRefusals.freeMarginAfter(hundredths(free, 'down'), leastFree, currency);
    }
  }
  return null;
}

/** The sum; if inputs are missing, one that was known once is reported first. */
function neededBy(trades: readonly MarginTrade[], account: SizingAccount): Rational | Unavailable {
  let sum = exact(0);
  let missing: Unavailable | null = null;
  for (const { side, lot, instrument } of trades) {
    const needed = marginFor(exact(lot), side, instrument, account);
    if (!isUnavailable(needed)) sum = plus(sum, needed);
    else if (missing?.lapsed !== true) missing = needed.lapsed === true ? needed : (missing ?? needed);
  }
  return missing ?? sum;
}
