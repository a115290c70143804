import { z } from 'zod';
import { bittenFactors, citadelSources } from '../../protocol/gateway/citadel.ts';
import type { SeenGround } from '../../domain/orders/seen.ts';
import type { EngineSource, OrderState } from '../../domain/orders/order.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { type OrderAction, symbolPattern } from '../../domain/tradeTerms.ts';

// Engines that fire through the gateway, and signals that wait for a person, as they cross the contract.

/** `auto` fires · `ask` waits for a person · `paused` refuses everything. */
export const engineModes = ['auto', 'ask', 'paused'] as const;
export type EngineMode = (typeof engineModes)[number];

export const engineNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,24}$/, 'An engine has a name of 1 to 24 letters, digits or _ . -.');

const factor = z.number().min(0.01).max(3);
const count = z.number().int().min(1).max(100_000).nullable();

/** Permissions and limits of an engine. Null switches a limit off; the bridge's limits apply besides. */
export const engineSettingsSchema = z.strictObject({
  mode: z.enum(engineModes),
  /** IDs of permitted bridges; null: every one. */
  bridges: z.array(z.string().min(1).max(40)).max(32).nullable(),
  /** Permitted symbols, by either of their names; null: every one. */
  symbols: z.array(z.string().regex(symbolPattern)).max(500).nullable(),
  /** Most lots of one order. */
  maxLot: z.number().positive().max(999_999).nullable(),
  /** Most orders within 60 s, closes included. */
  tradesPerMinute: count,
  /** Most buys and sells in one trading day. */
  tradesPerDay: count,
  /** Consecutive refusals and rejections after which it is halted. */
  haltAfter: count,
  /** Whether a buy or sell without a stop loss is fired without a person. */
  withoutStop: z.boolean(),
  /** Whether it may see, close and change positions and pending orders that it did not open. */
  changeOthers: z.boolean(),
  /** Time that a signal waits for a person in mode `ask`, s. */
  expiryS: z.number().int().min(5).max(3_600),
  /** % of equity that a signal without lots may risk (R3); null: lots are required. */
  riskPercent: z.number().positive().max(100).nullable(),
  /** Whether CITADEL scales the risk (G4). */
  citadelScaling: z.boolean(),
  /** Figure of CITADEL that scales the risk. */
  citadelBy: z.enum(citadelSources),
  /**
   * Factors of the risk for a score from 8 on, from 6 on, from 4 on, and below; the last and the first bound a
   * multiplier.
   */
  citadelFactors: z
    .tuple([factor, factor, factor, factor])
    .refine((each) => each.every((one, index) => index === 0 || one <= (each[index - 1] ?? 0)), {
      message: 'A lower score must not have a larger factor.',
    }),
});
export type EngineSettings = z.infer<typeof engineSettingsSchema>;

/** Settings of a new engine: a person is asked, and a runaway is halted soon. */
export const defaultEngineSettings: EngineSettings = {
  mode: 'ask',
  bridges: null,
  symbols: null,
  maxLot: 1,
  tradesPerMinute: 5,
  tradesPerDay: 50,
  haltAfter: 5,
  withoutStop: false,
  changeOthers: false,
  expiryS: 60,
  riskPercent: 2,
  citadelScaling: false,
  citadelBy: 'score',
  citadelFactors: [...bittenFactors],
};

/**
 * Stored settings: engines of an earlier version have no choice of CITADEL's figures, may fire without a stop, and touch
 * nothing that they did not open.
 */
export const storedEngineSettingsSchema = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null
      ? {
          withoutStop: true,
          changeOthers: false,
          citadelBy: defaultEngineSettings.citadelBy,
          citadelFactors: defaultEngineSettings.citadelFactors,
          ...stored,
        }
      : stored,
  engineSettingsSchema,
);

/** A halt by the desk itself; only a person ends it. */
export interface EngineHalt {
  at: number;
  why: string;
}

/** State of an engine's last signal. */
export interface LastSignal {
  at: number;
  signalId: string;
  state: OrderState | 'waiting';
  /** Code of its refusal; null: not refused. */
  code: string | null;
  reason: string | null;
}

export interface EngineState extends EngineSettings {
  name: string;
  addedAt: number;
  halted: EngineHalt | null;
  lastSignal: LastSignal | null;
  /** Counts since the app started. */
  counts: Record<'signals' | 'filled' | 'rejected' | 'refused' | 'unknown', number>;
  /** Filled share of the orders with an outcome, 0 to 1, since the app started; null: none yet. */
  fillRate: number | null;
  tradesToday: number;
  ordersLastMinute: number;
  /** Refusals and rejections since the last fill. */
  failuresInARow: number;
}

/** The order that a signal would be on a bridge at a moment, with its context. */
export interface ShownPlan extends SeenGround {
  lot: number;
  sl: number;
  tp: number;
}

/** A signal that waits for a person. */
export interface WaitingSignal {
  number: number;
  source: EngineSource;
  /** Null: the only bridge, which is not known while there are several. */
  bridge: string | null;
  signalId: string;
  /** The engine's own ID where it is too long for MT5; `signalId` replaces it. */
  longId: string | null;
  action: OrderAction;
  /** What it changes, as it was when the engine asked; null: it is no change of a position or pending order. */
  change: StoredChange | null;
  symbol: string;
  /** The engine's request, in its own units. */
  asked: string;
  /** The order that would be sent now: lots, and stops in the EA's unit; null: it can't be computed. */
  planned: ShownPlan | null;
  /** Why it can't be fired now, or a warning for the person; null: neither. */
  problem: string | null;
  /** Why a person who fires it now would be refused; null: nothing known does. A close has none. */
  obstacle: Refusal | null;
  /** The last try of a person that was refused; null: none was. */
  refused: { reason: string; at: number } | null;
  /** The engine's own words on it, such as its pattern and confidence. */
  note: string | null;
  at: number;
  expiresAt: number;
}

/** Most waiting signals at a time. */
export const mostWaiting = 200;

/**
 * A program that publishes signals instead of requesting orders. It proves nobody's identity, so its signals wait for
 * a person.
 */
export const feedSettingsSchema = z.strictObject({
  name: engineNameSchema,
  /** Endpoint on which the feed publishes; this app connects to it. */
  endpoint: z
    .string()
    .regex(/^tcp:\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'An address is like tcp://127.0.0.1:5557.'),
  /** Beginnings of its messages; empty: all are read. */
  topics: z.array(z.string().min(1).max(64)).max(32),
  /** Bridge for signals that name none; null: the only one, or a person chooses. */
  bridge: z.string().min(1).max(40).nullable(),
  /** Longest age of a signal, s. */
  maxAgeS: z.number().int().min(5).max(86_400),
  /** % of equity that a signal without lots may risk (R3). */
  riskPercent: z.number().positive().max(100).nullable(),
  /** Most lots of one order; null: no limit of its own. */
  maxLot: z.number().positive().max(999_999).nullable().default(defaultEngineSettings.maxLot),
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;

/** Settings of a new feed. */
export const defaultFeedSettings: Omit<FeedSettings, 'name'> = {
  endpoint: 'tcp://127.0.0.1:5557',
  topics: [],
  bridge: null,
  maxAgeS: 120,
  riskPercent: 2,
  maxLot: defaultEngineSettings.maxLot,
};

export interface FeedState extends FeedSettings {
  connected: boolean;
  /** Counts since the app started. */
  counts: Record<'received' | 'repeated' | 'collided' | 'tooOld' | 'unreadable' | 'dropped', number>;
  last: { at: number; signalId: string } | null;
  /** Why its last unusable message could not be used; null: none. */
  problem: string | null;
}
