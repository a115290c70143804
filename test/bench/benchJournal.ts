import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteJournal, type OpenedJournal } from '../../src/journal/sqliteJournal.ts';

/** The journal of a bench. An error ends the bench. */
export function openBenchJournal(dataDir: string): OpenedJournal {
  const logError = (sentence: string): never => {
    throw new Error(sentence);
  };
  return openSqliteJournal({ dataDir, now: () => Date.now(), logError });
}

/**
 * Makes the journal of a folder and lets its tables be filled as no app would: at once. The disk has all of it before this
 * returns, so that nothing measured afterwards waits for gigabytes of it.
 */
export async function fillBenchJournal(dataDir: string, fill: (db: Database.Database) => void): Promise<void> {
  await openBenchJournal(dataDir).journal.close();
  const db = new Database(join(dataDir, 'journal.db'));
  db.pragma('synchronous = OFF');
  fill(db);
  db.close();
  const file = openSync(db.name, 'r+');
  fsyncSync(file);
  closeSync(file);
}
