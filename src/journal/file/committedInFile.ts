import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/** Type of a table's leaf page, see "B-tree Pages" in https://sqlite.org/fileformat2.html. */
const leafOfTable = 0x0d;

/** Bytes of an integer by its serial type, see "Record Format" there. */
const integerBytes: Partial<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 6 };

/** Position of the page with the sequence numbers in a database file. */
export interface SequencePage {
  /** In bytes. */
  position: number;
  size: number;
}

export function findSequencePage(db: Database): SequencePage | null {
  const root = db
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_sequence'")
    .pluck()
    .get();
  const size = db.pragma('page_size', { simple: true }) as number;
  return root === undefined ? null : { position: (root - 1) * size, size };
}

/**
 * The last sequence number of the database file alone, without its WAL; SQLite has no way to query it.
 * No connection may be open: closing a file takes away all of the process's locks on it.
 * @returns 0: unreadable, as after an interrupted checkpoint, whose half-written file the WAL completes
 */
export function committedInFile(path: string, { position, size }: SequencePage): number {
  const page = readAt(path, position, size);
  // Its only row: the lengths of row, number and header, the types of the name and of the integer, and these two.
  if (page.length < size || page[0] !== leafOfTable || page.readUInt16BE(3) !== 1) return 0;
  const row = page.subarray(page.readUInt16BE(8));
  const name = 'entries';
  if (row.toString('latin1', 5, 5 + name.length) !== name) return 0;
  const bytes = integerBytes[row[4] ?? 0];
  return bytes === undefined ? 0 : row.readIntBE(5 + name.length, bytes);
}

function readAt(path: string, position: number, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(file, buffer, 0, length, position));
  } finally {
    closeSync(file);
  }
}
