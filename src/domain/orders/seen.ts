import { z } from 'zod';
import type { Refusal } from './refusal.ts';
import { refusals } from './refusals.ts';
import { isClose, type SignalAction, signalActions, stopUnits } from '../tradeTerms.ts';

// What a person saw when they confirmed an order: it leaves exactly so, or not at all. Only the price may move a little.

const price = z.object({ bid: z.number(), ask: z.number() });

/** What an order stands on besides what it says itself. */
export const seenGroundSchema = z.object({
  /** The account's name; null: the EA had named none. */
  account: z.string().max(200).nullable(),
  /** The unit of the stops. */
  stopUnit: z.enum(stopUnits).nullable(),
  /** Null: there was none. */
  price: price.nullable(),
});
export type SeenGround = z.infer<typeof seenGroundSchema>;

/** An order as it was seen, with what it stands on. */
export const seenOrderSchema = seenGroundSchema.extend({
  bridge: z.string().min(1).max(40),
  action: z.enum(signalActions),
  symbol: z.string().max(64),
  lot: z.number(),
  sl: z.number(),
  tp: z.number(),
});
export type SeenOrder = z.infer<typeof seenOrderSchema>;

/** What stands in the way of what was seen, now. */
export interface GroundNow extends SeenGround {
  /** All names of the account: it may have been seen under another one than its key of now. */
  accountNames: readonly string[];
  /** The bridge's slippage (W7) as a price; null: the point is not known. */
  slippage: number | null;
}

/** Binary fractions differ in their last digits: no price of a market has so many. */
const leastDifference = 1e-9;

/** Why what was seen is not what would leave now, or null. A close is never held by it. */
export function changedSince(action: SignalAction, seen: SeenGround, now: GroundNow): Refusal | null {
  if (isClose(action)) return null;
  const sameAccount = seen.account === now.account || now.accountNames.includes(seen.account ?? '');
  if (!sameAccount) return refusals.changed('the account', name(seen.account), name(now.account));
  if (seen.stopUnit !== now.stopUnit) {
    return refusals.changed('the unit of the stops', name(seen.stopUnit), name(now.stopUnit));
  }
  const [before, after] = [entry(action, seen.price), entry(action, now.price)];
  if (before === null || after === null) {
    return before === after ? null : refusals.changed('the price', name(before), name(after));
  }
  const spread = seen.price === null ? 0 : seen.price.ask - seen.price.bid;
  const allowed = Math.max(now.slippage ?? 0, 2 * Math.max(0, spread));
  return Math.abs(after - before) <= allowed + leastDifference
    ? null
    : refusals.changed('the price', name(before), name(after));
}

/** What of an order is otherwise than it was seen, or null. */
export function differsFrom(
  order: Pick<SeenOrder, 'bridge' | 'action' | 'symbol' | 'lot' | 'sl' | 'tp'>,
  seen: SeenOrder,
): Refusal | null {
  if (isClose(order.action)) return null;
  for (const [key, words] of fields) {
    if (order[key] !== seen[key]) return refusals.changed(words, name(seen[key]), name(order[key]));
  }
  return null;
}

const fields = [
  ['bridge', 'the bridge'],
  ['action', 'the side'],
  ['symbol', 'the symbol'],
  ['lot', 'the lots'],
  ['sl', 'the stop loss'],
  ['tp', 'the take profit'],
] as const;

/** A buy is opened at the ask, a sell at the bid. */
function entry(action: SignalAction, quote: SeenGround['price']): number | null {
  if (quote === null) return null;
  return action === 'sell' ? quote.bid : quote.ask;
}

function name(value: string | number | null): string {
  return value === null ? 'none' : String(value);
}
