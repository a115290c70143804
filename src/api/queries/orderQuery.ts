import { z } from 'zod';
import { compareTickets } from '../../domain/orders/ticket.ts';
import { type Order, shownState, shownStates } from '../../domain/orders/order.ts';

// Queries for orders of the whole journal.

export const orderSortKeys = [
  'number',
  'signalId',
  'action',
  'symbol',
  'lot',
  'sl',
  'tp',
  'state',
  'ticket',
  'price',
  'roundTripMs',
] as const;
export type OrderSortKey = (typeof orderSortKeys)[number];

/** Conditions on an order besides the days in which it was fired. Null or empty: no condition. */
export const orderMatchSchema = z.object({
  /** Empty: of any state. */
  states: z.array(z.enum(shownStates)).max(shownStates.length),
  symbol: z.string().max(200).nullable(),
  source: z.string().max(200).nullable(),
  /** A part of the signal ID, ignoring case, or the beginning of the ticket. */
  text: z.string().trim().max(64),
});
export type OrderMatch = z.infer<typeof orderMatchSchema>;

const orderSortSchema = z.object({ by: z.enum(orderSortKeys), down: z.boolean() });
/** Orders without the key come last in both directions; equal ones are sorted by number. */
export type OrderSort = z.infer<typeof orderSortSchema>;

export const orderPageSchema = z.object({
  sort: orderSortSchema,
  /** The highest order number that counts, so that later orders don't move the rows; null: as of now. */
  upTo: z.number().int().min(0).nullable(),
  offset: z.number().int().min(0),
  limit: z.number().int().min(0).max(1_000),
});

export interface OrdersPage {
  /** To be passed with queries for further pages. */
  upTo: number;
  /** Number of orders on all pages. */
  total: number;
  rows: Order[];
  /** Values that the filters can take; null when `upTo` was given. */
  choices: { symbols: string[]; sources: string[] } | null;
  /** 0 to 1: part of the journal that is indexed. Below 1, after an update of the app, only unfiltered queries by number work. */
  ready: number;
}

export const newestFirst: OrderSort = { by: 'number', down: true };
export const anyOrder: OrderMatch = { states: [], symbol: null, source: null, text: '' };

export function matchesAny({ states, symbol, source, text }: OrderMatch): boolean {
  return states.length === 0 && symbol === null && source === null && text === '';
}

/** Whether an order meets the conditions; the journal on disk applies the same rules in SQL. */
export function matchesOrder(order: Order, { states, symbol, source, text }: OrderMatch): boolean {
  return (
    (states.length === 0 || states.includes(shownState(order))) &&
    (symbol === null || order.symbol === symbol) &&
    (source === null || order.source === source) &&
    (text === '' || lowerAscii(order.signalId).includes(lowerAscii(text)) || (order.ticket?.startsWith(text) ?? false))
  );
}

export function compareOrders(one: Order, other: Order, { by, down }: OrderSort): number {
  const [a, b] = by === 'state' ? [shownState(one), shownState(other)] : [one[by], other[by]];
  if (a !== b) {
    if (a === null) return 1;
    if (b === null) return -1;
    const order = by === 'ticket' ? compareTickets(String(a), String(b)) : a < b ? -1 : 1;
    if (order !== 0) return order * (down ? -1 : 1);
  }
  return (one.number - other.number) * (down ? -1 : 1);
}

/** Lower case of A to Z only, as SQLite's lower(). */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
