import type { Refusal } from './refusal.ts';
import type { Quote } from '../market/quote.ts';
import type { OrderAction, StopUnit } from '../tradeTerms.ts';
import type { StoredChange } from './orderChange.ts';
import type { EntryDeal, PendingEntry } from './pendingEntry.ts';

// An order as it crosses the contract, with its state and outcome.

/** The quote that slippage is measured from. */
export type OrderQuote = Pick<Quote, 'bid' | 'ask' | 'point'>;

/** Sources of a person's orders. */
export type PersonSource = 'ticket' | 'command line';

/** An engine that fired through the gateway, or a feed whose signal a person fired. */
export type EngineSource = `engine ${string}` | `feed ${string}`;

/** The desk itself, by a rule of the account. */
export type DeskSource = 'protector';

export type OrderSource = PersonSource | EngineSource | DeskSource;

export function isEngineSource(source: OrderSource): source is EngineSource {
  return source.startsWith('engine ') || source.startsWith('feed ');
}

export interface Order {
  /** Unique within its bridge, in order of firing. `signalId` isn't: a refused duplicate shares it. */
  number: number;
  bridge: string;
  /** uuid, else login@server (R4); null: the EA has named neither yet. */
  account: string | null;
  signalId: string;
  /** The engine's own ID when it is too long for an order comment (W4), so that `signalId` stands for it; else null. */
  longId: string | null;
  source: OrderSource;
  /** An engine's request before units and lots were computed, as text; null for a person's order. */
  asked: string | null;
  /** Where a person approved an engine's signal; null: it fired by itself. */
  approvedBy: PersonSource | null;
  action: OrderAction;
  /** Null, or left out by earlier versions: no change of a position or pending order. */
  change?: StoredChange | null;
  /** Of a buy or sell that waits for its price; null, or left out by earlier versions: at the market. */
  entry?: PendingEntry | null;
  /** Deals that filled a pending order so far; left out: none. */
  deals?: readonly EntryDeal[];
  symbol: string;
  /** Of a close of one position: the lots to be closed; of other changes: those of what is changed. */
  lot: number;
  /** Lots that the EA reports as traded; null: none reported. */
  tradedLot: number | null;
  /** In `stopUnit`; 0 is none. */
  sl: number;
  tp: number;
  stopUnit: StopUnit | null;
  state: OrderState;
  at: number;
  /** The trading day in which it was fired, `YYYY-MM-DD` by the bridge's setting then. */
  day: string;
  /** The last quote of its symbol when it was fired; null: there was none, or it was older than `staleQuoteMs`. */
  quote: OrderQuote | null;
  refusal: Refusal | null;
  doubt: UnknownReason | null;
  /** Text of digits: see `ticketPattern`. */
  ticket: string | null;
  price: number | null;
  /** Filled, but without ticket or price from the EA. */
  unverified: boolean;
  /** Rejected without proof: MT5's bare error 4756, or an error that nobody knows with no new position after it. */
  assumed: boolean;
  /** The EA's message, unchanged. */
  message: string | null;
  /** Sent → first feedback, in ms. */
  roundTripMs: number | null;
  /** Null: no outcome yet, or an order of an earlier start or version. */
  timing: OrderTiming | null;
  /** Feedback came after the order was `unknown`. */
  late: boolean;
  /** Number of further results for the order, repeating or contradicting the first. */
  repeats: number;
  contradicted: boolean;
  /** The EA's message when it reports a close as done; the order is filled when telemetry agrees. */
  closeReported: string | null;
  /** Session of protocol 8 in which it was sent; null, or left out by earlier versions: of a documented EA. */
  session?: string | null;
  /** How a person settled it after looking in MT5; null: not settled by hand. */
  settledBy: Settlement | null;
  /** Text of an unreadable frame that names the order (W13), at most 512 characters. */
  brokenFeedback: string | null;
  /** Checks that were impossible before it was sent: neither the EA nor a setting has the figure. */
  unchecked: readonly Unchecked[];
}

/** Whether the order's outcome is open: it counts as an open trade, and a person can settle it. */
export function isUnsettled({ state }: Pick<Order, 'state'>): boolean {
  return state === 'sent' || state === 'unknown';
}

/** Whether a pending order waits at the broker: it may be filled at any time. */
export function isPlaced({ state }: Pick<Order, 'state'>): boolean {
  return state === 'placed';
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

/** An event of an order. */
export type TimelineEntry = {
  /** Sequence number in the journal. */
  seq: number;
  at: number;
} & (
  | { type: 'order'; order: Order; frame: string | null }
  | { type: 'feedback'; history: boolean; frame: string }
  | { type: 'broken_feedback'; reason: string; frame: string }
);

/**
 * ARCHITECTURE rule 2. `sent` holds from the journal's commit; `unknown` can still become filled or rejected by
 * late feedback. An unproved rejection can become `unknown` again. `placed`: a pending order that waits at the broker, until a
 * deal fills it or it is gone without one, which is `cancelled`. The others are final.
 */
const orderStates = ['refused', 'sent', 'placed', 'filled', 'cancelled', 'rejected', 'unknown'] as const;

export type OrderState = (typeof orderStates)[number];

/** States as lists show and filter them: the journal keeps a signal that a person dismissed as refused. */
export const shownStates = [...orderStates, 'dismissed'] as const;
export type ShownState = (typeof shownStates)[number];

export function shownState({ state, refusal }: Pick<Order, 'state' | 'refusal'>): ShownState {
  return state === 'refused' && refusal?.code === 'dismissed' ? 'dismissed' : state;
}

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
 * Times of an order's steps, each in ms since it was fired, by the monotonic clock. Null: the step was not seen.
 */
export interface OrderTiming {
  /** The order was committed to the journal; only then may it be sent. */
  durableMs: number;
  /** The socket had taken its bytes. */
  handedMs: number | null;
  /** The EA's first feedback was there. */
  feedbackMs: number | null;
}
