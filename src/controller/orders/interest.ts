/** How long a rise is held against a rejection that is certain, in ms. */
const certainMs = 15_000;
/** How long an order that may still be with the broker can come back as a position, in ms. */
export const tradableMs = 180_000;
/** The same where nothing but the missing rise made it rejected. */
const inferredMs = 3_600_000;
/**
 * What a rise of positions would mean: of a `certain` no nothing but an alarm; an `assumed` rejection is none; an
 * `unverified` success is a fill. Of an `unread` error it is the missing rise that says something.
 */
export type Interest = 'certain' | 'assumed' | 'inferred' | 'unverified' | 'unread';

/** For how long, in ms. */
export const interestMs: Record<Interest, number> = {
  certain: certainMs,
  assumed: tradableMs,
  inferred: inferredMs,
  unverified: tradableMs,
  unread: Number.POSITIVE_INFINITY,
};
