import { z } from 'zod';

const watchedSchema = z.object({
  /** Its number. */
  order: z.number(),
  interest: z.enum(['assumed', 'inferred', 'unverified']),
  /** Epoch ms. */
  until: z.number(),
  /** Positions without it; null: the EA had told none when it was sent. */
  base: z.number().nullable(),
});

/** An order that positions can still tell something of, as the journal keeps it over a restart. */
export type WatchedOrder = z.infer<typeof watchedSchema>;

export type KeptInterest = WatchedOrder['interest'];

/** What an error that nobody can read leaves open is not kept: what happened while the app was away was not seen. */
export function isKept(interest: string): interest is KeptInterest {
  return watchedSchema.shape.interest.safeParse(interest).success;
}

/** Under which the journal remembers them. */
export function watchedKey(bridge: string): string {
  return `watched_orders:${bridge}`;
}

/** What the journal knows; null: it was written by a version that kept none. */
export function readWatched(remembered: unknown): WatchedOrder[] | null {
  return z
    .array(watchedSchema)
    .nullable()
    .catch(null)
    .parse(remembered ?? null);
}

/** Hands on what has changed, and nothing else. */
export class WatchMemory {
  private readonly write: (watched: WatchedOrder[]) => void;
  /** Null: nothing yet. The journal of a start that watches nothing says so, which an earlier version's does not. */
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
