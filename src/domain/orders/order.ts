import type { Refusal } from './refusal.ts';
import type { Quote } from '../market/quote.ts';
import type { SignalAction, StopUnit } from '../tradeTerms.ts';

// An order as it crosses the contract, and what became of it.

/** What slippage is measured from. */
export type OrderQuote = Pick<Quote, 'bid' | 'ask' | 'point'>;

/** The doors by which a person comes. */
export type PersonSource = 'ticket' | 'command line';

/** An engine that fired through the gateway, or a signal feed whose signal a person took up. */
export type EngineSource = `engine ${string}` | `feed ${string}`;

export type OrderSource = PersonSource | EngineSource;

export function isEngineSource(source: OrderSource): source is EngineSource {
  return source.startsWith('engine ') || source.startsWith('feed ');
}

export interface Order {
  /** Unique within its bridge, in order of firing. `signalId` isn't: a refused duplicate shares it. */
  number: number;
  bridge: string;
  /** uuid, else login@server (R4); null while the EA has named neither. */
  account: string | null;
  signalId: string;
  /** The engine's own ID where it was too long for an order comment (W4) and `signalId` stands for it; else null. */
  longId: string | null;
  source: OrderSource;
  /** What an engine asked for, before units and lots were worked out; null for a person's order. */
  asked: string | null;
  /** The person who took up an engine's signal; null where it fired by itself. */
  approvedBy: PersonSource | null;
  action: SignalAction;
  symbol: string;
  lot: number;
  /** Lots that the EA reports as traded; null while it has told none. */
  tradedLot: number | null;
  /** In `stopUnit`; 0 is none. */
  sl: number;
  tp: number;
  stopUnit: StopUnit | null;
  state: OrderState;
  at: number;
  /** The trading day in which it was fired, `YYYY-MM-DD` by the bridge's setting then. */
  day: string;
  /** The last quote of its symbol when it was fired; null when there was none, or one too old to be a price. */
  quote: OrderQuote | null;
  refusal: Refusal | null;
  doubt: UnknownReason | null;
  /** Text of digits: see `ticketPattern`. */
  ticket: string | null;
  price: number | null;
  /** Filled, but without ticket or price from the EA. */
  unverified: boolean;
  /** Rejected by what proves nothing: MT5's bare error 4756, or an unread error with no new position after it. */
  assumed: boolean;
  /** What the EA said, in its own words. */
  message: string | null;
  /** Sent → first feedback, in ms. */
  roundTripMs: number | null;
  /** Null until something has become of it, and for orders of an earlier start or version. */
  timing: OrderTiming | null;
  /** Feedback came after the order was `unknown`. */
  late: boolean;
  /** Further feedback for the same order: the same again, or contradicting the first. */
  repeats: number;
  contradicted: boolean;
  /** A close that the EA reports as done, in its words; it is filled when telemetry agrees. */
  closeReported: string | null;
  /** A person settled it by hand, after looking in MT5. */
  settledBy: Settlement | null;
  /** What a frame too broken to be read said of it (W13), at most 512 characters. */
  brokenFeedback: string | null;
  /** What could not be checked before it left, because neither the EA nor a setting tells it. */
  unchecked: readonly Unchecked[];
}

/** Whether nobody knows yet what became of it: it counts as open, and a person has to be able to settle it. */
export function isUnsettled({ state }: Pick<Order, 'state'>): boolean {
  return state === 'sent' || state === 'unknown';
}

/** Whether the EA reports other lots than were asked for. */
export function tradedDiffers({ lot, tradedLot }: Pick<Order, 'lot' | 'tradedLot'>): boolean {
  return tradedLot !== null && Math.abs(tradedLot - lot) > 1e-9;
}

/** `point`: no quote shows the symbol's point. `margin_after`: the margin that the order needs is not known. */
export type Unchecked = 'point' | 'margin_after';

/** How a person settled an order that was unknown. */
export interface Settlement {
  by: PersonSource;
  at: number;
  note: string;
}

/** One thing that happened to an order. */
export type TimelineEntry = {
  /** Number in the journal. */
  seq: number;
  at: number;
} & (
  | { type: 'order'; order: Order; frame: string | null }
  | { type: 'feedback'; history: boolean; frame: string }
  | { type: 'broken_feedback'; reason: string; frame: string }
);

/**
 * ARCHITECTURE rule 2. `sent` holds from the journal's commit; `unknown` can still become filled or rejected by
 * late feedback. A rejection that nothing proves can become `unknown` again. The others are final.
 */
export const orderStates = ['refused', 'sent', 'filled', 'rejected', 'unknown'] as const;

export type OrderState = (typeof orderStates)[number];

/** Why an order is `unknown`. */
export type UnknownReason =
  | 'no_feedback'
  | 'connection_lost'
  | 'ea_timeout'
  | 'unclear_status'
  /** The EA reports success, and names neither ticket nor price. */
  | 'unverified'
  | 'restart'
  | 'positions_remain'
  | 'positions_untold';

/** How long an order may go without feedback before it is `unknown`, in ms. */
export const feedbackTimeoutMs = 10_000;

/**
 * How long the steps of an order took, each in ms from when it was fired, by the clock that never goes back. Null: it was
 * not seen.
 */
export interface OrderTiming {
  /** The order was safe in the journal: from here on it may leave. */
  durableMs: number;
  /** The socket had taken its bytes. */
  handedMs: number | null;
  /** The EA's first feedback was there. */
  feedbackMs: number | null;
}
