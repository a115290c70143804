import type { Database } from 'better-sqlite3';
import { JournalDamage } from '../rows/journalFailure.ts';

/** Rows read at a time: some ten milliseconds. */
const chunk = 4_000;

/** Tables whose pages alone are checked, not their content. */
const plainTables = [
  'remembered',
  'identity',
  'samples',
  'minutes',
  'hours',
  'followed',
  'order_groups',
  'order_reasons',
  'xp_states',
  'xp_days',
  'xp_awards',
  'order_index_read',
  'order_index',
];

/**
 * Reads every row and compares what the tables say about each other, in steps short enough to answer something else in
 * between. SQLite's own `integrity_check` is one call that can't be stopped, which takes seconds for a large file.
 * @throws JournalDamage, or SQLite's own error
 */
export function* checkSteps(db: Database): Generator<void, void> {
  // Sequence numbers have no gaps: nothing is deleted, and a transaction that fails gives its numbers back.
  const entries = db.prepare<[number], { rows: number; last: number | null; sound: number | null }>(
    `SELECT count(*) AS rows, max(seq) AS last, min(json_valid(body) AND (frame IS NULL OR frame >= x'')) AS sound
     FROM (SELECT seq, body, frame FROM entries WHERE seq > ? ORDER BY seq LIMIT ${String(chunk)})`,
  );
  for (let after = 0; ;) {
    const step = entries.get(after);
    const last = step?.last ?? null;
    if (step === undefined || last === null) break;
    if (step.sound !== 1) throw new JournalDamage('An entry of the journal is no JSON.');
    if (last - after !== step.rows) throw new JournalDamage('Entries of the journal are missing.');
    after = last;
    yield;
  }
  const orders = db.prepare<[number], { last: number | null; odd: number | null }>(
    `SELECT max(number) AS last,
       sum(o.body IS NOT e.body OR e.order_number IS NOT number
         OR json_array(o.bridge, o.signal_id, o.action, o.state, o.at)
           IS NOT json_extract(o.body, '$.bridge', '$.signalId', '$.action', '$.state', '$.at')) AS odd
     FROM (SELECT * FROM orders WHERE number > ? ORDER BY number LIMIT ${String(chunk)}) AS o
     LEFT JOIN entries AS e ON e.seq = o.seq`,
  );
  for (let after = 0; ;) {
    const step = orders.get(after);
    const last = step?.last ?? null;
    if (step === undefined || last === null) break;
    if (step.odd !== 0) throw new JournalDamage('The list of orders contradicts the journal.');
    after = last;
    yield;
  }
  for (const table of plainTables) {
    if (!hasTable(db, table)) continue;
    checkStructure(db, table);
    yield;
  }
}

/**
 * The structure of the whole file, or of one table and its indexes.
 * @throws JournalDamage, or SQLite's own error
 */
export function checkStructure(db: Database, table?: string): void {
  const found = db.pragma(`integrity_check(${table ?? '1'})`, { simple: true });
  if (found !== 'ok') throw new JournalDamage(`SQLite finds it damaged: ${String(found)}`);
}

function hasTable(db: Database, name: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE type = ? AND name = ?').get('table', name) !== undefined;
}
