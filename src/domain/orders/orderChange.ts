import { z } from 'zod';

// Changes of one position or pending order that is there (N3). Prices and stops are prices; 0 is none.

const ticket = z.string().regex(/^[1-9]\d{0,19}$/);
const price = z.number().min(0).max(1e12);
const lots = z.number().positive().max(1e6);

export const orderChangeSchema = z.discriminatedUnion('action', [
  /** `lot`: lots of it to be closed; null: all of it. */
  z.object({ action: z.literal('close_position'), position: ticket, lot: lots.nullable() }),
  /** Closes a position by an opposite one of its symbol, on hedging accounts. */
  z.object({ action: z.literal('close_by'), position: ticket, by: ticket }),
  z.object({ action: z.literal('modify_position'), position: ticket, sl: price, tp: price }),
  /** `limitPrice`: of a stop-limit order alone; null: none. `until`: epoch s of the broker's clock; null: as it is. */
  z.object({
    action: z.literal('modify_order'),
    order: ticket,
    price: price.positive(),
    limitPrice: price.positive().nullable(),
    sl: price,
    tp: price,
    until: z.number().int().nonnegative().nullable(),
  }),
  z.object({ action: z.literal('cancel_order'), order: ticket }),
]);
export type OrderChange = z.infer<typeof orderChangeSchema>;

/** The position or pending order as the person saw it: whatever an EA can list, so that all of that can be closed. */
export const seenTradeSchema = z.object({
  symbol: z.string().min(1).max(64),
  side: z.enum(['buy', 'sell']).nullable(),
  lots: z.number().nonnegative(),
  /** Where a pending order waits, and of a position what it was opened at; null: not told, as the stops. */
  price: z.number().nullable(),
  /** Of a stop-limit order; left out: none, or stored by an earlier version. */
  limitPrice: z.number().nullable().optional(),
  sl: price.nullable(),
  tp: price.nullable(),
});
export type SeenTrade = z.infer<typeof seenTradeSchema>;

/** What an order changes, as it is stored. */
export type StoredChange = OrderChange & { before: SeenTrade };

/** Number of the position or pending order that a change is of. */
export function targetOf(change: OrderChange): string {
  return 'position' in change ? change.position : change.order;
}

/** What a change is of, in the wire's spelling. */
export function targetNames(change: OrderChange): Record<string, string> {
  if (change.action === 'close_by') return { position: change.position, by: change.by };
  return 'position' in change ? { position: change.position } : { pending_order: change.order };
}

/** Whether it changes at which price, or until when, a pending order opens a position. */
export function movesEntry(change: StoredChange): boolean {
  if (change.action !== 'modify_order') return false;
  const { price, limitPrice, until, before } = change;
  return price !== before.price || (limitPrice !== null && limitPrice !== before.limitPrice) || until !== null;
}
