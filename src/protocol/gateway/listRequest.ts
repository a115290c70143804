import { z } from 'zod';
import { common, ticket, time } from './changeRequest.ts';
import { firstProblem } from './firstProblem.ts';
import type { Fields, Read } from './requestFields.ts';

// Requests of engines for lists: `positions`, `orders` (pending ones), `deals`. Each is answered by a page.

export type ListType = 'positions' | 'orders' | 'deals';

/** Most entries of a page: it stays below the 64 KiB that the clients read. */
const mostListed = 100;

export interface ListAsked {
  type: ListType;
  /** Null: the only bridge there is. */
  bridge: string | null;
  /** Null: whatever account the EA is on. */
  account: string | null;
  /** Most entries of the page. */
  limit: number;
  /** Number of the last position or pending order of the page before; null: the first page. */
  after: string | null;
  /** Of `deals`: where the page before ended, epoch ms and number; null: the first page. */
  before: { at: number; deal: string } | null;
  /** Of `deals`: none that was closed before this time, epoch ms; null: all. */
  since: number | null;
}

const limitRule = `must be a whole number from 1 to ${String(mostListed)}`;
const listing = {
  ...common,
  // Told again with the answer, so that an engine can tell answers apart.
  signal_id: z.string('must be text').max(128, 'is too long').optional(),
  limit: z.int(limitRule).min(1, limitRule).max(mostListed, limitRule).default(mostListed),
} as const;

const open = z.strictObject({ ...listing, cursor: ticket.nullish() });

const deals = z.strictObject({
  ...listing,
  cursor: z
    .string('must be the "next" of a page')
    .regex(/^\d{1,16}:\d{1,20}$/, 'must be the "next" of a page')
    .nullish(),
  since: time.optional(),
});

export function readList(type: ListType, fields: Fields): Read<ListAsked> {
  if (type !== 'deals') {
    const read = open.safeParse(fields);
    if (!read.success) return firstProblem(read.error, type, fields);
    const { bridge = null, account = null, limit, cursor: after = null } = read.data;
    return { ok: true, value: { type, bridge, account, limit, after, before: null, since: null } };
  }
  const read = deals.safeParse(fields);
  if (!read.success) return firstProblem(read.error, type, fields);
  const { bridge = null, account = null, limit, cursor = null, since = null } = read.data;
  const [at = '', deal = ''] = cursor?.split(':') ?? [];
  const before = cursor === null ? null : { at: Number(at), deal };
  return { ok: true, value: { type, bridge, account, limit, after: null, before, since } };
}
