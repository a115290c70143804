import type { FireRequest } from '../../api/contract.ts';
import {
  type DeskSource,
  isEngineSource,
  type Order,
  type OrderQuote,
  type OrderSource,
  type PersonSource,
} from '../../domain/orders/order.ts';
import { generateSignalId, signalIdRandomBytes } from '../../domain/signalId.ts';
import { movesEntry } from '../../domain/orders/orderChange.ts';
import { isEntry, type StopUnit } from '../../domain/tradeTerms.ts';
import type { Platform } from '../records/platform.ts';

/** Facts of the bridge that are stored in a new order. */
export interface OrderSurroundings {
  bridge: string;
  accountKey: () => string | null;
  /** The current quote; null: none that is a price. */
  quote: (symbol: string) => OrderQuote | null;
  tradingDay: (at: number) => string;
}

/** Sender and request of an order. */
export interface OrderOrigin {
  source: OrderSource;
  /** The engine's request in its own units. */
  asked: string | null;
  /** The person who approved an engine's signal. */
  approvedBy: PersonSource | null;
  /** The engine's own ID where a short one replaces it. */
  longId: string | null;
}

/** Origin of a person's order, or of one that the desk sends by a rule. */
export function byPerson(source: PersonSource | DeskSource): OrderOrigin {
  return { source, asked: null, approvedBy: null, longId: null };
}

/** Whether an engine fires by itself, without a person. */
function isUnattended({ source, approvedBy }: Pick<Order, 'source' | 'approvedBy'>): boolean {
  return isEngineSource(source) && approvedBy === null;
}

/**
 * Whether guards apply: a person's close, and new stops, go out at any time; a trade, a new price of a pending order, and
 * what a program does, only while trading is allowed.
 */
export function isGuarded(order: Pick<Order, 'action' | 'source' | 'approvedBy' | 'change'>): boolean {
  const { action, change = null } = order;
  return isEntry(action) || (change !== null && movesEntry(change)) || isUnattended(order);
}

/** A new order before any outcome. */
export function newOrder(
  {
    action,
    symbol,
    lot,
    sl,
    tp,
    signalId,
    entry,
  }: Pick<FireRequest, 'action' | 'symbol' | 'lot' | 'sl' | 'tp' | 'signalId' | 'entry'>,
  { source, asked, approvedBy, longId }: OrderOrigin,
  number: number,
  stopUnit: StopUnit | null,
  { clock, random }: Pick<Platform, 'clock' | 'random'>,
  { bridge, accountKey, quote, tradingDay }: OrderSurroundings,
): Order {
  const at = clock.now();
  return {
    number,
    bridge,
    account: accountKey(),
    signalId: signalId === '' ? generateSignalId(symbol, random(signalIdRandomBytes)) : signalId,
    longId,
    source,
    asked,
    approvedBy,
    action,
    change: null,
    ...(entry === undefined ? {} : { entry }),
    symbol,
    lot,
    tradedLot: null,
    sl,
    tp,
    stopUnit,
    state: 'sent',
    at,
    day: tradingDay(at),
    quote: orderQuote(quote(symbol)),
    refusal: null,
    doubt: null,
    ticket: null,
    price: null,
    unverified: false,
    assumed: false,
    message: null,
    roundTripMs: null,
    timing: null,
    late: false,
    repeats: 0,
    contradicted: false,
    closeReported: null,
    settledBy: null,
    brokenFeedback: null,
    unchecked: [],
  };
}

/** The quote as it is stored in the order. */
function orderQuote(quote: OrderQuote | null): OrderQuote | null {
  return quote === null ? null : { bid: quote.bid, ask: quote.ask, point: quote.point };
}
