import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { checkSteps, checkStructure } from './checkSteps.ts';
import { committedInFile, findSequencePage, type SequencePage } from './committedInFile.ts';
import { JournalDamage, sqliteCode } from '../rows/journalFailure.ts';
import { applicationId } from './migrationSteps.ts';
import { migrate, refuseNewer, schemaOf, versionOf } from './migrations.ts';

/**
 * A file up to this size, in bytes, is read as a whole before it is used: 0.1 s from memory, 0.7 s from the disk. Beyond
 * (some 15,000 orders), only the ends are looked at, and the history worker reads the rest afterwards, so that the start
 * stays within a second: with 1,000,000 orders it takes 0.05 s, and the rest some 5 s in the background.
 */
const smallFile = 32 * 1024 * 1024;

/** One page of the smallest size, in bytes. */
const smallestDatabase = 512;

/**
 * Checks a journal before it is used. It changes nothing in the folder, so that a damaged journal is set aside as it was found:
 * closing a writable connection would merge the WAL into the file and delete it.
 * @returns 'part' when {@link checkSteps} has yet to read the rest
 * @throws JournalDamage, JournalFailure `journal_newer`, or SQLite's own error
 */
export function inspect(path: string): 'all' | 'part' {
  const size = sizeOf(path);
  if (size === 0) {
    // SQLite would delete a WAL without its database as a leftover.
    if (sizeOf(`${path}-wal`) > 0) throw new JournalDamage('The journal is gone and only its WAL is left.');
    return 'all';
  }
  const { checked, last, sequencePage } = readThrough(path, size);
  // The file alone is behind its WAL, or level with it, unless the WAL lost frames that a checkpoint had copied already,
  // or is an older one that came with a copy. SQLite would mix its old pages with the file's new ones.
  if (sequencePage !== null && committedInFile(path, sequencePage) > last) {
    throw new JournalDamage('The WAL is older than the journal it belongs to.');
  }
  return checked;
}

interface Findings {
  checked: 'all' | 'part';
  /** The last sequence number. */
  last: number;
  sequencePage: SequencePage | null;
}

function readThrough(path: string, size: number): Findings {
  // A rollback journal is left when the very first start was cut off; only a connection that may write undoes that.
  const readonly = !existsSync(`${path}-journal`);
  const db = new Database(path, { readonly, fileMustExist: true, timeout: 2_000 });
  try {
    // SQLite would take it for an empty one.
    if (readonly && size < smallestDatabase) throw new JournalDamage('The file is too short for a journal.');
    refuseNewer(db);
    if (isBlank(db)) return { checked: 'all', last: 0, sequencePage: null };
    if (db.pragma('application_id', { simple: true }) !== applicationId || versionOf(db) < 1) {
      throw new JournalDamage('The file is no journal of BITTEN Desk.');
    }
    checkSchema(db);
    const found = { last: checkEnds(db), sequencePage: findSequencePage(db) };
    if (size > smallFile) return { ...found, checked: 'part' };
    checkStructure(db);
    const steps = checkSteps(db);
    while (steps.next().done !== true);
    return { ...found, checked: 'all' };
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

/**
 * Compares the schema with the expected one. The schema is data too: a changed byte may still be valid SQL, such as another name
 * of a column or a trigger without effect.
 */
function checkSchema(db: Database.Database): void {
  const made = new Database(':memory:');
  try {
    migrate(made, versionOf(db));
    if (schemaOf(made) !== schemaOf(db)) throw new JournalDamage('The tables are not those of a journal.');
  } finally {
    made.close();
  }
}

/** Checks that the newest rows of each table are readable and consistent. @returns the last sequence number */
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
