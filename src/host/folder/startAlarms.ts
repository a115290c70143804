import { z } from 'zod';
import type { AlarmText } from '../../controller/alarms/alarm.ts';
import type { JournalRows } from '../../controller/ports/journal.ts';

const startAlarmsKey = 'start_alarms';

const keptSchema = z.array(
  z.object({
    level: z.enum(['notice', 'warning', 'critical']),
    code: z.string(),
    text: z.string(),
    nextStep: z.string(),
  }),
);

/**
 * Alarms of starts that failed before a person could see them, such as by a port: what was found then is mended already,
 * and the next start would find nothing. Kept in the journal until a start has come to its end.
 */
export class StartAlarms {
  /** Those of earlier starts that this one has not found itself. */
  readonly earlier: readonly AlarmText[];
  private readonly write: (kept: readonly AlarmText[] | null) => void;
  private readonly isKept: boolean;

  /**
   * @param found by this start
   * @param notKept called with the reason where they can't be written
   */
  constructor(journal: JournalRows, now: number, found: readonly AlarmText[], notKept: (why: string) => void) {
    const texts = new Set(found.map(({ text }) => text));
    const kept = keptSchema.safeParse(journal.remembered(startAlarmsKey));
    this.earlier = kept.success ? kept.data.filter(({ text }) => !texts.has(text)) : [];
    this.write = (value) => {
      try {
        journal.write([{ at: now, entry: { type: 'remember', key: startAlarmsKey, value } }]);
      } catch (error) {
        notKept(error instanceof Error ? error.message : String(error));
      }
    };
    const all = [...this.earlier, ...found];
    this.isKept = all.length > 0;
    if (this.isKept) this.write(keptSchema.parse(all));
  }

  /** Forgets them: this start shows them. */
  shown(): void {
    if (this.isKept) this.write(null);
  }
}
