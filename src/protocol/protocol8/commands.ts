import { z } from 'zod';
import {
  epoch,
  epochMs,
  lots,
  points,
  price,
  protocolVersion,
  session,
  signalId,
  stopPrice,
  symbol,
  ticket,
} from './fields.ts';

// What the desk says to an EA of protocol 8. Strict: the EA refuses a command with a field that is missing, unknown or of
// another type. Every command but `welcome` carries the session of the last `welcome`.

/** Answer to a `hello`: commands of this session alone are taken from now on (N1). */
const welcomeSchema = z.strictObject({
  type: z.literal('welcome'),
  protocol: z.literal(protocolVersion),
  session,
  epoch,
});

const inSession = { session };
/** An order or a change that may be sent once (N3). `expires_ms`: the age at which an entry is refused. */
const once = { ...inSession, signal_id: signalId, sent_at: epochMs };
const aging = { ...once, expires_ms: z.number().int().min(100).max(60_000) };

/** N2: its pong names the number. */
const pingSchema = z.strictObject({
  type: z.literal('ping'),
  ...inSession,
  n: z.number().int().positive(),
  sent_at: epochMs,
});

/** Kinds of entries: the market's, and pending ones by MT5's names. */
const entryActions = [
  'buy',
  'sell',
  'buy_limit',
  'sell_limit',
  'buy_stop',
  'sell_stop',
  'buy_stop_limit',
  'sell_stop_limit',
] as const;

/**
 * An entry. Stops are points (`sl`, `tp`, 0 is none) or prices (`sl_price`, `tp_price`, 0 is none): never both of one.
 * `price` belongs to pending orders, `limit_price` to stop-limit ones, `until` (epoch s, broker's clock; 0: until
 * cancelled), `until_utc` (epoch ms) and `day` (the broker's) to pending ones, one of them at most.
 */
const entrySchema = z
  .strictObject({
    type: z.literal('signal'),
    ...aging,
    action: z.enum(entryActions),
    symbol,
    lot: lots,
    sl: points.optional(),
    tp: points.optional(),
    sl_price: stopPrice.optional(),
    tp_price: stopPrice.optional(),
    price: price.optional(),
    limit_price: price.optional(),
    until: z.number().int().nonnegative().optional(),
    until_utc: epochMs.optional(),
    day: z.literal(true).optional(),
    deviation: z.number().int().nonnegative().max(100_000),
  })
  .refine(({ sl, sl_price }) => (sl === undefined) !== (sl_price === undefined), 'needs one of sl and sl_price')
  .refine(({ tp, tp_price }) => (tp === undefined) !== (tp_price === undefined), 'needs one of tp and tp_price')
  .refine(({ action, price: at }) => (at !== undefined) === action.includes('_'), 'needs a price if it is pending')
  .refine(({ action, until, until_utc, day }) => {
    const expiries = [until, until_utc, day].filter((each) => each !== undefined).length;
    return expiries <= (action.includes('_') ? 1 : 0);
  }, 'may have one expiry if it is pending, and none if it is not')
  .refine(
    ({ action, limit_price }) => (limit_price !== undefined) === action.endsWith('stop_limit'),
    'needs a limit_price if it is a stop-limit',
  );

/** New stops of a position, or price and stops of a pending order. 0 removes a stop. Ages like an entry. */
const modifySchema = z
  .strictObject({
    type: z.literal('modify'),
    ...aging,
    position: ticket.optional(),
    order: ticket.optional(),
    sl_price: stopPrice,
    tp_price: stopPrice,
    price: price.optional(),
    limit_price: price.optional(),
    until: z.number().int().nonnegative().optional(),
  })
  .refine(
    ({ position, order }) => (position === undefined) !== (order === undefined),
    'needs one of position and order',
  );

/** Closes a position, or `lot` of it. A close has no age limit. */
const closeSchema = z.strictObject({
  type: z.literal('close'),
  ...once,
  position: ticket,
  lot: lots.optional(),
  deviation: z.number().int().nonnegative().max(100_000),
});

/** Closes a position by an opposite one of the same symbol, on hedging accounts. */
const closeBySchema = z.strictObject({ type: z.literal('close_by'), ...once, position: ticket, by: ticket });

/** Deletes a pending order. */
const cancelSchema = z.strictObject({ type: z.literal('cancel'), ...once, order: ticket });

/** Closes all positions of the EA's own magic number, or all of the account; of one symbol where it is named. */
const closeAllSchema = z.strictObject({
  type: z.literal('close_all'),
  ...once,
  whose: z.enum(['own', 'all']),
  symbol: symbol.optional(),
  /** Whether pending orders are deleted too. */
  orders: z.boolean(),
  deviation: z.number().int().nonnegative().max(100_000),
});

/**
 * N8: what became of these IDs, and what happened since. Each one that was never seen is refused from then on. The EA can
 * say `never_seen` only of an ID of a session that its store has recorded: `session` is that in which it was sent, null
 * where the desk does not know it.
 */
const reconcileSchema = z.strictObject({
  type: z.literal('reconcile'),
  ...inSession,
  n: z.number().int().positive(),
  since: epochMs,
  orders: z.array(z.strictObject({ signal_id: signalId, session: session.nullable(), sent_at: epochMs })).max(500),
});

/** N7: symbols whose ticks are sent, in place of those before. */
const subscribeSchema = z.strictObject({
  type: z.literal('subscribe'),
  ...inSession,
  symbols: z.array(symbol).max(100),
});

/** N9: while on, entries are refused; a person's closes pass. It outlives both programs. */
const closeOnlySchema = z.strictObject({ type: z.literal('close_only'), ...inSession, on: z.boolean() });

export const command8Schema = z.discriminatedUnion('type', [
  welcomeSchema,
  pingSchema,
  entrySchema,
  modifySchema,
  closeSchema,
  closeBySchema,
  cancelSchema,
  closeAllSchema,
  reconcileSchema,
  subscribeSchema,
  closeOnlySchema,
]);
export type Command8 = z.infer<typeof command8Schema>;
