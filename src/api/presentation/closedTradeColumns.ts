import type { ClosedTrade } from '../../domain/positions/deals.ts';
import { csvLine } from '../../base/csv.ts';

type Value = string | number | null;

/** Columns of closed trades in a file: times in UTC, money in the account's currency. */
const columns: readonly [name: string, value: (trade: ClosedTrade) => Value][] = [
  ['deal', ({ deal }) => deal],
  ['closed_at', ({ closedAt }) => new Date(closedAt).toISOString()],
  ['opened_at', ({ openedAt }) => (openedAt === null ? null : new Date(openedAt).toISOString())],
  ['position', ({ position }) => position],
  ['symbol', ({ symbol }) => symbol],
  ['side', ({ side }) => side],
  ['lots', ({ lots }) => lots],
  ['open_price', ({ openPrice }) => openPrice],
  ['close_price', ({ closePrice }) => closePrice],
  ['profit', ({ profit }) => profit],
  ['swap', ({ swap }) => swap],
  ['commission_and_fee', ({ costs }) => costs],
  ['net', ({ net }) => net],
  ['closed_by', ({ closedBy, reason }) => closedBy ?? reason],
  ['opened_by', ({ source, openReason }) => source ?? openReason],
  ['signal_id', ({ signalId }) => signalId],
  ['magic', ({ magic }) => magic],
  ['comment', ({ comment }) => comment],
];

/** The head and a line for each trade. @param currency of the money; null: not known */
export function closedTradesCsv(trades: readonly ClosedTrade[], currency: string | null): string {
  const head = csvLine([...columns.map(([name]) => name), 'currency']);
  return head + trades.map((trade) => csvLine([...columns.map(([, value]) => value(trade)), currency])).join('');
}
