import type { Database, Statement } from 'better-sqlite3';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import type { Deal } from '../../domain/positions/deals.ts';

const columns =
  'account, deal, at, bridge, position, symbol, side, entry, lots, price, profit, swap, costs, reason, magic, comment, signal_id, source';

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

/** Writes a deal; one that is told again replaces what was told before. */
export function preparePutDeal(db: Database): (entry: Extract<JournalEntry, { type: 'deal' }>) => void {
  const put = db.prepare(`INSERT OR REPLACE INTO deals (${columns}) VALUES (${'?, '.repeat(17)}?)`);
  return ({ bridge, account, deal: told }) => {
    const { deal, at, position, symbol, side, entry, lots, price, profit, swap, costs } = told;
    const numbers = [account, BigInt(deal), at, bridge, BigInt(position)];
    const origin = [told.reason, told.magic, told.comment, told.signalId, told.source];
    put.run(...numbers, symbol, side, entry, lots, price, profit, swap, costs, ...origin);
  };
}
