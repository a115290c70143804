import Database from 'better-sqlite3';
import { expect } from 'vitest';

/** How many entries a journal has that is whole. */
export function entriesIn(path: string): number {
  const db = new Database(path, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare<[], number>('SELECT count(*) FROM entries').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}
