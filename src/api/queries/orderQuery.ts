import { z } from 'zod';
import { compareTickets } from '../../domain/orders/ticket.ts';
import { type Order, orderStates } from '../../domain/orders/order.ts';

// Finding orders among all that the journal has.

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

/** What must hold of an order beside the days in which it was fired. Null, or nothing in it, leaves a part out. */
export const orderMatchSchema = z.object({
  /** Empty: of any state. */
  states: z.array(z.enum(orderStates)).max(orderStates.length),
  symbol: z.string().max(200).nullable(),
  source: z.string().max(200).nullable(),
  /** A part of the signal ID in whatever case, or how the ticket begins. */
  text: z.string().trim().max(64),
});
export type OrderMatch = z.infer<typeof orderMatchSchema>;

const orderSortSchema = z.object({ by: z.enum(orderSortKeys), down: z.boolean() });
/** What the key says of none comes last, either way; the same again goes by number. */
export type OrderSort = z.infer<typeof orderSortSchema>;

export const orderPageSchema = z.object({
  sort: orderSortSchema,
  /** The highest order number that counts, so that later orders don't move the rows; null: as of now. */
  upTo: z.number().int().min(0).nullable(),
  offset: z.number().int().min(0),
  limit: z.number().int().min(0).max(1_000),
});

export interface OrdersPage {
  /** To be asked with for further pages. */
  upTo: number;
  /** Of all pages together. */
  total: number;
  rows: Order[];
  /** What the filters can be set to; null where `upTo` was given. */
  choices: { symbols: string[]; sources: string[] } | null;
  /** Below 1 for a while after an update of the app: until then only the newest first and unfiltered is answered. */
  ready: number;
}

export const newestFirst: OrderSort = { by: 'number', down: true };
export const anyOrder: OrderMatch = { states: [], symbol: null, source: null, text: '' };

export function matchesAny({ states, symbol, source, text }: OrderMatch): boolean {
  return states.length === 0 && symbol === null && source === null && text === '';
}

/** As the journal on disk finds them, too. */
export function matchesOrder(order: Order, { states, symbol, source, text }: OrderMatch): boolean {
  return (
    (states.length === 0 || states.includes(order.state)) &&
    (symbol === null || order.symbol === symbol) &&
    (source === null || order.source === source) &&
    (text === '' || lowerAscii(order.signalId).includes(lowerAscii(text)) || (order.ticket?.startsWith(text) ?? false))
  );
}

export function compareOrders(one: Order, other: Order, { by, down }: OrderSort): number {
  const [a, b] = [one[by], other[by]];
  if (a !== b) {
    if (a === null) return 1;
    if (b === null) return -1;
    const order = by === 'ticket' ? compareTickets(String(a), String(b)) : a < b ? -1 : 1;
    if (order !== 0) return order * (down ? -1 : 1);
  }
  return (one.number - other.number) * (down ? -1 : 1);
}

/** SQLite's lower() knows no other letters. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
