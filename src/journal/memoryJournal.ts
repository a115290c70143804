import type { Journal, JournalEntry } from '../controller/ports.ts';

const kept = 10_000;

export interface MemoryJournal extends Journal {
  /** The last entries, the oldest first. */
  entries(): readonly { at: number; entry: JournalEntry }[];
}

/** A journal that lasts as long as the process, bounded to its last {@link kept} rows. */
export function memoryJournal(): MemoryJournal {
  let rows: { at: number; entry: JournalEntry }[] = [];
  return {
    append(at, entry) {
      rows.push({ at, entry });
      if (rows.length > kept * 1.25) rows = rows.slice(-kept);
    },
    entries: () => rows,
  };
}
