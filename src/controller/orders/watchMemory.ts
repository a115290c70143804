import { z } from 'zod';

const watchedSchema = z.object({
  /** Number of the order. */
  order: z.number(),
  interest: z.enum(['assumed', 'inferred', 'unverified']),
  /** End of the watch, epoch ms. */
  until: z.number(),
  /** Positions without the order; null: the EA had reported none when it was sent. */
  base: z.number().nullable(),
});

/** A watched order as the journal stores it for the next start. */
export type WatchedOrder = z.infer<typeof watchedSchema>;

export type KeptInterest = WatchedOrder['interest'];

/** Whether a watch is stored. One after an unreadable error is not: changes while the app was away were not seen. */
export function isKept(interest: string): interest is KeptInterest {
  return watchedSchema.shape.interest.safeParse(interest).success;
}

/** Journal key of a bridge's watched orders. */
export function watchedKey(bridge: string): string {
  return `watched_orders:${bridge}`;
}

/** The stored watches; null: written by a version that stored none. */
export function readWatched(remembered: unknown): WatchedOrder[] | null {
  return z
    .array(watchedSchema)
    .nullable()
    .catch(null)
    .parse(remembered ?? null);
}

/** Writes changes of the watched orders, and nothing else. */
export class WatchMemory {
  private readonly write: (watched: WatchedOrder[]) => void;
  /**
   * Last value written; null: none yet. A start that watches nothing writes an empty list, which tells it from an
   * earlier version's journal.
   */
  private written: string | null = null;

  constructor(write: (watched: WatchedOrder[]) => void) {
    this.write = write;
  }

  keep(watched: WatchedOrder[]): void {
    const text = JSON.stringify(watched);
    if (text === this.written) return;
    this.written = text;
    this.write(watched);
  }
}
