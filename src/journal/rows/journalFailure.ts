import Database from 'better-sqlite3';

export type JournalFailureCode =
  /** Written by a later version of the app. */
  | 'journal_newer'
  /** It can't be opened: permissions, a lock, the disk. */
  | 'journal_unavailable'
  | 'journal_full'
  | 'journal_not_written'
  /** A history or a timeline could not be read. */
  | 'journal_not_read'
  | 'journal_closed';

/** A failed operation of the journal, as one sentence for a person. */
export class JournalFailure extends Error {
  readonly code: JournalFailureCode;

  constructor(code: JournalFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'JournalFailure';
    this.code = code;
  }
}

/** The file is damaged: its content is inconsistent or unreadable. */
export class JournalDamage extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'JournalDamage';
  }
}

/** SQLite's extended result code, such as `SQLITE_IOERR_WRITE`; '' for any other error. */
export function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/** Whether an error means damage, not a full or slow disk or a lock of another program. */
export function isDamage(error: unknown): boolean {
  return error instanceof JournalDamage || /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error));
}

/** @param doing the failed operation, as the beginning of a sentence: "The journal could not be opened" */
export function journalFailure(code: JournalFailureCode, doing: string, error: unknown): JournalFailure {
  if (error instanceof JournalFailure) return error;
  const full = sqliteCode(error) === 'SQLITE_FULL';
  return new JournalFailure(full ? 'journal_full' : code, `${doing}: ${reasonOf(error)}`, error);
}

/** The reason of an error, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return 'its disk is full.';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'another program holds it locked.';
  if (/^SQLITE_(CANTOPEN|PERM|AUTH)/.test(code)) return `the system does not let this program open it (${code}).`;
  if (code.startsWith('SQLITE_READONLY')) return `it may only be read (${code}).`;
  if (code.startsWith('SQLITE_IOERR')) return `its disk reported an error (${code}).`;
  if (isDamage(error)) return 'it is damaged, and is set aside at the next start.';
  return error instanceof Error ? error.message : String(error);
}

export function closedFailure(): JournalFailure {
  return new JournalFailure('journal_closed', 'The journal is closed.');
}
