import type { ActivityEntry } from '../../controller/ports/journalHistory.ts';
import type { JournalRow } from '../../controller/ports/journal.ts';

/**
 * SQL condition of the entries that tell what persons did, an order's settlement among them. The index of migration 7 has the
 * same words: SQLite uses it for these alone.
 */
export const activityCondition = `(type IN ('armed', 'kill_switch', 'account', 'rebased', 'settings', 'engine', 'feed', 'acknowledged')
       OR (type = 'order' AND at = json_extract(body, '$.settledBy.at')))`;

/** The same as {@link activityCondition}; null: another entry. */
export function activityEntry({ at, entry }: JournalRow): ActivityEntry | null {
  switch (entry.type) {
    case 'armed':
    case 'kill_switch':
    case 'account':
    case 'rebased':
    case 'settings':
    case 'engine':
    case 'feed':
    case 'acknowledged':
      return entry;
    case 'order':
      return entry.order.settledBy?.at === at ? { type: 'order', order: entry.order } : null;
    default:
      return null;
  }
}
