import { gaps, gapSentences, isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { formatLots, formatMoney, formatNumber, formatPrice } from '../../../format.ts';

/** One figure of a plan: its text, or a dash with the reason. */
export interface PlanFigure {
  text: string;
  why: string | null;
}

export interface PlanRow {
  name: string;
  /** Details for the dialog. */
  unit: string;
  of: (plan: TradePlan) => number | Unavailable;
  format: (value: number) => string;
}

/** Figures of a trade in reading order. */
export function planRows(digits: number, currency: string | null): PlanRow[] {
  const money = currency ?? '';
  const price = (value: number): string => formatPrice(value, digits);
  return [
    { name: 'Lots', unit: '', of: ({ lots }) => lots, format: formatLots },
    { name: 'Stop at', unit: '', of: ({ stopPrice }) => stopPrice, format: price },
    { name: 'Distance', unit: 'in price', of: ({ distance }) => distance, format: price },
    { name: 'At risk', unit: money, of: ({ atRisk }) => atRisk, format: formatMoney },
    { name: 'Reward', unit: money, of: ({ reward }) => reward, format: formatMoney },
    { name: 'Margin', unit: money, of: ({ marginNeeded }) => marginNeeded, format: formatMoney },
    { name: 'Level after', unit: '%', of: ({ marginLevel }) => marginLevel, format: (value) => formatNumber(value, 2) },
  ];
}

/** @param plan null: the typed fields have an error */
export function planFigure(row: PlanRow, plan: TradePlan | null): PlanFigure {
  if (plan === null) return { text: '–', why: null };
  const value = row.of(plan);
  return isUnavailable(value) ? { text: '–', why: gapSentences(value) } : { text: row.format(value), why: null };
}

/** The missing input that a person can mend first. A stop may be left out on purpose, unless the lots depend on it. */
export function firstGap(plans: readonly (TradePlan | null)[]): Unavailable | null {
  const found = plans.flatMap((plan) =>
    plan === null
      ? []
      : [
          plan.sl,
          plan.tp,
          plan.lots,
          plan.distance,
          plan.stopPrice,
          plan.atRisk,
          plan.reward,
          plan.marginNeeded,
          plan.marginLevel,
        ],
  );
  const leftOut: readonly Unavailable[] = [
    gaps.noTarget,
    ...(plans.some((plan) => plan !== null && isUnavailable(plan.lots)) ? [] : [gaps.noStop]),
  ];
  // A stop price is always on the wrong side for one of buy and sell: gaps of both sides come first.
  const open = found.filter(
    (figure): figure is Unavailable => typeof figure === 'object' && isUnavailable(figure) && !leftOut.includes(figure),
  );
  const shared = open.find(({ missing }) => plans.every((plan) => plan === null || hasGap(plan, missing)));
  return shared ?? open[0] ?? null;
}

function hasGap(plan: TradePlan, missing: string): boolean {
  return Object.values(plan).some(
    (figure: number | Unavailable) => isUnavailable(figure) && figure.missing === missing,
  );
}
