import Database from 'better-sqlite3';
import { JournalFailure } from '../rows/journalFailure.ts';

export interface ConnectOptions {
  /** Most pages of 4096 bytes; unlimited when left out. */
  maxPages?: number | undefined;
  /** Never makes a new file. */
  mustExist?: boolean | undefined;
}

/** How long a write waits for the other connection's (the history worker's, some hundred rows each), in ms. */
const busyTimeoutMs = 2_000;

/** The connection that the journal is written through: what it commits is on the disk (ARCHITECTURE rule 1). */
export function connectWriter(path: string, { maxPages, mustExist = false }: ConnectOptions): Database.Database {
  const db = new Database(path, { timeout: busyTimeoutMs, fileMustExist: mustExist });
  try {
    db.pragma('journal_mode = WAL');
    // Said aloud: this build of SQLite falls back to NORMAL in WAL mode, which loses the last commits with the power.
    db.pragma('synchronous = FULL');
    // macOS: a plain fsync stops at the drive's own cache. Without effect elsewhere.
    db.pragma('fullfsync = ON');
    // Checkpoints are the history worker's task; this is for when there is none, or so much traffic that it never gets to
    // the end. What matters is that the WAL begins anew before long: a commit that makes its file longer also has to wait
    // for the file system's own books, and takes half as long again as one that writes over old frames.
    db.pragma('wal_autocheckpoint = 1000');
    if (maxPages !== undefined) db.pragma(`max_page_count = ${String(maxPages)}`);
    verify(db, 'journal_mode', 'wal');
    verify(db, 'synchronous', 2);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The history worker's connection. What it changes can be done again, so it need not wait for the disk. */
export function connectWorker(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true, timeout: 5_000 });
  db.pragma('synchronous = NORMAL');
  return db;
}

function verify(db: Database.Database, pragma: string, wanted: string | number): void {
  const actual = db.pragma(pragma, { simple: true });
  if (actual === wanted) return;
  throw new JournalFailure(
    'journal_unavailable',
    `The journal can't be made safe against a loss of power: SQLite keeps ${pragma} at ${String(actual)} instead of ${String(wanted)}. Choose a data folder on a local disk.`,
  );
}
