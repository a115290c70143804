import type { XpReason } from '../../domain/xp.ts';
import type { UnknownReason } from '../../domain/orders/order.ts';

// Statistics, experience points and exports as JSON of the contract. Definitions: docs/statistics.md.

/** Days are trading days, `YYYY-MM-DD`, both included; null leaves a filter out. */
export interface StatisticsFilter {
  account: string | null;
  source: string | null;
  symbol: string | null;
  from: string | null;
  to: string | null;
}

/** Above 0 is worse for the trader. */
export interface Spread {
  count: number;
  mean: number;
  min: number;
  max: number;
}

export interface OrderFigures {
  orders: number;
  sent: number;
  filled: number;
  rejected: number;
  /** Without those that a person dismissed. */
  refused: number;
  /** Signals that a person dismissed. */
  dismissed: number;
  unknown: number;
  /** Filled ÷ (filled + rejected + unknown), 0 to 1; null when there is none of them. */
  fillRate: number | null;
  /** Reasons of the orders that are still unknown. */
  doubts: { doubt: UnknownReason; count: number }[];
  /** Orders that were unknown until the EA's late result, or until a person settled them. */
  settledLate: { filled: number; rejected: number };
  settledByHand: { filled: number; rejected: number };
  /** Results that came again for orders that had one. */
  repeats: number;
  contradicted: number;
  /** In ms, off by at most 4 %. */
  roundTrip: { count: number; p50: number; p95: number } | null;
  slippagePoints: Spread | null;
  /** In the symbol's price; null for several symbols. */
  slippagePrice: Spread | null;
}

export interface FiguresOf {
  name: string;
  figures: OrderFigures;
}

export interface ReasonCount {
  /** The broker's or the EA's words without their numbers, or the code of a refusal. */
  reason: string;
  count: number;
}

/** An account's equity at the ends of a trading day. */
export interface EquityDay {
  account: string;
  day: string;
  first: number;
  last: number;
}

export interface Statistics {
  totals: OrderFigures;
  /** The oldest first, the last 400 at most. */
  byDay: FiguresOf[];
  /** Each with the most orders first, 200 at most. The name of an account that the EA had not named is empty. */
  bySymbol: FiguresOf[];
  bySource: FiguresOf[];
  byAccount: FiguresOf[];
  /** The most frequent first, 50 at most. */
  rejects: ReasonCount[];
  refusals: ReasonCount[];
  /** The oldest first. Sources and symbols don't narrow it. */
  equity: EquityDay[];
  /** Values that the filters can take within these days. */
  choices: { accounts: string[]; sources: string[]; symbols: string[] };
  /** 0 to 1: how much of the journal is counted. Below 1 for a while after an update of the app. */
  counted: number;
}

/** One award of experience points (R4). */
export interface XpAward {
  /** Sequence number of the journal entry that it was given for. */
  seq: number;
  bridge: string;
  account: string;
  at: number;
  day: string;
  reason: XpReason;
  points: number;
  /** The order's number; null: the award is not for an order. */
  order: number | null;
  signalId: string | null;
}

export interface XpReport {
  total: number;
  /** The oldest first, the last 400 at most; `total` is of all days up to this one. */
  byDay: { day: string; points: number; total: number }[];
  /** The newest first. */
  awards: XpAward[];
  counted: number;
}

export const exportKinds = ['orders', 'entries', 'samples', 'awards', 'statistics'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** One part of an export. */
export interface ExportPage {
  /** Flat for `entries`, `samples` and `awards`; see docs/statistics.md. */
  rows: Record<string, unknown>[];
  /** Cursor of the next page; null: this was the last one. */
  next: string | null;
  /** 0 to 1: how far through the journal this page ends. */
  done: number;
}
