import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { checkSteps, quickCheck } from './checkSteps.ts';
import { isDamage, JournalDamage, sqliteCode } from './journalFailure.ts';
import { applicationId, refuseNewer, versionOf } from './migrations.ts';

/**
 * A file up to this size, in bytes, is read as a whole before it is used: at most about half a second. Beyond, only
 * the ends are looked at, and the history worker reads the rest afterwards, so that the start doesn't wait for it.
 */
const smallFile = 64 * 1024 * 1024;

/**
 * Looks through a journal before it is used. Nothing in the folder changes by it, so that a damaged one is set aside as
 * it was found: closing a connection that may write would merge the WAL into the file and delete it.
 * @returns 'part' when {@link checkSteps} has yet to read the rest
 * @throws JournalDamage, JournalFailure `journal_newer`, or SQLite's own error
 */
export function inspect(path: string): 'all' | 'part' {
  const size = sizeOf(path);
  if (size === 0) {
    // SQLite would take a WAL without its database for a leftover, and delete it.
    if (sizeOf(`${path}-wal`) > 0) throw new JournalDamage('The journal is gone and only its WAL is left.');
    return 'all';
  }
  // A rollback journal is left when the very first start was cut off; only a connection that may write undoes that.
  const readonly = !existsSync(`${path}-journal`);
  const db = new Database(path, { readonly, fileMustExist: true, timeout: 2_000 });
  try {
    refuseNewer(db);
    if (isBlank(db)) return 'all';
    if (db.pragma('application_id', { simple: true }) !== applicationId || versionOf(db) < 1) {
      throw new JournalDamage('The file is no journal of BITTEN Desk.');
    }
    const last = checkEnds(db);
    if (committedInFile(path) > last) throw new JournalDamage('The WAL lost entries that were in the journal before.');
    if (size > smallFile) return 'part';
    quickCheck(db);
    const steps = checkSteps(db);
    while (steps.next().done !== true);
    return 'all';
  } catch (error) {
    // A table or column is missing that the file's own version number promises.
    if (sqliteCode(error) === 'SQLITE_ERROR') throw new JournalDamage('The journal is incomplete.', error);
    throw error;
  } finally {
    db.close();
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** SQLite made the file, and was cut off before the first migration. */
function isBlank(db: Database.Database): boolean {
  return versionOf(db) === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

/** The newest rows of each table can be read and fit together. @returns the last sequence number */
function checkEnds(db: Database.Database): number {
  const seq = lastCommitted(db);
  const last = db.prepare<[], { seq: number; body: string }>('SELECT seq, body FROM entries ORDER BY seq DESC').get();
  if ((last?.seq ?? 0) !== seq) throw new JournalDamage('The last entries of the journal are missing.');
  const order = db
    .prepare<[], { body: string; entry: string | null }>(
      `SELECT o.body, e.body AS entry FROM orders AS o LEFT JOIN entries AS e ON e.seq = o.seq
       ORDER BY number DESC LIMIT 500`,
    )
    .all()
    .find(({ body, entry }) => body !== entry);
  if (order !== undefined) throw new JournalDamage('The last orders contradict the journal.');
  if (db.prepare('SELECT 1 FROM remembered WHERE NOT json_valid(value)').get() !== undefined) {
    throw new JournalDamage('A remembered value is no JSON.');
  }
  if (db.prepare('SELECT 1 FROM identity').get() === undefined) throw new JournalDamage('The journal has no identity.');
  return seq;
}

/** AUTOINCREMENT's own counter: each transaction that appends an entry writes it. */
function lastCommitted(db: Database.Database): number {
  return db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").pluck().get() ?? 0;
}

/**
 * The last sequence number in the file itself, the WAL left out. It is behind the WAL or equal to it, unless the WAL
 * lost frames that a checkpoint had copied already: then SQLite would mix old pages of the WAL with new ones of the
 * file, and nothing else might show it.
 */
function committedInFile(path: string): number {
  if (sizeOf(`${path}-wal`) === 0) return 0;
  const db = new Database(`${pathToFileURL(path).href}?immutable=1`, { readonly: true, fileMustExist: true });
  try {
    return lastCommitted(db);
  } catch (error) {
    // A checkpoint that was cut off leaves the file half-written; the WAL makes it whole.
    if (isDamage(error)) return 0;
    throw error;
  } finally {
    db.close();
  }
}
