import type { PositionMode } from '../../domain/tradeTerms.ts';

// A bridge's account as it crosses the contract.

export interface AccountState {
  uuid: string | null;
  login: string | null;
  server: string | null;
  eaVersion: string | null;
  /** Whether MT5 lets the EA trade; null: not reported. */
  tradeAllowed: boolean | null;
  /** As reported since the EA connected; v7 doesn't report them. */
  currency: string | null;
  leverage: number | null;
  /** As the EA tells it, else by the server's name. `unknown` counts as live. */
  trading: 'demo' | 'contest' | 'real' | 'unknown';
  /** As the EA tells it; v7 doesn't. */
  positionMode: PositionMode | null;
  balance: number | null;
  equity: number | null;
  /** Used margin. v7 reports it less often than equity, hence a time of its own. */
  margin: number | null;
  marginAt: number | null;
  freeMargin: number | null;
  /** Equity / margin × 100 in per cent (R1); null without margin in use. */
  marginLevel: number | null;
  /** Floating profit or loss: equity − balance unless the EA reports it. */
  profit: number | null;
  positions: number | null;
  /** When the figures were last reported. */
  at: number | null;
  /** The broker's server time minus UTC, ms; null: not known, as for EAs that don't write it. */
  brokerOffsetMs: number | null;
}

/** A rule has closed everything, and locked the account against entries. */
export interface AccountLockState {
  /** ID of the rule. */
  rule: string;
  name: string;
  at: number;
  /** Epoch ms; null: until a person unlocks it. */
  until: number | null;
}

/** Why the account can't be traded yet. Names are uuid, else login@server (R4). */
export type AccountProblem =
  | { kind: 'unnamed' }
  /** The terminal is logged in to no account. */
  | { kind: 'not_logged_in' }
  | { kind: 'changed'; known: string; now: string };

/** `figures`: the first figures seen that day. The others: a person, from the equity of the moment or as typed. */
export const dayStartSources = ['figures', 'rebased', 'typed'] as const;
type DayStartSource = (typeof dayStartSources)[number];

/** Equity baseline of daily loss and drawdown: the trading day's start and the peak. */
export interface EquityBase {
  /** The trading day, `YYYY-MM-DD`. */
  day: string;
  dayStartEquity: number;
  /** Time of the day's start figure; null: not kept, by an earlier version. */
  dayStartAt: number | null;
  dayStartBy: DayStartSource;
  peakEquity: number;
  /** When a person last re-based them, after a deposit or a withdrawal. */
  rebasedAt: number | null;
}
