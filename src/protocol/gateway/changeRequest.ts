import { z } from 'zod';
import { isLongSignalId, isSignalId } from '../../domain/signalId.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { ChangeAction } from '../../domain/tradeTerms.ts';
import { askedText, type EngineSignal, idsOf, type ShortenId } from './engineRequest.ts';
import { firstProblem } from './firstProblem.ts';
import { type Fields, type Read, readTime } from './requestFields.ts';

// Requests of engines to close, change or cancel what is open: `close`, `modify`, `cancel`. Stops and prices are prices.

/** A change as an engine asks for it. Null: not stated, so that it stays as it is. */
export type WantedChange =
  | { of: 'close'; position: string; lot: number | null; by: string | null }
  | { of: 'stops'; position: string; sl: number | null; tp: number | null }
  | ({ of: 'pending'; order: string; sl: number | null; tp: number | null } & WantedEntry)
  | { of: 'cancel'; order: string };

interface WantedEntry {
  price: number | null;
  limitPrice: number | null;
  /** Epoch s of the broker's clock; 0: until cancelled. */
  until: number | null;
}

/** A change as an engine asks for it, with its IDs and time. */
export interface ChangeAsked {
  signalId: string;
  /** As of a signal: the engine's own ID where it is too long for MT5. */
  longId: string | null;
  /** Null: the only bridge there is. */
  bridge: string | null;
  /** Name of the account that the engine took the number from; null: not stated. */
  account: string | null;
  /** When it was sent, epoch ms; null: not stated. */
  sentAt: number | null;
  wanted: WantedChange;
}

/** The change that it comes to, by what the EA lists. */
export interface EngineChange extends ChangeAsked {
  action: ChangeAction;
  symbol: string;
  /** Name of the account on which it was found. */
  foundOn: string;
  change: StoredChange;
  note: null;
}

const signalId = z
  .string('must be text')
  .refine((id) => isSignalId(id) || isLongSignalId(id), 'must be 1 to 128 letters, digits or _ . -');

const ticketRule = 'must be its number, as text of digits';

/** A number above 2^53 is not exact in JSON as JavaScript reads it. */
export const ticket = z
  .union([z.string(), z.int(ticketRule)], ticketRule)
  .transform(String)
  .refine((text) => /^[1-9]\d{0,19}$/.test(text), ticketRule);

const price = z.number('must be a price, 0 for none').min(0, 'must be a price, 0 for none').max(1e12, 'is too large');
const level = z.number('must be a price above 0').positive('must be a price above 0').max(1e12, 'is too large');

const timeRule = 'must be Unix time in seconds or milliseconds, or a date with its zone';

/** Epoch ms. */
export const time = z
  .union([z.string(), z.number()], timeRule)
  .transform(readTime)
  .refine((at) => at !== null, timeRule);

/** Fields of every request of an engine. */
export const common = {
  type: z.string(),
  engine: z.string(),
  token: z.string(),
  bridge: z.string('must be the ID of a bridge').min(1, 'must be the ID of a bridge').max(40, 'is too long').nullish(),
  account: z.string('must be the name of an account').min(1, 'must be the name of an account').max(200).nullish(),
  sent_at: time.optional(),
} as const;

const changing = { ...common, signal_id: signalId } as const;
const stops = { sl_price: price.optional(), tp_price: price.optional() } as const;

const schemas = {
  close: z.strictObject({
    ...changing,
    position: ticket,
    lot: z.number('must be a number of lots above 0').positive('must be a number of lots above 0').max(1e6).optional(),
    by: ticket.optional(),
  }),
  modify: z.strictObject({
    ...changing,
    ...stops,
    position: ticket.optional(),
    order: ticket.optional(),
    price: level.optional(),
    limit_price: level.optional(),
    until: z
      .int("must be a time of the broker's clock in Unix seconds, 0 for none")
      .min(0, "must be a time of the broker's clock in Unix seconds, 0 for none")
      .optional(),
  }),
  cancel: z.strictObject({ ...changing, order: ticket }),
} as const;

export type ChangeType = keyof typeof schemas;

/** Reads a request of one of these types. Every field is known, or it is refused: a stop must not be lost by a typing error. */
export function readChange(type: ChangeType, fields: Fields, shorten: ShortenId): Read<ChangeAsked> {
  const read = schemas[type].safeParse(fields);
  if (!read.success) return firstProblem(read.error, type, fields);
  const { data } = read;
  const wanted = wantedIn(type, data);
  if ('problem' in wanted) return wanted;
  const { bridge = null, account = null, sent_at: sentAt = null } = data;
  const ids = idsOf(data.signal_id, shorten) ?? { signalId: data.signal_id, longId: null };
  return { ok: true, value: { ...ids, bridge, account, sentAt, wanted } };
}

type Data = z.infer<(typeof schemas)[ChangeType]>;
type Problem = Extract<Read<never>, { ok: false }>;

function wantedIn(type: ChangeType, data: Data): WantedChange | Problem {
  switch (type) {
    case 'close':
      return closeIn(data as z.infer<typeof schemas.close>);
    case 'modify':
      return modifyIn(data);
    case 'cancel':
      return { of: 'cancel', order: (data as z.infer<typeof schemas.cancel>).order };
  }
}

function closeIn({ position, ...more }: z.infer<typeof schemas.close>): WantedChange | Problem {
  const [lot, by] = [more.lot ?? null, more.by ?? null];
  return by !== null && lot !== null
    ? problem('lot', 'invalid_lot', 'can\'t be said together with "by".')
    : { of: 'close', position, lot, by };
}

function modifyIn(data: z.infer<typeof schemas.modify>): WantedChange | Problem {
  const { position, order, price: at = null, limit_price: limitPrice = null, until = null } = data;
  const { sl_price: sl = null, tp_price: tp = null } = data;
  if ((position === undefined) === (order === undefined)) {
    return problem('position', 'invalid_request', 'or "order" must be said, and not both.');
  }
  const entry = { price: at, limitPrice, until };
  const isEntry = Object.values(entry).some((value) => value !== null);
  if (sl === null && tp === null && !isEntry) {
    return problem('sl_price', 'invalid_request', 'is missing, and so is everything else that could be changed.');
  }
  if (order !== undefined) return { of: 'pending', order, sl, tp, ...entry };
  if (!isEntry) return { of: 'stops', position: position ?? '', sl, tp };
  const field = Object.entries({ price: at, limit_price: limitPrice, until }).find(([, value]) => value !== null)?.[0];
  return problem(field ?? 'price', 'invalid_request', 'is of a pending order, and this is a position.');
}

function problem(field: string, code: 'invalid_request' | 'invalid_lot', what: string): Problem {
  return { ok: false, problem: { code, field, reason: `"${field}" ${what}` } };
}

/** Canonical text of a request: two that ask for the same have the same text. */
export function askedOf(asked: EngineSignal | ChangeAsked): string {
  return 'wanted' in asked ? askedChange(asked) : askedText(asked);
}

function askedChange({ wanted, account }: ChangeAsked): string {
  const of = account === null ? [] : [`of account ${account}`];
  switch (wanted.of) {
    case 'close': {
      const { position, lot, by } = wanted;
      const what = by === null ? (lot === null ? [] : [`${String(lot)} lots`]) : [`by ${by}`];
      return [`close position ${position}`, ...what, ...of].join(', ');
    }
    case 'stops':
      return [`modify position ${wanted.position}`, ...stopsAsked(wanted), ...of].join(', ');
    case 'pending': {
      const { order, price: at, limitPrice, until } = wanted;
      const entry = [...said('price', at), ...said('limit', limitPrice), ...said('until', until)];
      return [`modify pending order ${order}`, ...entry, ...stopsAsked(wanted), ...of].join(', ');
    }
    case 'cancel':
      return [`cancel pending order ${wanted.order}`, ...of].join(', ');
  }
}

function stopsAsked({ sl, tp }: { sl: number | null; tp: number | null }): string[] {
  return [...said('stop loss', sl), ...said('take profit', tp)];
}

function said(name: string, value: number | null): string[] {
  return value === null ? [] : [`${name} ${String(value)}`];
}
