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
  /** Those of earlier starts. */
  readonly earlier: readonly AlarmText[];
  private readonly journal: JournalRows;
  private readonly now: () => number;

  constructor(journal: JournalRows, now: () => number) {
    this.journal = journal;
    this.now = now;
    const kept = keptSchema.safeParse(journal.remembered(startAlarmsKey));
    this.earlier = kept.success ? kept.data : [];
  }

  /**
   * Keeps the alarms of this start beside the earlier ones.
   * @returns why they could not be kept; null: they are
   */
  keep(alarms: readonly AlarmText[]): string | null {
    const texts = new Set(alarms.map(({ text }) => text));
    const all = [...this.earlier.filter(({ text }) => !texts.has(text)), ...alarms];
    return all.length === 0 ? null : this.write(keptSchema.parse(all));
  }

  /** Forgets them: this start shows them. */
  shown(): string | null {
    return this.journal.remembered(startAlarmsKey) === null ? null : this.write(null);
  }

  private write(value: z.infer<typeof keptSchema> | null): string | null {
    try {
      this.journal.write([{ at: this.now(), entry: { type: 'remember', key: startAlarmsKey, value } }]);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
