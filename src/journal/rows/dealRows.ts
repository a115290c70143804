import type { Database, Statement } from 'better-sqlite3';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import type { Deal } from '../../domain/positions/deals.ts';

const columns =
  'account, deal, at, bridge, position, symbol, side, entry, lots, price, profit, swap, costs, reason, magic, comment, signal_id, source, opener';

/** A deal as a row; its numbers are text, as they have 64 bits. */
export interface DealRow extends Omit<Deal, 'signalId'> {
  account: string;
  signal_id: string | null;
}

/** Reads whole deals. @param where the rest of the statement */
export function selectDeals<Parameters extends unknown[]>(db: Database, where: string): Statement<Parameters, DealRow> {
  return db.prepare<Parameters, DealRow>(
    `SELECT account, CAST(deal AS TEXT) AS deal, at, CAST(position AS TEXT) AS position, symbol, side, entry, lots, price, profit,
       swap, costs, reason, magic, comment, signal_id, source FROM deals ${where}`,
  );
}

export function dealOf(row: DealRow): Deal {
  const { deal, at, position, symbol, side, entry, lots, price, profit, swap, costs } = row;
  const { reason, magic, comment, signal_id: signalId, source } = row;
  return {
    ...{ deal, at, position, symbol, side, entry, lots, price, profit, swap, costs },
    ...{ reason, magic, comment, signalId, source },
  };
}

/** Who made a deal: the source of its order, else how, by MT5's names. */
export function madeBy({ source, signalId, reason }: Pick<Deal, 'source' | 'signalId' | 'reason'>): string {
  return source ?? (signalId === null ? (reason ?? '') : 'another desk');
}

/** Writes a deal; one that is told again replaces what was told before. */
export function preparePutDeal(db: Database): (entry: Extract<JournalEntry, { type: 'deal' }>) => void {
  // REPLACE would run no trigger for the deal that goes.
  const remove = db.prepare('DELETE FROM deals WHERE account = ? AND deal = ?');
  const put = db.prepare(`INSERT INTO deals (${columns}) VALUES (${'?, '.repeat(18)}?)`);
  const opener = db
    .prepare<[string, bigint], string>(
      "SELECT opener FROM deals WHERE account = ? AND position = ? AND entry = 'in' ORDER BY at, deals.deal LIMIT 1",
    )
    .pluck();
  // Deals can be told in any order.
  const openedBy = db.prepare("UPDATE deals SET opener = ? WHERE account = ? AND position = ? AND entry <> 'in'");
  return ({ bridge, account, deal: told }) => {
    const { deal, at, position, symbol, side, entry, lots, price, profit, swap, costs } = told;
    const numbers = [account, BigInt(deal), at, bridge, BigInt(position)];
    const first = opener.get(account, BigInt(position));
    const by = entry === 'in' ? madeBy(told) : (first ?? '');
    const origin = [told.reason, told.magic, told.comment, told.signalId, told.source];
    remove.run(account, BigInt(deal));
    put.run(...numbers, symbol, side, entry, lots, price, profit, swap, costs, ...origin, by);
    if (entry === 'in' && first === undefined) openedBy.run(by, account, BigInt(position));
  };
}
