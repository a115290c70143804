import { z } from 'zod';
import type { SymbolSpec } from '../market/symbolSpec.ts';
import type { PendingEntry } from './pendingEntry.ts';
import type { Refusal } from './refusal.ts';
import { refusals } from './refusals.ts';
import { isEntry, type OrderAction, signalActions, stopUnits } from '../tradeTerms.ts';

// The order as a person confirmed it: it leaves exactly so or not at all. Only the price may move, within the slippage.

const price = z.object({ bid: z.number(), ask: z.number() });

/** What a stop in points and a lot of the symbol mean, by the symbol table and the EA; null: not known. */
const worth = z.object({
  point: z.number().nullable(),
  contractSize: z.number().nullable(),
  quoteCurrency: z.string().max(10).nullable(),
});
type Worth = z.infer<typeof worth>;

/** Context of an order on the screen: account, stop unit, price, and worth of the symbol. */
export const seenGroundSchema = z.object({
  /** The account's name; null: not named by the EA. */
  account: z.string().max(200).nullable(),
  /** The unit of the stops. */
  stopUnit: z.enum(stopUnits).nullable(),
  /** Null: no price was shown. */
  price: price.nullable(),
  /** Left out: not shown. */
  worth: worth.optional(),
});
export type SeenGround = z.infer<typeof seenGroundSchema>;

/** An order as it was shown, with its context. */
export const seenOrderSchema = seenGroundSchema.extend({
  bridge: z.string().min(1).max(40),
  action: z.enum(signalActions),
  symbol: z.string().max(64),
  lot: z.number(),
  sl: z.number(),
  tp: z.number(),
});
export type SeenOrder = z.infer<typeof seenOrderSchema>;

/** @param spec row of the symbol; null: there is none */
export function worthOf(spec: SymbolSpec | null): Worth {
  const { point = null, contractSize = null, quoteCurrency = null } = spec ?? {};
  return { point, contractSize, quoteCurrency };
}

/** The same context now. */
export interface GroundNow extends SeenGround {
  worth: Worth;
  /** All names of the account: it may have been shown under another one than its present key. */
  accountNames: readonly string[];
  /** The bridge's slippage (W7) as a price; null: the point is not known. */
  slippage: number | null;
}

/** Whether the account on the screen is the EA's of now: it may have been shown under another of its names. */
export function isSameAccount(
  shown: string | null,
  { account, accountNames }: { account: string | null; accountNames: readonly string[] },
): boolean {
  return shown === account || accountNames.includes(shown ?? '');
}

/** Smaller differences are rounding of binary fractions: no market's price has as many decimals. */
const leastDifference = 1e-9;

/** Refuses an order whose context has changed since it was shown; null: unchanged. A close is never refused by it. */
export function changedSince(
  { action, entry: waits = null }: { action: OrderAction; entry?: PendingEntry | null },
  seen: SeenGround,
  now: GroundNow,
): Refusal | null {
  if (!isEntry(action)) return null;
  if (!isSameAccount(seen.account, now)) return refusals.changed('the account', name(seen.account), name(now.account));
  if (seen.stopUnit !== now.stopUnit) {
    return refusals.changed('the unit of the stops', name(seen.stopUnit), name(now.stopUnit));
  }
  if (seen.worth !== undefined) {
    const [shown, said] = [worthWords(seen.worth), worthWords(now.worth)];
    if (shown !== said) return refusals.changed('what the symbol is worth', shown, said);
  }
  // It opens at its own price, whatever the market's is.
  if (waits !== null) return null;
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

/** Refuses an order that differs from the one shown; null: it doesn't. */
export function differsFrom(
  order: Pick<SeenOrder, 'bridge' | 'action' | 'symbol' | 'lot' | 'sl' | 'tp'>,
  seen: SeenOrder,
): Refusal | null {
  if (!isEntry(order.action)) return null;
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
function entry(action: OrderAction, quote: SeenGround['price']): number | null {
  if (quote === null) return null;
  return action === 'sell' ? quote.bid : quote.ask;
}

function name(value: string | number | null): string {
  return value === null ? 'none' : String(value);
}

function worthWords({ point, contractSize, quoteCurrency }: Worth): string {
  return `point ${name(point)}, contract size ${name(contractSize)}, ${quoteCurrency ?? 'no quote currency'}`;
}
