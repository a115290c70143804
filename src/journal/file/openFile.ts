import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { connectWriter } from './connect.ts';
import { inspect } from './inspect.ts';
import { isDamage, JournalDamage, journalFailure } from '../rows/journalFailure.ts';
import { raiseGeneration, type JournalIdentity } from './journalIdentity.ts';
import { migrate } from './migrations.ts';
import { setAside } from './setAside.ts';

const fileName = 'journal.db';

const markSuffix = '-damaged';

export interface OpenFileOptions {
  dataDir: string;
  /** Epoch ms. */
  now: () => number;
  maxPages?: number | undefined;
}

export interface OpenedFile {
  path: string;
  db: Database;
  identity: JournalIdentity;
  /** 'part': only the ends were checked so far. */
  checked: 'all' | 'part';
  /** New name of a damaged journal, which an empty one has replaced; null: none was found. */
  setAside: string | null;
}

/** @throws JournalFailure `journal_newer`, `journal_unavailable` or `journal_full` */
export function openFile({ dataDir, now, maxPages }: OpenFileOptions): OpenedFile {
  const path = join(dataDir, fileName);
  try {
    try {
      return { ...openSound(path, maxPages), setAside: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
      const newName = setAside(dataDir, fileName, now());
      return { ...openSound(path, maxPages), setAside: newName };
    }
  } catch (error) {
    throw journalFailure('journal_unavailable', 'The journal could not be opened', error);
  }
}

/** Marks a journal in use as damaged: the next start sets it aside. */
export function markDamaged(path: string, reason: string): void {
  writeFileSync(path + markSuffix, reason);
}

function openSound(path: string, maxPages: number | undefined): Omit<OpenedFile, 'setAside'> {
  if (existsSync(path + markSuffix)) throw new JournalDamage('Damage was found while the app ran.');
  const checked = inspect(path);
  const db = connectWriter(path, { maxPages });
  try {
    migrate(db);
    return { path, db, checked, identity: raiseGeneration(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}
