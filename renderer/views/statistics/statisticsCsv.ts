import { csvLine } from '../../../src/base/csv.ts';
import type { OrderFigures, StatisticsFilter } from '../../../src/api/queries/statistics.ts';
import type { StatisticsAnswer } from '../../store/statisticsAnswers.ts';
import { awardSubject, awardWords, drawnAccount, equityChange, xpDaysOf } from './statisticsWords.ts';

const headers = ['from', 'to', 'account', 'source', 'symbol', 'table', 'row', 'figure', 'value', 'unit'];

type Value = number | string | null;

/** Cells of a line behind those of the filter. */
type Row = [table: string, row: string, figure: string, value: Value, unit: string];

/**
 * The figures of the Statistics tab as CSV, one a line, each with the span and the filter that it counts. An empty cell of the
 * filter: all. Values are not rounded.
 * @param today the current trading day, at which an open span ends
 * @param currency of the account; null: not known
 */
export function statisticsCsv(
  { statistics, xp }: StatisticsAnswer,
  filter: StatisticsFilter,
  today: string,
  currency: string | null,
): string {
  const { from, source, symbol } = filter;
  const to = filter.to ?? today;
  const account = drawnAccount(statistics.equity, filter);
  const equity = statistics.equity.filter((each) => each.account === account);
  const money = currency ?? '';
  const ofOrders = [
    ...totalRows(statistics.totals),
    ...statistics.rejects.map(({ reason, count }): Row => ['Rejects by reason', reason, 'rejected', count, '']),
    ...statistics.refusals.map(({ reason, count }): Row => ['Rejects by reason', reason, 'refused', count, '']),
  ];
  const ofEquity: Row[] = [
    ['Totals', '', 'Equity change', equityChange(equity), money],
    ...equity.map(({ day, last }): Row => ['Equity by day', day, 'equity', last, money]),
  ];
  const awards = xp.awards.filter(({ day }) => (from === null || day >= from) && day <= to);
  const ofXp: Row[] = [
    ['Totals', '', 'XP, total', xp.total, 'XP'],
    ...xpDaysOf(xp, filter).map(({ day, total }): Row => ['XP over time', day, 'total', total, 'XP']),
    ...awards.map((award): Row => {
      const words = `${awardWords[award.reason]}, ${awardSubject(award)}`;
      return ['Awards', new Date(award.at).toISOString(), words, award.points, 'XP'];
    }),
  ];
  // Equity and XP belong to an account, whatever the source and the symbol.
  return [
    csvLine(headers),
    ...ofOrders.map((row) => csvLine([from, to, filter.account, source, symbol, ...row])),
    ...ofEquity.map((row) => csvLine([from, to, account, null, null, ...row])),
    ...ofXp.map((row) => csvLine([from, to, filter.account, null, null, ...row])),
  ].join('');
}

/** Such as `statistics-main-2026-06-01-2026-06-30.csv`. */
export function statisticsName(bridge: string, { from, to }: StatisticsFilter, today: string): string {
  return `statistics-${bridge}-${from ?? 'all'}-${to ?? today}.csv`;
}

function totalRows(figures: OrderFigures): Row[] {
  const { fillRate, settledLate, settledByHand, roundTrip, slippagePoints, slippagePrice } = figures;
  const rows: [figure: string, value: Value, unit: string][] = [
    ['Orders', figures.orders, ''],
    ['Fill rate', fillRate === null ? null : fillRate * 100, '%'],
    ['Filled', figures.filled, ''],
    ['Rejected', figures.rejected, ''],
    ['Refused', figures.refused, ''],
    ['Dismissed', figures.dismissed, ''],
    ['Unknown', figures.unknown, ''],
    ['Unknown, settled late', settledLate.filled + settledLate.rejected, ''],
    ['Unknown, settled by hand', settledByHand.filled + settledByHand.rejected, ''],
    ['Round trip p50', roundTrip?.p50 ?? null, 'ms'],
    ['Round trip p95', roundTrip?.p95 ?? null, 'ms'],
    ['Slippage, mean', slippagePoints?.mean ?? null, 'points'],
    ['Slippage, mean', slippagePrice?.mean ?? null, 'in price'],
  ];
  return rows.map(([figure, value, unit]) => ['Totals', '', figure, value, unit]);
}
