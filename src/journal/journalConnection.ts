import type { Database } from 'better-sqlite3';
import type { JournalRow } from '../controller/ports.ts';
import { closedFailure, isDamage, journalFailure, sqliteCode, type JournalFailure } from './journalFailure.ts';
import { prepareStatements, type Statements } from './statements.ts';

/** The writer's connection, made anew when it has become unusable. */
export class JournalConnection {
  private readonly connect: () => Database;
  private readonly onDamage: (error: unknown) => void;
  private db: Database;
  private statements: Statements;
  private broken = false;
  /** The last write failed in a way that may be the connection's. */
  private suspect = false;
  private closed = false;

  /** @param connect opens the same file again */
  constructor(db: Database, connect: () => Database, onDamage: (error: unknown) => void) {
    this.db = db;
    this.connect = connect;
    this.onDamage = onDamage;
    this.statements = prepareStatements(db);
  }

  /** One transaction. @throws JournalFailure `journal_full`, `journal_not_written` or `journal_closed` */
  write(rows: readonly JournalRow[]): void {
    if (rows.length === 0) return;
    try {
      const { begin, put, commit } = this.usable();
      begin.run();
      for (const row of rows) put(row);
      commit.run();
      this.suspect = false;
    } catch (error) {
      this.recover(error);
      throw this.failure('journal_not_written', 'The journal could not be written', error);
    }
  }

  /** @throws JournalFailure `journal_not_read` or `journal_closed` */
  read<Result>(use: (statements: Statements) => Result): Result {
    try {
      return use(this.usable());
    } catch (error) {
      throw this.failure('journal_not_read', 'The journal could not be read', error);
    }
  }

  /** @returns the journal's new instance */
  renameInstance(): string {
    try {
      return this.usable().renameInstance.get() ?? '';
    } catch (error) {
      throw this.failure('journal_not_written', 'The journal could not be renamed', error);
    }
  }

  close(): void {
    this.closed = true;
    this.db.close();
  }

  private usable(): Statements {
    if (this.closed) throw closedFailure();
    if (this.broken) {
      this.db.close();
      this.db = this.connect();
      this.statements = prepareStatements(this.db);
      this.broken = false;
    }
    return this.statements;
  }

  /** SQLite has rolled back by itself after some errors, such as a full disk, and not after others. */
  private recover(error: unknown): void {
    try {
      if (this.db.inTransaction) this.statements.rollback.run();
    } catch {
      this.broken = true;
    }
    // Not at the first failure: the transaction that failed may lie in the WAL as a whole, and opening would revive it.
    const suspect = /^SQLITE_(?!FULL|BUSY|CONSTRAINT)/.test(sqliteCode(error));
    this.broken ||= suspect && this.suspect;
    this.suspect = suspect;
  }

  private failure(code: 'journal_not_read' | 'journal_not_written', doing: string, error: unknown): JournalFailure {
    if (isDamage(error)) this.onDamage(error);
    return journalFailure(code, doing, error);
  }
}
