import type { JournalEntry } from './journalEntry.ts';
import type { JournalHistory } from './journalHistory.ts';
import type { JournalOrders } from './journalOrders.ts';

export interface JournalRow {
  /** Epoch ms. */
  at: number;
  entry: JournalEntry;
}

/** The append-only rows, and values stored for a later start. */
export interface JournalRows {
  /**
   * Writes all rows, durable when it returns.
   * @throws Error with a sentence; then no row is written
   */
  write(rows: readonly JournalRow[]): void;
  /**
   * The newest value of a key.
   * @throws Error with a sentence when it can't be read
   */
  remembered(key: string): unknown;
  /** Makes everything written durable and ends writing. */
  close(): Promise<void>;
}

/** Storage of everything that must outlive the process (ARCHITECTURE rule 1). */
export interface Journal extends JournalRows, JournalOrders, JournalHistory {}
