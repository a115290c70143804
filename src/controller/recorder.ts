import type { Clock, Journal, JournalEntry } from './ports.ts';

/** Appends to the journal, and turns a failure into a sentence instead of an exception. */
export class Recorder {
  private readonly clock: Clock;
  private readonly journal: Journal;
  private readonly onTrouble: (sentence: string, error: unknown) => void;

  constructor(clock: Clock, journal: Journal, onTrouble: (sentence: string, error: unknown) => void) {
    this.clock = clock;
    this.journal = journal;
    this.onTrouble = onTrouble;
  }

  /** Null when the entry is durable, else what went wrong. */
  record(entry: JournalEntry): string | null {
    try {
      this.journal.append(this.clock.now(), entry);
      return null;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.onTrouble(`The journal did not take a row of type "${entry.type}": ${detail}`, error);
      return detail;
    }
  }
}
