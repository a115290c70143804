import type { Database, Statement } from 'better-sqlite3';
import type { DealGroup, DealsPage, DealSums } from '../../api/queries/deals.ts';
import type { DealGroupsQuery, DealsQuery } from '../../controller/ports/journalHistory.ts';
import { closedTrades } from '../../domain/positions/deals.ts';
import { dealOf, selectDeals } from '../rows/dealRows.ts';

const groupNames = { symbol: 'symbol', opener: 'opener', month: "strftime('%Y-%m', at / 1000, 'unixepoch')" } as const;

const sumColumns = `count(*) FILTER (WHERE entry <> 'in') AS closed, count(*) FILTER (WHERE entry <> 'in' AND profit > 0) AS won,
       total(profit) AS profit, total(swap) AS swap, total(costs) AS costs`;
const within = `FROM deals INDEXED BY deals_by_time WHERE account IN (SELECT value FROM json_each(?)) AND at >= ? AND at < ?`;

/** Sums of deals by symbol, by who opened the position, or by month. */
export function prepareDealGroups(db: Database): (query: DealGroupsQuery) => DealGroup[] {
  const statementOf = (name: string): Statement<[string, number, number], DealGroup> =>
    db.prepare(`SELECT ${name} AS name, ${sumColumns} ${within} GROUP BY 1 ORDER BY 1`);
  const groups = {
    symbol: statementOf(groupNames.symbol),
    opener: statementOf(groupNames.opener),
    month: statementOf(groupNames.month),
  };
  return ({ accounts, from, to, by }) => groups[by].all(JSON.stringify(accounts), from, to);
}

/** Closed trades by the deals that closed them, the newest first, with the sums of all that were asked for. */
export function prepareDeals(db: Database): (query: DealsQuery) => DealsPage {
  const closing = selectDeals<[string, number, number, number, number, bigint, number]>(
    db,
    `INDEXED BY deals_closed WHERE account IN (SELECT value FROM json_each(?)) AND entry <> 'in' AND at >= ? AND at < ?
       AND (at < ? OR (at = ? AND deal < ?)) ORDER BY at DESC, deals.deal DESC LIMIT ?`,
  );
  const ofPosition = selectDeals<[string, bigint]>(db, 'WHERE account = ? AND position = ? ORDER BY at, deals.deal');
  const sums = db.prepare<[string, number, number], DealSums>(`SELECT ${sumColumns} ${within}`);
  return ({ accounts, from, to, before, limit }) => {
    const names = JSON.stringify(accounts);
    const at = before?.at ?? Number.MAX_SAFE_INTEGER;
    const rows = closing.all(names, from, to, at, at, BigInt(before?.deal ?? 0), limit);
    const known = new Map<string, ReturnType<typeof closedTrades>>();
    const trades = rows.flatMap(({ account, position, deal }) => {
      const key = `${account} ${position}`;
      const all = known.get(key) ?? closedTrades(ofPosition.all(account, BigInt(position)).map(dealOf));
      known.set(key, all);
      return all.filter((trade) => trade.deal === deal);
    });
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      trades,
      next: last === undefined ? null : { at: last.at, deal: last.deal },
      sums: sums.get(names, from, to) ?? { closed: 0, won: 0, profit: 0, swap: 0, costs: 0 },
    };
  };
}
