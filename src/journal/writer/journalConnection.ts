import type { Database } from 'better-sqlite3';
import type { JournalRow } from '../../controller/ports/journal.ts';
import { closedFailure, isDamage, journalFailure, sqliteCode, type JournalFailure } from '../rows/journalFailure.ts';
import { readSentIds, SentIds } from '../rows/sentIds.ts';
import { prepareStatements, type ListedOrder, type Statements } from './statements.ts';

/** How long the list of orders may lag behind the entries, in ms. */
const listWithinMs = 50;
const mostUnlisted = 1_000;

/** The writer's connection; reopened when it has become unusable. */
export class JournalConnection {
  private readonly connect: () => Database;
  private readonly onDamage: (error: unknown) => void;
  private db: Database;
  private statements: Statements;
  private broken = false;
  /** The last write failed in a way that may be the connection's fault. */
  private suspect = false;
  private closed = false;
  /** Orders whose newest entry is not in the list yet, by number. */
  private readonly unlisted = new Map<number, ListedOrder>();
  private timer: NodeJS.Timeout | undefined;
  private readonly sentIds = new SentIds();
  private sentIdsAreWhole = false;
  /** Every bridge that has ever had an order. */
  readonly bridges: Set<string>;

  /** @param connect opens the same file again */
  constructor(db: Database, connect: () => Database, onDamage: (error: unknown) => void) {
    this.db = db;
    this.connect = connect;
    this.onDamage = onDamage;
    this.statements = prepareStatements(db);
    this.bridges = new Set(this.statements.bridges.all());
    for (const order of this.statements.unlisted()) this.follow(order);
  }

  /** Adds earlier signal IDs: read now from a small journal, or by the history worker. */
  knowSentIds(known: SentIds = readSentIds(this.db)): void {
    this.sentIds.join(known);
    this.sentIdsAreWhole = true;
  }

  /** One transaction. @throws JournalFailure `journal_full`, `journal_not_written` or `journal_closed` */
  write(rows: readonly JournalRow[]): void {
    if (rows.length === 0) return;
    const written: ListedOrder[] = [];
    try {
      const { begin, put, commit } = this.usable();
      // An order alone is one statement, which is a transaction by itself: it leaves without waiting for two more.
      const isOneStatement = rows.length === 1 && rows[0]?.entry.type === 'order';
      if (!isOneStatement) begin.run();
      for (const row of rows) {
        const order = put(row);
        if (order !== null) written.push(order);
      }
      if (!isOneStatement) commit.run();
      this.suspect = false;
    } catch (error) {
      this.recover(error);
      throw this.failure('journal_not_written', 'The journal could not be written', error);
    }
    for (const order of written) this.follow(order);
    if (this.unlisted.size > mostUnlisted) this.tryToList();
    else if (written.length > 0) this.listSoon();
  }

  /** Whether certainly no order has had this signal ID; false: it has to be looked up. */
  isNew(bridge: string, signalId: string): boolean {
    return this.sentIdsAreWhole && !this.sentIds.mayHave(bridge, signalId);
  }

  /** Whether the list of orders lacks an entry of this signal ID. */
  lacks(bridge: string, signalId: string): boolean {
    for (const { order } of this.unlisted.values()) {
      if (order.signalId === signalId && order.bridge === bridge) return true;
    }
    return false;
  }

  /**
   * Brings the list of orders up to date with the entries. It has indexes in plenty, which an order that is about to
   * leave need not wait for: a start does the same for what a crash has left.
   * @throws JournalFailure
   */
  listOrders(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unlisted.size === 0) return;
    try {
      const { begin, list, commit } = this.usable();
      begin.run();
      for (const order of this.unlisted.values()) list(order);
      commit.run();
    } catch (error) {
      this.recover(error);
      throw this.failure('journal_not_written', 'The journal could not be written', error);
    }
    this.unlisted.clear();
  }

  /** Brings the list up to date if possible, for queries that can be answered from an older list. */
  tryToList(): void {
    try {
      this.listOrders();
    } catch {
      // The same failure keeps the next order from being sent, which reports it.
      this.listSoon();
    }
  }

  /** Reads the list of orders after it was brought up to date. */
  readList<Result>(use: (statements: Statements) => Result): Result {
    this.listOrders();
    return this.read(use);
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
    try {
      this.listOrders();
    } catch {
      // The next start lists them.
      clearTimeout(this.timer);
    }
    this.closed = true;
    this.db.close();
  }

  private follow(listed: ListedOrder): void {
    const { number, bridge, signalId } = listed.order;
    this.unlisted.set(number, listed);
    this.sentIds.add(bridge, signalId);
    this.bridges.add(bridge);
  }

  private listSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tryToList();
    }, listWithinMs).unref();
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

  /** Rolls back and reopens as needed: SQLite rolls back by itself after some errors, such as a full disk, and not after others. */
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
