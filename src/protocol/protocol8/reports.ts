import { z } from 'zod';
import { pendingKinds, tradeReasons } from '../../domain/positions/openTrades.ts';
import { epoch, epochMs, lots, signalId, stopPrice, symbol, ticket, words } from './fields.ts';

// What an EA of protocol 8 says beside the documented messages, which it sends too: telemetry, trade_result, error, tick.
// A secondary field that can't be read is dropped alone; the message stays readable.

const text = words.optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const whole = z.number().int().optional().catch(undefined);
const yes = z.boolean().optional().catch(undefined);
const when = epochMs.optional().catch(undefined);
const id = ticket.optional().catch(undefined);

const tradeModes = ['demo', 'contest', 'real'] as const;
const marginModes = ['hedging', 'netting', 'exchange'] as const;
/** `new`: made at this start; `intact`: every record could be read; `torn`: records at its end were lost. */
const storeStates = ['new', 'intact', 'torn'] as const;

/** N1: said after each handshake, until a `welcome` comes. `epoch`: the highest that the EA has seen; 0: none. */
export const helloSchema = z.object({
  protocol: z.number().int(),
  ea: text,
  ea_version: text,
  terminal_build: whole,
  uuid: text,
  login: z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative().transform(String)]),
  server: words,
  company: text,
  currency: text,
  currency_digits: whole,
  leverage: number,
  trade_mode: z.enum(tradeModes).optional().catch(undefined),
  margin_mode: z.enum(marginModes).optional().catch(undefined),
  trade_allowed: yes,
  expert_allowed: yes,
  terminal_connected: yes,
  magic: id,
  features: z.array(z.string().max(40)).max(100).default([]).catch([]),
  store: z.enum(storeStates),
  epoch,
  close_only: yes,
  sent_at: when,
});
export type Hello = z.infer<typeof helloSchema>;

/** N8: what the EA knows of one ID. `result`: the first `trade_result` or `error` that it has said, unchanged. */
const knownIdSchema = z.object({
  signal_id: signalId,
  state: z.enum(['result', 'pending', 'never_seen', 'cannot_say']),
  result: z.record(z.string(), z.unknown()).optional(),
});
export type KnownId = z.infer<typeof knownIdSchema>;

/** N8: answer to the `reconcile` of number `n`, in pages of which the last has `last`. */
export const reconciledSchema = z.object({
  n: z.number().int().positive(),
  last: z.boolean(),
  ids: z.array(knownIdSchema).max(500),
  store: z.enum(storeStates),
});
export type Reconciled = z.infer<typeof reconciledSchema>;

/** N9: what the switch for closes alone is now. */
export const closeOnlyToldSchema = z.object({ on: z.boolean() });
export type CloseOnlyTold = z.infer<typeof closeOnlyToldSchema>;

const money = z.number().positive().max(1e12).optional().catch(undefined);

/**
 * N7: a symbol of the Market Watch. `calculation`: profit comes from the contract size, or from the worth of its ticks, as that
 * of a future; left out: not told. `money_per_point`, `margin_per_lot`: of one lot, in the account's currency.
 */
export const symbolToldSchema = z.object({
  symbol,
  digits: z.number().int().min(0).max(8),
  contract_size: z.number().positive().max(1e12),
  calculation: z.enum(['size', 'tick']).optional().catch(undefined),
  profit_currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .catch(null),
  lot_min: lots,
  lot_max: lots,
  lot_step: lots,
  tick_size: z.number().positive().max(1e12).optional().catch(undefined),
  stops_level: whole,
  freeze_level: whole,
  /** Flags of SYMBOL_EXPIRATION_MODE; left out: the EA takes no expiry by UTC either. */
  expiration: whole,
  trade_mode: z.enum(['full', 'disabled', 'long_only', 'short_only', 'close_only']).optional().catch(undefined),
  money_per_point: money,
  margin_per_lot: money,
});
export type SymbolTold = z.infer<typeof symbolToldSchema>;

// Positions, orders and deals (N5, N6). What decides how much is open is strict, so that a list with an entry that can't be
// read counts as unreadable, and is not a shorter list.

const sides = ['buy', 'sell'] as const;
/** Of the account's currency; a loss is below 0. */
const gain = z.number().optional().catch(undefined);
const stop = stopPrice.optional().catch(undefined);
const origin = {
  magic: id,
  comment: text,
  reason: z.enum(tradeReasons).optional().catch(undefined),
  /** The order of the desk by which it came; left out: not known, or none. */
  signal_id: signalId.optional().catch(undefined),
};

/** One page of a list. Pages of a list have its number, and come in order. */
const page = {
  list: z.number().int().positive(),
  page: z.number().int().positive(),
  last: z.boolean(),
  /** Entries of the whole list. */
  count: z.number().int().nonnegative().max(10_000),
  /** When the list was taken. */
  at: when,
};
/** The EA sends 50; so many stay within the longest frame that is read as a whole. */
const mostEntries = 100;

/** `position`: its identifier, which outlives its ticket. */
const positionSchema = z.object({
  position: ticket,
  ticket: id,
  symbol,
  side: z.enum(sides),
  lots,
  price: number,
  opened_at: when,
  sl: stop,
  tp: stop,
  profit: gain,
  swap: gain,
  ...origin,
});
export type Position8 = z.infer<typeof positionSchema>;

export const positionsSchema = z.object({ ...page, positions: z.array(positionSchema).max(mostEntries) });
export type PositionsPage = z.infer<typeof positionsSchema>;

/**
 * An order that is not done: pending, or a market's on its way. `lots`: what is left of `requested`. `until`: as in a
 * command, epoch s of the broker's clock, 0: until cancelled. `position`: the one that it closes.
 */
const orderSchema = z.object({
  order: ticket,
  symbol,
  side: z.enum(sides).optional(),
  kind: z.enum(pendingKinds),
  lots: z.number().nonnegative(),
  requested: number,
  price: number,
  limit_price: number,
  until: whole,
  placed_at: when,
  position: id,
  sl: stop,
  tp: stop,
  ...origin,
});
export type Order8 = z.infer<typeof orderSchema>;

export const ordersSchema = z.object({ ...page, orders: z.array(orderSchema).max(mostEntries) });
export type OrdersPage = z.infer<typeof ordersSchema>;

const dealKinds = ['trade', 'balance', 'credit', 'charge', 'correction', 'bonus', 'commission', 'other'] as const;
const deal = { deal: ticket, at: epochMs, profit: number, swap: gain, commission: gain, fee: gain, ...origin };

/** N6: a deal of the account, which can be told more than once. One that is no trade has money alone. */
export const dealSchema = z.discriminatedUnion('kind', [
  z.object({
    ...deal,
    kind: z.literal('trade'),
    order: id,
    position: ticket,
    symbol,
    side: z.enum(sides),
    entry: z.enum(['in', 'out', 'inout', 'out_by']),
    lots,
    price: number,
  }),
  z.object({ ...deal, kind: z.enum(dealKinds).exclude(['trade']) }),
]);
export type Deal8 = z.infer<typeof dealSchema>;
