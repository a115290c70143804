import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { JournalDamage, sqliteCode } from '../rows/journalFailure.ts';

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
  await copyOnline(source, target);
  finish(target, at);
}

/**
 * The same of a journal that no app has open. Where a crash has left its log beside it, SQLite writes in the folder before it
 * reads; on a full or write-protected disk the files are copied instead, and the log is taken in there.
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
