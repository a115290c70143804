/** How long a rise of positions contradicts a certain rejection, ms. */
const certainMs = 15_000;
/** How long an order that the broker may still have can open a position, ms. */
export const tradableMs = 180_000;
/** The same for a rejection inferred from the missing rise alone, ms. */
const inferredMs = 3_600_000;
/**
 * Meaning of a rise of positions after an order. `certain`: only an alarm. `assumed`: the rejection becomes unknown.
 * `unverified`: the success becomes a fill. `unread`: a missing rise becomes a rejection.
 */
export type Interest = 'certain' | 'assumed' | 'inferred' | 'unverified' | 'unread';

/** Duration of each interest, ms. */
export const interestMs: Record<Interest, number> = {
  certain: certainMs,
  assumed: tradableMs,
  inferred: inferredMs,
  unverified: tradableMs,
  unread: Number.POSITIVE_INFINITY,
};
