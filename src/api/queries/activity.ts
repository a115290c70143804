import { z } from 'zod';
import type { PersonSource } from '../../domain/orders/order.ts';

// What persons did, and what the desk did in their place, from the journal.

export interface Activity {
  /** Sequence number of the journal entry. */
  seq: number;
  at: number;
  /** Null: of the whole app. */
  bridge: string | null;
  /** `app`: the desk itself. */
  by: PersonSource | 'app';
  /** A few words. */
  what: string;
  /** Sentences and changes, such as "daily loss percent: 5 → 3". */
  details: string[];
}

export const activityPageSchema = z.object({
  /** Only entries with a smaller number; null: from the newest. */
  before: z.number().int().positive().nullable().default(null),
  limit: z.number().int().min(1).max(1_000),
});

/** The newest first. */
export interface ActivityPage {
  rows: Activity[];
  /** For the next page; null: this was the last one. */
  before: number | null;
}
