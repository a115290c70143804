import type { Database } from 'better-sqlite3';

/** Tells a journal from a copy of it. */
export interface JournalIdentity {
  /** 16 hexadecimal digits, drawn when the journal was made. */
  instance: string;
  /** How often it had been opened before. */
  generation: number;
  /** The last sequence number then, 0 when there was none. */
  seq: number;
}

/** Counts one more time that the journal is opened. @returns what it was before */
export function raiseGeneration(db: Database): JournalIdentity {
  const read = db.prepare<[], JournalIdentity>(
    'SELECT instance, generation, (SELECT coalesce(max(seq), 0) FROM entries) AS seq FROM identity',
  );
  const identity = read.get();
  if (identity === undefined) throw new Error('The journal has no identity.');
  db.prepare('UPDATE identity SET generation = generation + 1').run();
  return identity;
}
