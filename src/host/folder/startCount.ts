import { z } from 'zod';
import type { Journal } from '../../controller/ports/journal.ts';
import type { EpochCount } from '../../controller/ports/epoch.ts';

const epochKey = 'epoch';

/** The count of starts in the journal, to be written to the mark outside of the folder too (N1). */
export class StartCount implements EpochCount {
  private readonly journal: Pick<Journal, 'write'>;
  private readonly now: () => number;
  private readonly changed: () => void;
  private count: number;

  /**
   * @param marked the count in the mark; 0: none
   * @param generation the journal's number of openings, for folders of versions without a count
   * @param changed writes the mark
   */
  constructor(
    journal: Pick<Journal, 'write' | 'remembered'>,
    { marked, generation }: { marked: number; generation: number },
    now: () => number,
    changed: () => void,
  ) {
    this.journal = journal;
    this.now = now;
    this.changed = changed;
    const known = z.number().int().catch(0).parse(journal.remembered(epochKey));
    this.count = Math.max(known, marked, generation) + 1;
    this.write(this.count);
  }

  get current(): number {
    return this.count;
  }

  raise(to: number): void {
    if (to <= this.count) return;
    this.write(to);
    this.count = to;
    this.changed();
  }

  private write(value: number): void {
    this.journal.write([{ at: this.now(), entry: { type: 'remember', key: epochKey, value } }]);
  }
}
