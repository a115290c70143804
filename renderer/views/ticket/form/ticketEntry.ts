import type { BridgeState } from '../../../../src/api/state/state.ts';
import { checkPending } from '../../../../src/domain/orders/pendingCheck.ts';
import {
  type Expiry,
  expiryWords,
  type PendingEntry,
  quoteAtEntry,
} from '../../../../src/domain/orders/pendingEntry.ts';
import type { RefusalCode } from '../../../../src/domain/orders/refusal.ts';
import { brokerSymbol } from '../../../../src/domain/market/symbolTable.ts';
import type { FireRequest } from '../../../../src/api/contract.ts';
import { instrumentOf, type Market } from '../../../shared/symbolContext.ts';
import type { TicketErrors } from './ticketErrors.ts';
import { formatPrice } from '../../../format.ts';

/** How an order is entered: at the market, or as a pending order. */
export const ticketEntries = ['market', 'limit', 'stop', 'stop_limit'] as const;
export const ticketExpiries = ['gtc', 'day', 'time'] as const;

/** The typed texts of a pending order. */
export interface EntryFields {
  kind: (typeof ticketEntries)[number];
  price: string;
  limit: string;
  expiry: (typeof ticketExpiries)[number];
  /** Date and time of the window's zone, as an input writes it. */
  until: string;
}

export const atMarket: EntryFields = { kind: 'market', price: '', limit: '', expiry: 'gtc', until: '' };

/** The pending order that is typed, null at the market, or an error for each wrong field. */
export function readEntry(fields: EntryFields): { entry: PendingEntry | null } | { errors: TicketErrors } {
  const { kind } = fields;
  if (kind === 'market') return { entry: null };
  const errors: TicketErrors = {};
  const price = readPrice(fields.price);
  const limitPrice = kind === 'stop_limit' ? readPrice(fields.limit) : null;
  if (price === null) errors.price = priceProblem('Price', fields.price);
  if (kind === 'stop_limit' && limitPrice === null) errors.limit = priceProblem('Limit price', fields.limit);
  const until = readExpiry(fields);
  if (until === null) errors.until = 'Type the date and time until which it waits.';
  if (price === null || until === null || Object.keys(errors).length > 0) return { errors };
  return { entry: { kind, price, limitPrice, until } };
}

function readPrice(text: string): number | null {
  return /^\d{1,12}(\.\d{1,8})?$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null;
}

function priceProblem(name: string, text: string): string {
  return text.includes(',') ? `${name}: write the decimals after a point, not a comma.` : `${name}: type a price.`;
}

function readExpiry({ expiry, until }: EntryFields): Expiry | null {
  if (expiry !== 'time') return expiry;
  const at = new Date(until).getTime();
  return Number.isNaN(at) ? null : at;
}

/** The market as a pending order meets it: its symbol stands at the price at which it opens. */
export function marketAt(market: Market, symbol: string, entry: PendingEntry | null): Market {
  if (entry === null) return market;
  const quotes = market.quotes.map((quote) =>
    quote.symbol === symbol ? (quoteAtEntry(quote, entry) ?? quote) : quote,
  );
  return { ...market, quotes };
}

const fieldsOf: Partial<Record<RefusalCode, keyof TicketErrors>> = {
  invalid_price: 'price',
  invalid_limit_price: 'limit',
  invalid_until: 'until',
  invalid_sl: 'sl',
  invalid_tp: 'tp',
};

/** Why the desk would refuse a pending order now; null: nothing is wrong with it. */
export function entryErrors(
  { action, symbol: name, sl, tp, entry }: Pick<FireRequest, 'action' | 'symbol' | 'sl' | 'tp' | 'entry'>,
  bridge: BridgeState,
  { quotes, now }: Market,
): TicketErrors | null {
  if (entry === undefined) return null;
  const symbol = brokerSymbol(bridge, name);
  const { spec, quote } = instrumentOf(bridge, quotes, symbol);
  const side = action === 'sell' ? 'sell' : 'buy';
  const facts = { stopUnit: bridge.stopUnit, spec, quote, now, takesPending: bridge.speaks8 };
  const refusal = checkPending({ side, symbol, entry, sl, tp }, facts);
  return refusal === null ? null : { [fieldsOf[refusal.code] ?? 'press']: `${refusal.reason} ${refusal.nextStep}` };
}

export const entryNames: Record<EntryFields['kind'], string> = {
  market: 'Market',
  limit: 'Limit',
  stop: 'Stop',
  stop_limit: 'Stop-limit',
};

/** What a button sends, after its side: " limit 2,300.00"; empty at the market. */
export function buttonWords(fields: EntryFields, digits: number): { kind: string; price: string } | null {
  const { kind } = fields;
  if (kind === 'market') return null;
  const [price, limit] = [readPrice(fields.price), kind === 'stop_limit' ? readPrice(fields.limit) : null];
  const said = [price, limit].filter((each) => each !== null).map((each) => exactPrice(each, digits));
  return { kind: entryNames[kind].toLowerCase(), price: said.join(' / ') };
}

/** A price as it is sent: with more decimals than the symbol has, it is not rounded. */
export function exactPrice(price: number, digits: number): string {
  const typed = String(price).split('.')[1]?.length ?? 0;
  return formatPrice(price, Math.max(digits, typed));
}

/** A time with its zone, by the window's clock. */
function zoned(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
    .format(ms)
    .concat(` ${zoneAt(ms)}`);
}

/** The window's zone at a time, as "UTC+01:00". */
export function zoneAt(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const part = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `UTC${minutes < 0 ? '-' : '+'}${part(Math.abs(minutes) / 60)}:${part(Math.abs(minutes) % 60)}`;
}

export function untilWords(until: Expiry): string {
  return expiryWords(until, zoned);
}

/** One tick up or down, on the symbol's grid. @param from where an empty field begins; null: nowhere */
export function stepPrice(text: string, tick: number, digits: number, steps: number, from: number | null): string {
  const typed = readPrice(text);
  const start = typed ?? from;
  if (start === null) return text;
  if (typed === null) return start.toFixed(digits);
  const ticks = start / tick;
  const next = steps > 0 ? Math.floor(ticks + 1e-6) + steps : Math.ceil(ticks - 1e-6) + steps;
  return Math.max(tick, next * tick).toFixed(digits);
}
