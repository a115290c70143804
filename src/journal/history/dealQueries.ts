import type { Database, Statement } from 'better-sqlite3';
import type { DealGroup, DealsPage, DealSums } from '../../api/queries/deals.ts';
import type { DealGroupsQuery, DealsQuery } from '../../controller/ports/journalHistory.ts';
import { closedTrades } from '../../domain/positions/deals.ts';
import { dealOf, selectDeals } from '../rows/dealRows.ts';

const dayMs = 86_400_000;

type Span = Pick<DealsQuery, 'accounts' | 'from' | 'to'>;

interface SpanParameters {
  /** JSON. */
  accounts: string;
  from: number;
  to: number;
  /** Whole days within the span, UTC, as days since 1970: from the first to before the last one. */
  firstDay: number;
  lastDay: number;
  /** The same as times: what is before and after them is added up deal by deal. */
  daysFrom: number;
  daysTo: number;
}

function parametersOf({ accounts, from, to }: Span): SpanParameters {
  const [firstDay, lastDay] = [Math.ceil(from / dayMs), Math.floor(to / dayMs)];
  const [daysFrom, daysTo] = firstDay < lastDay ? [firstDay * dayMs, lastDay * dayMs] : [to, to];
  return { accounts: JSON.stringify(accounts), from, to, firstDay, lastDay, daysFrom, daysTo };
}

const single = (from: string, to: string): string =>
  `SELECT symbol, opener, at, 1, entry <> 'in', entry <> 'in' AND coalesce(profit, 0) > 0, coalesce(profit, 0), coalesce(swap, 0), coalesce(costs, 0)
   FROM deals INDEXED BY deals_by_time
   WHERE account IN (SELECT value FROM json_each(@accounts)) AND at >= ${from} AND at < ${to}`;

/** Sums of a span: of its whole days, and of the deals before and after them. */
const parts = `WITH parts (symbol, opener, at, deals, closed, won, profit, swap, costs) AS (
  SELECT symbol, opener, day * ${String(dayMs)}, deals, closed, won, profit, swap, costs FROM deal_days
  WHERE account IN (SELECT value FROM json_each(@accounts)) AND day >= @firstDay AND day < @lastDay
  UNION ALL ${single('@from', '@daysFrom')}
  UNION ALL ${single('@daysTo', '@to')}
)`;

const sums =
  'total(closed) AS closed, total(won) AS won, total(profit) AS profit, total(swap) AS swap, total(costs) AS costs FROM parts';

const groupNames = { symbol: 'symbol', opener: 'opener', month: "strftime('%Y-%m', at / 1000, 'unixepoch')" } as const;

/** Sums of deals by symbol, by who opened the position, or by month. */
export function prepareDealGroups(db: Database): (query: DealGroupsQuery) => DealGroup[] {
  const statementOf = (name: string): Statement<[SpanParameters], DealGroup> =>
    db.prepare(`${parts} SELECT ${name} AS name, ${sums} GROUP BY 1 HAVING sum(deals) > 0 ORDER BY 1`);
  const groups = {
    symbol: statementOf(groupNames.symbol),
    opener: statementOf(groupNames.opener),
    month: statementOf(groupNames.month),
  };
  return ({ by, ...span }) => groups[by].all(parametersOf(span));
}

/** Closed trades by the deals that closed them, the newest first, with the sums of all that were asked for. */
export function prepareDeals(db: Database): (query: DealsQuery) => DealsPage {
  const closing = selectDeals<[string, number, number, number, number, bigint, string | null, string | null, number]>(
    db,
    `INDEXED BY deals_closed WHERE account IN (SELECT value FROM json_each(?)) AND entry <> 'in' AND at >= ? AND at < ?
       AND (at < ? OR (at = ? AND deal < ?)) AND (? IS NULL OR opener = ?) ORDER BY at DESC, deals.deal DESC LIMIT ?`,
  );
  const ofPosition = selectDeals<[string, bigint]>(db, 'WHERE account = ? AND position = ? ORDER BY at, deals.deal');
  const all = db.prepare<[SpanParameters], DealSums>(`${parts} SELECT ${sums}`);
  return ({ accounts, from, to, before, limit, opener = null }) => {
    const names = JSON.stringify(accounts);
    const at = before?.at ?? Number.MAX_SAFE_INTEGER;
    const rows = closing.all(names, from, to, at, at, BigInt(before?.deal ?? 0), opener, opener, limit);
    const known = new Map<string, ReturnType<typeof closedTrades>>();
    const trades = rows.flatMap(({ account, position, deal }) => {
      const key = `${account} ${position}`;
      const made = known.get(key) ?? closedTrades(ofPosition.all(account, BigInt(position)).map(dealOf));
      known.set(key, made);
      return made.filter((trade) => trade.deal === deal);
    });
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      trades,
      next: last === undefined ? null : { at: last.at, deal: last.deal },
      sums: all.get(parametersOf({ accounts, from, to })) ?? { closed: 0, won: 0, profit: 0, swap: 0, costs: 0 },
    };
  };
}
