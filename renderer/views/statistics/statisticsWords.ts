import type {
  EquityDay,
  OrderFigures,
  StatisticsFilter,
  XpAward,
  XpReport,
} from '../../../src/api/queries/statistics.ts';
import { daysBefore, namedDays } from '../../../src/domain/namedDays.ts';
import type { XpReason } from '../../../src/domain/xp.ts';
import { formatNumber } from '../../format.ts';

export const statisticsRanges = ['today', 'yesterday', 'week', 'days7', 'days30', 'year', 'all'] as const;
export type StatisticsRange = (typeof statisticsRanges)[number];

export const rangeNames: Record<StatisticsRange, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'This week',
  days7: '7 days',
  days30: '30 days',
  year: 'This year',
  all: 'All',
};

/** Trading days of a range, both included; null: open. @param today the current trading day */
export function rangeSpan(range: StatisticsRange, today: string): { from: string | null; to: string | null } {
  switch (range) {
    case 'days7':
      return { from: daysBefore(today, 6), to: null };
    case 'days30':
      return { from: daysBefore(today, 29), to: null };
    case 'all':
      return { from: null, to: null };
    case 'today':
    case 'yesterday':
    case 'week':
    case 'year':
      return namedDays(range, today);
  }
}

export const awardWords: Record<XpReason, string> = {
  execution: 'Execution',
  first_execution: 'First execution ever',
  first_of_day: 'First of the day',
  three_in_a_row: 'Three in a row',
  five_in_a_row: 'Five in a row',
  profit_5: 'Balance 5 % over the start',
  profit_10: 'Balance 10 % over the start',
  profit_25: 'Balance 25 % over the start',
  margin_recovered: 'Margin level back over 200 %',
};

export function awardSubject({ order, signalId }: Pick<XpAward, 'order' | 'signalId'>): string {
  return order === null ? 'account' : `#${String(order)} ${signalId ?? ''}`.trim();
}

/** Unknown orders by their settlement, and the number still open. */
export function unknownWords({ settledLate, settledByHand }: OrderFigures): string {
  const late = settledLate.filled + settledLate.rejected;
  const hand = settledByHand.filled + settledByHand.rejected;
  const parts = [
    ...(late === 0 ? [] : [`${formatNumber(late, 0)} late`]),
    ...(hand === 0 ? [] : [`${formatNumber(hand, 0)} by hand`]),
  ];
  return parts.length === 0 ? '' : `settled: ${parts.join(', ')}`;
}

/** Average slippage in points; above 0 is worse for the trader. */
export function slippageWords({ slippagePoints, slippagePrice }: OrderFigures): { value: string; unit: string } | null {
  const signed = (value: number, decimals: number): string =>
    `${value > 0 && value.toFixed(decimals) !== (0).toFixed(decimals) ? '+' : ''}${formatNumber(value, decimals)}`;
  if (slippagePoints !== null) return { value: signed(slippagePoints.mean, 1), unit: 'pts' };
  if (slippagePrice !== null) return { value: signed(slippagePrice.mean, 5), unit: 'in price' };
  return null;
}

/** The account whose equity is drawn: the chosen one, else the latest; accounts have no common line. Null: none. */
export function drawnAccount(equity: readonly EquityDay[], { account }: StatisticsFilter): string | null {
  return account ?? equity.at(-1)?.account ?? null;
}

/** Last equity minus the first; null: no day. */
export function equityChange(days: readonly EquityDay[]): number | null {
  const first = days[0];
  const last = days.at(-1);
  return first === undefined || last === undefined ? null : last.last - first.first;
}

/** XP of the filter's days. */
export function xpDaysOf({ byDay }: XpReport, { from, to }: StatisticsFilter): XpReport['byDay'] {
  return byDay.filter(({ day }) => (from === null || day >= from) && (to === null || day <= to));
}
