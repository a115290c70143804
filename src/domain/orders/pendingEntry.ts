import { z } from 'zod';
import type { Price } from '../market/fxRates.ts';

// Pending orders: entries that wait for their price (N3). A buy or sell without one is an order at the market.

export const entryKinds = ['limit', 'stop', 'stop_limit'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** `gtc`: until cancelled; `day`: until the broker's day ends; else epoch ms of UTC. */
const expirySchema = z.union([z.enum(['gtc', 'day']), z.number().int().positive().max(4_102_444_800_000)]);
export type Expiry = z.infer<typeof expirySchema>;

export const pendingEntrySchema = z.object({
  kind: z.enum(entryKinds),
  /** Price at which it opens; of a stop-limit order, at which it places its limit order. */
  price: z.number(),
  /** Price of a stop-limit order's limit order; null for the other kinds. */
  limitPrice: z.number().nullable(),
  until: expirySchema,
});
export type PendingEntry = z.infer<typeof pendingEntrySchema>;

/** A deal that filled a pending order, or a part of it. */
export interface EntryDeal {
  /** Its number, text of digits. */
  deal: string;
  lots: number;
  price: number | null;
}

/** Price at which the position would be opened. */
export function opensAt({ price, limitPrice }: Pick<PendingEntry, 'price' | 'limitPrice'>): number {
  return limitPrice ?? price;
}

/**
 * The quote by which a pending order is sized: it opens at its own price, and its stops are measured from that.
 * @param entry null: at the market
 */
export function quoteAtEntry<Q extends Price>(quote: Q | null, entry: PendingEntry | null): Q | null {
  if (entry === null || quote === null) return quote;
  const price = opensAt(entry);
  return { ...quote, bid: price, ask: price };
}

/** Whether an order waits for a price above that of now: a buy stop, a sell limit. A stop-limit waits as a stop does. */
export function waitsAbove(side: 'buy' | 'sell', kind: EntryKind): boolean {
  return (side === 'buy') === (kind !== 'limit');
}

export const entryKindWords: Record<EntryKind, string> = { limit: 'limit', stop: 'stop', stop_limit: 'stop-limit' };

/** An expiry in words. @param at writes an epoch ms with its zone */
export function expiryWords(until: Expiry, at: (ms: number) => string): string {
  if (until === 'gtc') return 'until cancelled';
  return until === 'day' ? "until the broker's day ends" : `until ${at(until)}`;
}

/** A time in UTC, which it names. */
export function utcWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
