import type { Activity, ActivityPage } from '../../../src/api/queries/activity.ts';
import { csvLine } from '../../../src/base/csv.ts';

export const actorWords: Record<Activity['by'], string> = {
  ticket: 'window',
  'command line': 'command line',
  app: 'the desk itself',
};

/** Entries requested at a time. */
const pageRows = 1_000;

/**
 * Activity as CSV, newest first.
 * @param ask page of entries before a number; null: from the newest
 */
export async function activityCsv(
  ask: (before: number | null, limit: number) => Promise<ActivityPage>,
): Promise<string> {
  const lines = [csvLine(['seq', 'at', 'bridge', 'by', 'what', 'details'])];
  for (let before: number | null = null; ;) {
    const page: ActivityPage = await ask(before, pageRows);
    for (const { seq, at, bridge, by, what, details } of page.rows) {
      lines.push(csvLine([seq, new Date(at).toISOString(), bridge, by, what, details.join('; ')]));
    }
    if (page.before === null) return lines.join('');
    ({ before } = page);
  }
}
