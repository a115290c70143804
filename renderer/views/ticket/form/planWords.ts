import type { BridgeState } from '../../../../src/api/state/state.ts';
import { gaps, gapSentences, isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { formatLots, formatMoney, formatNumber, formatPrice } from '../../../format.ts';

/** One figure of a plan: its text, or a dash with the reason. */
export interface PlanFigure {
  text: string;
  /** "1.5 %", of equity; null: no figure of money, or the equity is not known. */
  share: string | null;
  /** So large a part of the equity that it is said in red. */
  isHeavy: boolean;
  why: string | null;
}

export interface PlanRow {
  name: string;
  /** Details for the dialog. */
  unit: string;
  /** A figure of money has its share of equity beside it; at risk, a large one is red. */
  money?: 'lost' | 'other';
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
    { name: 'At risk', unit: money, money: 'lost', of: ({ atRisk }) => atRisk, format: formatMoney },
    { name: 'Reward', unit: money, money: 'other', of: ({ reward }) => reward, format: formatMoney },
    { name: 'Margin', unit: money, money: 'other', of: ({ marginNeeded }) => marginNeeded, format: formatMoney },
    { name: 'Level after', unit: '%', of: ({ marginLevel }) => marginLevel, format: (value) => formatNumber(value, 2) },
  ];
}

/** What a figure of money is compared with. */
type Weighed = Pick<BridgeState, 'heavyRiskPercent'> & { account: Pick<BridgeState['account'], 'equity'> };

/**
 * @param plan null: the typed fields have an error
 */
export function planFigure(
  row: PlanRow,
  plan: TradePlan | null,
  { account: { equity }, heavyRiskPercent }: Weighed,
): PlanFigure {
  const none = { share: null, isHeavy: false };
  if (plan === null) return { text: '–', why: null, ...none };
  const value = row.of(plan);
  if (isUnavailable(value)) return { text: '–', why: gapSentences(value), ...none };
  const text = row.format(value);
  if (row.money === undefined || equity === null || equity <= 0) return { text, why: null, ...none };
  const share = (100 * value) / equity;
  return { text, why: null, share: shareWords(share), isHeavy: row.money === 'lost' && share >= heavyRiskPercent };
}

/** "0.25 %", "12 %", or "over 999 %". */
function shareWords(share: number): string {
  if (share > 999) return 'over 999 %';
  return `${formatNumber(share, share < 1 ? 2 : share < 10 ? 1 : 0)} %`;
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
