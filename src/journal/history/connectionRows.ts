import type { Database } from 'better-sqlite3';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import type { ConnectionQuery, ConnectionRow } from '../../controller/ports/journalHistory.ts';

/** Entries read in one step, so that a day of a long journal needs no index. */
const chunk = 5_000;

interface Row {
  seq: number;
  at: number;
  body: string | null;
}

/**
 * Reads back from the newest entry until every entry of a step is too old: the time depends on the span, not on the journal's
 * length. Times don't always rise with the numbers, as a clock can be set.
 */
export function prepareConnections(db: Database): (query: ConnectionQuery) => ConnectionRow[] {
  const before = db.prepare<[string, number], Row>(
    `SELECT seq, at, iif(type = 'connection' AND bridge = ?, body, NULL) AS body FROM entries WHERE seq < ?
     ORDER BY seq DESC LIMIT ${String(chunk)}`,
  );
  return ({ bridge, from }) => {
    const found: ConnectionRow[] = [];
    let last = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const rows = before.all(bridge, last);
      let recent = false;
      for (const { seq, at, body } of rows) {
        last = seq;
        if (at >= from) recent = true;
        if (at < from || body === null) continue;
        const { event } = JSON.parse(body) as Extract<JournalEntry, { type: 'connection' }>;
        found.push({ at, event });
      }
      if (!recent || rows.length < chunk) return found.reverse();
    }
  };
}
