import type { Database } from 'better-sqlite3';

/** Distinguishes a journal from a copy of it. */
export interface JournalIdentity {
  /** 16 hexadecimal digits, drawn when the journal was made. */
  instance: string;
  /** Number of earlier openings. */
  generation: number;
  /** The last sequence number at the opening; 0: none. */
  seq: number;
}

/** Increments the number of openings. @returns the identity before */
export function raiseGeneration(db: Database): JournalIdentity {
  const read = db.prepare<[], JournalIdentity>(
    'SELECT instance, generation, (SELECT coalesce(max(seq), 0) FROM entries) AS seq FROM identity',
  );
  const identity = read.get();
  if (identity === undefined) throw new Error('The journal has no identity.');
  db.prepare('UPDATE identity SET generation = generation + 1').run();
  return identity;
}
