import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Under which a copy remembers that it is one, until it is opened. */
export const backupKey = 'backup';

export interface BackupAsk {
  /** The journal to copy; others may write to it meanwhile. */
  source: string;
  /** A new file. */
  target: string;
  /** Epoch ms. */
  at: number;
}

/** In one step: a copy in several begins anew with each commit of another connection, and telemetry commits all the time. */
const allPages = 0x7fffffff;

/** A copy as of one moment, by SQLite's online backup, durable when it resolves. Who writes to the journal isn't kept waiting. */
export async function backupJournal({ source, target, at }: BackupAsk): Promise<void> {
  const db = new Database(source, { readonly: true, fileMustExist: true });
  try {
    await db.backup(target, { progress: () => allPages });
  } finally {
    db.close();
  }
  const copy = new Database(target, { fileMustExist: true });
  try {
    // One file, without a log beside it.
    copy.pragma('journal_mode = DELETE');
    copy
      .prepare(
        'INSERT INTO remembered (key, at, value) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at, value = excluded.value',
      )
      .run(backupKey, at, JSON.stringify({ at }));
  } finally {
    copy.close();
  }
  const file = openSync(target, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
