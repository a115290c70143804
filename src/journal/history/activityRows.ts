import type { Database } from 'better-sqlite3';
import type { ActivityEntry, ActivityQuery, ActivityRow } from '../../controller/ports/journalHistory.ts';
import { parseOrder } from '../rows/parseOrder.ts';
import { activityCondition } from '../rows/activityEntries.ts';

interface Row {
  seq: number;
  at: number;
  type: ActivityEntry['type'];
  body: string;
}

/** What persons did, newest first, from an index of its own. */
export function prepareActivity(db: Database): (query: ActivityQuery) => ActivityRow[] {
  const find = db.prepare<[number, number, number, string, number], Row>(
    `SELECT seq, at, type, body FROM entries INDEXED BY entries_of_persons
     WHERE ${activityCondition} AND at >= ? AND at < ? AND seq < ? AND (bridge IS NULL OR bridge = ?)
     ORDER BY seq DESC LIMIT ?`,
  );
  return ({ bridge, from, to, before, limit }) =>
    find
      .all(from, to, before ?? Number.MAX_SAFE_INTEGER, bridge, limit)
      .map(({ seq, at, type, body }) => ({ seq, at, entry: entryOf(type, body) }));
}

function entryOf(type: ActivityEntry['type'], body: string): ActivityEntry {
  if (type === 'order') return { type, order: parseOrder(body) };
  // Written by entryColumns(), so the body is of its type.
  return JSON.parse(body) as ActivityEntry;
}
