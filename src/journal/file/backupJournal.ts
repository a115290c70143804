import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { JournalDamage, sqliteCode } from '../rows/journalFailure.ts';

/** Key that marks a database as a copy, until it is opened. */
export const backupKey = 'backup';

export interface BackupAsk {
  /** Path of the journal to copy; it may be written meanwhile. */
  source: string;
  /** A new file. */
  target: string;
  /** Epoch ms. */
  at: number;
}

/** Copies in one step: one of several steps restarts at each commit of another connection, and telemetry commits all the time. */
const allPages = 0x7fffffff;

/** Copies a journal by SQLite's online backup: a snapshot of one moment, durable when it resolves. Writers are not blocked. */
export async function backupJournal({ source, target, at }: BackupAsk): Promise<void> {
  await copyOnline(source, target);
  finish(target, at);
}

/**
 * Copies a journal that no app has open. If a crash has left a WAL, SQLite writes to the folder before it reads; on a full or
 * write-protected disk the files are copied instead, and the WAL is merged in the copy.
 */
export async function backupIdleJournal({ source, target, at }: BackupAsk): Promise<void> {
  try {
    await copyOnline(source, target);
  } catch (error) {
    if (!/^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(sqliteCode(error))) throw error;
    for (const suffix of ['-journal', '-wal', '']) {
      rmSync(target + suffix, { force: true });
      if (existsSync(source + suffix)) copyFileSync(source + suffix, target + suffix);
    }
    verify(target);
  }
  finish(target, at);
}

async function copyOnline(source: string, target: string): Promise<void> {
  const db = new Database(source, { readonly: true, fileMustExist: true });
  try {
    await db.backup(target, { progress: () => allPages });
  } finally {
    db.close();
  }
}

/** @throws JournalDamage */
function verify(target: string): void {
  const copy = new Database(target, { fileMustExist: true });
  try {
    const found = copy.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new JournalDamage(String(found));
  } finally {
    copy.close();
  }
}

function finish(target: string, at: number): void {
  const copy = new Database(target, { fileMustExist: true });
  try {
    // Leaves one file without a WAL.
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
