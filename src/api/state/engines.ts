import { z } from 'zod';
import { bittenFactors, citadelSources } from '../../protocol/gateway/citadel.ts';
import type { SeenGround } from '../../domain/orders/seen.ts';
import type { EngineSource, OrderState } from '../../domain/orders/order.ts';
import { type SignalAction, symbolPattern } from '../../domain/tradeTerms.ts';

// Engines that fire through the gateway, and signals that wait for a person, as they cross the contract.

/** `auto` fires · `ask` waits for a person · `paused` refuses everything. */
export const engineModes = ['auto', 'ask', 'paused'] as const;
export type EngineMode = (typeof engineModes)[number];

export const engineNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,24}$/, 'An engine has a name of 1 to 24 letters, digits or _ . -.');

const factor = z.number().min(0.01).max(3);
const count = z.number().int().min(1).max(100_000).nullable();

/** What an engine may do. Null switches a limit off; the limits of the bridge hold besides. */
export const engineSettingsSchema = z.strictObject({
  mode: z.enum(engineModes),
  /** IDs of the bridges that it may fire on; null: every one. */
  bridges: z.array(z.string().min(1).max(40)).max(32).nullable(),
  /** Symbols that it may trade, by either of their names; null: every one. */
  symbols: z.array(z.string().regex(symbolPattern)).max(500).nullable(),
  /** Lots of one order. */
  maxLot: z.number().positive().max(999_999).nullable(),
  /** Orders within 60 s, closes among them. */
  tradesPerMinute: count,
  /** Buys and sells in one trading day. */
  tradesPerDay: count,
  /** After so many refusals and rejections in a row it is halted. */
  haltAfter: count,
  /** In mode `ask`: how long a signal waits for a person, in s. */
  expiryS: z.number().int().min(5).max(3_600),
  /** % of equity that a signal without lots may risk (R3); null: lots must be said. */
  riskPercent: z.number().positive().max(100).nullable(),
  /** Whether CITADEL scales the risk (G4). */
  citadelScaling: z.boolean(),
  /** Which of its figures does. */
  citadelBy: z.enum(citadelSources),
  /** By how much: a score from 8 on, from 6 on, from 4 on, and below; the last and the first bound a multiplier. */
  citadelFactors: z
    .tuple([factor, factor, factor, factor])
    .refine((each) => each.every((one, index) => index === 0 || one <= (each[index - 1] ?? 0)), {
      message: 'A lower score must not have a larger factor.',
    }),
});
export type EngineSettings = z.infer<typeof engineSettingsSchema>;

/** Of an engine that has just been added: a person is asked, and a runaway is stopped soon. */
export const defaultEngineSettings: EngineSettings = {
  mode: 'ask',
  bridges: null,
  symbols: null,
  maxLot: 1,
  tradesPerMinute: 5,
  tradesPerDay: 50,
  haltAfter: 5,
  expiryS: 60,
  riskPercent: 2,
  citadelScaling: false,
  citadelBy: 'score',
  citadelFactors: [...bittenFactors],
};

/** As they are kept: engines of an earlier version have no choice of CITADEL's figures. */
export const storedEngineSettingsSchema = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null
      ? { citadelBy: defaultEngineSettings.citadelBy, citadelFactors: defaultEngineSettings.citadelFactors, ...stored }
      : stored,
  engineSettingsSchema,
);

/** It was stopped by itself, and only a person lets it go on. */
export interface EngineHalt {
  at: number;
  why: string;
}

/** What became of an engine's last signal. */
export interface LastSignal {
  at: number;
  signalId: string;
  state: OrderState | 'waiting';
  /** Of a refused one. */
  code: string | null;
  reason: string | null;
}

export interface EngineState extends EngineSettings {
  name: string;
  addedAt: number;
  halted: EngineHalt | null;
  lastSignal: LastSignal | null;
  /** Since the app started. */
  counts: Record<'signals' | 'filled' | 'rejected' | 'refused' | 'unknown', number>;
  /** Filled of those that something became of, 0 to 1, since the app started; null: none yet. */
  fillRate: number | null;
  tradesToday: number;
  ordersLastMinute: number;
  /** Refusals and rejections since the last fill. */
  failuresInARow: number;
}

/** What a signal amounts to on a bridge at a moment, and what that stands on. */
export interface ShownPlan extends SeenGround {
  lot: number;
  sl: number;
  tp: number;
}

/** A signal that waits for a person. */
export interface WaitingSignal {
  number: number;
  source: EngineSource;
  /** Null: the only one, which is not known while there are several. */
  bridge: string | null;
  signalId: string;
  /** The engine's own ID where it is too long for MT5; `signalId` stands for it. */
  longId: string | null;
  action: SignalAction;
  symbol: string;
  /** What the engine asked for, in its own units. */
  asked: string;
  /** What it would be now: lots, and stops as the EA takes them; null while it can't be worked out. */
  planned: ShownPlan | null;
  /** Why it can't be fired as it stands, or what a person should know first. */
  problem: string | null;
  /** What the engine says of it, such as its pattern and confidence. */
  note: string | null;
  at: number;
  expiresAt: number;
}

/** The most signals that wait at a time. */
export const mostWaiting = 200;

/** A program that publishes signals instead of asking. It proves nobody's identity, so that its signals wait for a person. */
export const feedSettingsSchema = z.strictObject({
  name: engineNameSchema,
  /** Where it publishes: this app connects there. */
  endpoint: z
    .string()
    .regex(/^tcp:\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'An address is like tcp://127.0.0.1:5557.'),
  /** What its messages begin with; empty: all are taken. */
  topics: z.array(z.string().min(1).max(64)).max(32),
  /** The bridge of signals that name none; null: the only one, or a person says which. */
  bridge: z.string().min(1).max(40).nullable(),
  /** How old a signal may become, in s. */
  maxAgeS: z.number().int().min(5).max(86_400),
  /** % of equity that a signal without lots may risk (R3). */
  riskPercent: z.number().positive().max(100).nullable(),
  /** Lots of one order; null: no limit of its own. */
  maxLot: z.number().positive().max(999_999).nullable().default(defaultEngineSettings.maxLot),
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;

/** Of a feed that has just been added. */
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
  /** Since the app started. */
  counts: Record<'received' | 'repeated' | 'collided' | 'tooOld' | 'unreadable' | 'dropped', number>;
  last: { at: number; signalId: string } | null;
  /** Why its last message could not be used. */
  problem: string | null;
}
