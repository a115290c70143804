import { z } from 'zod';
import { pendingEntrySchema } from '../domain/orders/pendingEntry.ts';
import { seenGroundSchema, seenOrderSchema } from '../domain/orders/seen.ts';
import { visibleLines } from '../base/visibleText.ts';
import { type BarsAnswer, barsRequestSchema } from './queries/bars.ts';
import { problemSchema } from './queries/desktopCalls.ts';
import { engineNameSchema, engineSettingsSchema, feedSettingsSchema } from './state/engines.ts';
import { type EaTerminals, type InstalledEa, terminalFolderSchema } from './queries/eaInstallation.ts';
import type { Snapshot } from './state/events.ts';
import { type PortCheck, portCheckSchema } from './queries/portCheck.ts';
import type { Order, TimelineEntry } from '../domain/orders/order.ts';
import { paperFaults } from './state/state.ts';
import { type WholeFrame, wireLimits, type WirePage } from './state/wireFrames.ts';
import { type History, historyRequestSchema, type OrderMarks, timeSpanSchema } from './queries/history.ts';
import { changeRequestSchema } from './queries/changeRequest.ts';
import { type AccountClosed, closeEverythingSchema } from './queries/closeEverything.ts';
import { type DealGroup, dealGroupsSchema, type DealsPage, dealsPageSchema } from './queries/deals.ts';
import { activityPageSchema, type ActivityPage } from './queries/activity.ts';
import { orderMatchSchema, orderPageSchema, type OrdersPage } from './queries/orderQuery.ts';
import type { ConnectionHistory } from './state/connectionHistory.ts';
import type { ConnectionReport } from './state/connectionReport.ts';
import { proofOrderSchema } from './queries/trialOrderPlan.ts';
import { exportKinds, type ExportPage, type Statistics, type XpReport } from './queries/statistics.ts';
import { closeFields, signalActions } from '../domain/tradeTerms.ts';
import { bridgeSettingsSchema } from './settings/bridgeSettings.ts';
import { type Settings, settingsSchema } from './settings/appSettings.ts';

const nothing = z.null();
const bridgeId = z.string().min(1).max(40);
const onBridge = z.object({ bridge: bridgeId });

/** Values are checked by the order rules: a wrong one becomes a refused order that a person can see. */
const fireRequestSchema = z.object({
  /** Null: the only bridge there is. */
  bridge: bridgeId.nullable(),
  action: z.enum(signalActions),
  symbol: z.string().max(64),
  lot: z.number(),
  sl: z.number(),
  tp: z.number(),
  /** Empty: an ID is generated. */
  signalId: z.string().max(64),
  /** Of a buy or sell that waits for its price; left out: at the market. */
  entry: pendingEntrySchema.optional(),
  /** Signal IDs of unknown orders that a person confirmed to trade beside. */
  confirmed: z.array(z.string().max(64)).max(100).default([]),
  /** Signal ID of the earlier order in the symbol and side that a person confirmed to repeat within the duplicate window. */
  repeats: z.string().max(64).optional(),
  /** Account, unit, price and positions that the person saw; left out: nobody looked. */
  seen: seenGroundSchema.extend({ positions: z.number().int().nullable().default(null) }).optional(),
});
export type FireRequest = z.infer<typeof fireRequestSchema>;

/** What a person has confirmed about earlier orders. */
export type Confirmations = Pick<FireRequest, 'confirmed' | 'repeats'>;

/** Fields that a close doesn't need are replaced before the check, so that they can't stop it. */
const fireCallSchema = z.preprocess(asClose, fireRequestSchema) as unknown as typeof fireRequestSchema;

function asClose(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('action' in input)) return input;
  const { action } = input;
  if (action !== 'close' && action !== 'close_all') return input;
  const { bridge = null, symbol, signalId, seen }: Record<string, unknown> = { ...input };
  return {
    bridge,
    action,
    symbol: typeof symbol === 'string' ? symbol.slice(0, 64) : '',
    ...closeFields,
    signalId: typeof signalId === 'string' ? signalId.slice(0, 64) : '',
    confirmed: [],
    seen: fireRequestSchema.shape.seen.safeParse(seen).data,
  };
}

/** What a person writes beside a decision. */
const note = z.string().trim().max(500).transform(visibleLines);

/** Names an order in a call. */
const orderRefSchema = {
  /** Its number. */
  order: z.number().int().positive(),
  /** Null: the only bridge that has an order of this number. */
  bridge: bridgeId.nullable().default(null),
};

/** Outcome of an unknown order that a person found in MT5. */
const settlementSchema = z.object({
  ...orderRefSchema,
  found: z.object({ ticket: z.string().regex(/^[1-9]\d{0,18}$/), price: z.number().positive().nullable() }).nullable(),
  note,
});
export type SettlementRequest = z.input<typeof settlementSchema>;

/** A trading day. */
const day = z.iso.date();
const dayRange = z.object({ from: day.nullable(), to: day.nullable() });
const name = z.string().max(200).nullable();

interface CallShape<Input extends z.ZodType, Output> {
  input: Input;
  /** Never set; carries the output's type. */
  output?: Output;
}

function call<Output>() {
  return <Input extends z.ZodType>(input: Input): CallShape<Input, Output> => ({ input });
}

export const calls = {
  snapshot: call<Snapshot>()(nothing),
  history: call<History>()(onBridge.extend(historyRequestSchema.shape)),
  /** Fills of the orders fired in a span, for marks on a chart. */
  fills: call<OrderMarks>()(onBridge.extend(timeSpanSchema.shape)),
  /** Bars of a symbol as the EA sends them, and formed from its ticks. */
  bars: call<BarsAnswer>()(onBridge.extend(barsRequestSchema.shape)),
  fire: call<Order>()(fireCallSchema),
  /** Closes, or gives new stops to, one position; changes or deletes one pending order. */
  change: call<Order>()(changeRequestSchema),
  /** Closes each open position, and cancels pending orders, on the accounts of choice. */
  closeEverything: call<AccountClosed[]>()(closeEverythingSchema),
  arm: call<null>()(onBridge),
  disarm: call<null>()(onBridge),
  resumeTrading: call<null>()(onBridge),
  /** Accepts an EA that no longer answers pings as the right one. */
  acceptSilentEa: call<null>()(onBridge),
  /** Takes over an EA of another or a newer desk; `theirs` is its count of starts that the person saw (N1). */
  takeOverEa: call<null>()(onBridge.extend({ theirs: z.number().int().nonnegative() })),
  /** Stops every buy and sell on every bridge at once. */
  kill: call<null>()(nothing),
  release: call<null>()(nothing),
  /** Releases an EA that is closed for entries though no kill switch is on (N9), and disarms its bridge. */
  releaseEa: call<null>()(onBridge),
  /** Accepts the account that the EA is on now; `account` is the name that the person saw. */
  acceptAccount: call<null>()(onBridge.extend({ account: z.string().min(1).max(200) })),
  /** Names the account of an EA that doesn't, until it connects anew. */
  nameAccount: call<null>()(onBridge.extend({ name: z.string().trim().min(1).max(80) })),
  /** Sets day start and peak to the current equity, after a deposit or a withdrawal. */
  rebase: call<null>()(onBridge.extend({ note })),
  /** Sets what an account rule of losses is measured from: what the account had when the rule's day began, or its peak. */
  setRuleBase: call<null>()(
    onBridge.extend({
      rule: z.string().max(40),
      value: z.number().positive().max(1e12),
      note,
    }),
  ),
  /** Ends the lock of a rule that has closed everything. */
  unlockAccount: call<null>()(onBridge.extend({ rule: z.string().max(40), note })),
  /** Sets the equity that the trading day started with, where the desk came later than the day. */
  setDayStart: call<null>()(
    onBridge.extend({
      equity: z.number().positive().max(1e12),
      note,
    }),
  ),
  settle: call<Order>()(settlementSchema),
  timeline: call<TimelineEntry[]>()(z.object(orderRefSchema)),
  /** A page of a bridge's orders, filtered and sorted. */
  orders: call<OrdersPage>()(
    onBridge.extend({ ...orderMatchSchema.shape, ...dayRange.shape, ...orderPageSchema.shape }),
  ),
  /** Runs the connection check. `ping`: also pings the EA and waits up to 3 s for the reply. */
  verify: call<ConnectionReport>()(onBridge.extend({ ping: z.boolean() })),
  /** Fires the smallest buy of a symbol as the check's last layer; it passes the same guards as any order. */
  fireProof: call<Order>()(proofOrderSchema),
  connectionHistory: call<ConnectionHistory>()(onBridge),
  /** Null leaves a filter out. */
  statistics: call<Statistics>()(onBridge.extend({ account: name, source: name, symbol: name, ...dayRange.shape })),
  xp: call<XpReport>()(onBridge.extend({ account: name, limit: z.number().int().min(0).max(1_000) })),
  /** The next part of an export; the first one with `cursor` null. */
  exportPage: call<ExportPage>()(
    onBridge.extend({
      kind: z.enum(exportKinds),
      cursor: z.string().max(2_000).nullable(),
      ...dayRange.shape,
      /** Instead of days, except for awards and statistics: epoch ms, `to` excluded. */
      span: z.object({ from: z.number().int(), to: z.number().int() }).nullable().default(null),
    }),
  ),
  /** Closed trades of the account, by the deals that its EA has told. */
  deals: call<DealsPage>()(onBridge.extend({ ...dayRange.shape, ...dealsPageSchema.shape })),
  /** Their sums by symbol, by who opened the position, or by month. */
  dealGroups: call<DealGroup[]>()(onBridge.extend({ ...dayRange.shape, ...dealGroupsSchema.shape })),
  /** What persons did, by day, newest first. */
  activity: call<ActivityPage>()(onBridge.extend({ ...dayRange.shape, ...activityPageSchema.shape })),
  /** Takes note of alarms, for every window. */
  acknowledge: call<null>()(z.object({ alarms: z.array(z.number().int().positive()).min(1).max(1_000) })),
  /** Recorded frames after a sequence number (0: from the oldest that is kept). */
  wire: call<WirePage>()(
    onBridge.extend({ after: z.number().int().min(0), limit: z.number().int().min(0).max(wireLimits.frames) }),
  ),
  wireFrame: call<WholeFrame>()(onBridge.extend({ number: z.number().int().positive() })),
  updateBridge: call<null>()(onBridge.extend({ changes: bridgeSettingsSchema.partial() })),
  /** Which of these TCP ports can be bound at the next start. Each is bound only for the check. */
  checkPorts: call<PortCheck[]>()(portCheckSchema),
  /** Terminals of MetaTrader 5 on the desk's machine, and what EA of the desk each has. */
  eaTerminals: call<EaTerminals>()(nothing),
  /**
   * Copies the desk's own EA into a terminal on the desk's machine, compiles it there, and writes its inputs for a bridge.
   * Takes up to two minutes.
   */
  installEa: call<InstalledEa>()(onBridge.extend({ terminal: terminalFolderSchema })),
  /** Sets a bridge to the desk's own EA, whose command port is opened anew for it. */
  setOwnEa: call<null>()(onBridge),
  updateSettings: call<Settings>()(settingsSchema.partial()),
  /** Returns the engine's token, this once: only its hash is stored. */
  addEngine: call<{ token: string }>()(
    z.object({ name: engineNameSchema, settings: engineSettingsSchema.partial().default({}) }),
  ),
  updateEngine: call<null>()(z.object({ name: engineNameSchema, changes: engineSettingsSchema.partial() })),
  pauseEngine: call<null>()(z.object({ name: engineNameSchema })),
  /** Also after it was halted. */
  resumeEngine: call<null>()(z.object({ name: engineNameSchema })),
  removeEngine: call<null>()(z.object({ name: engineNameSchema })),
  /** Fires a signal that waits for a person; through the same guards as any order. */
  fireWaiting: call<Order>()(
    z.object({
      signal: z.number().int().positive(),
      /** Bridge, if the signal names none. */
      bridge: bridgeId.nullable().default(null),
      /** The order that the person saw: it leaves exactly so. Null: as the app's list shows it. */
      seen: seenOrderSchema.nullable().default(null),
    }),
  ),
  dismissWaiting: call<null>()(z.object({ signal: z.number().int().positive() })),
  addFeed: call<null>()(feedSettingsSchema.partial().required({ name: true })),
  removeFeed: call<null>()(z.object({ name: engineNameSchema })),
  /** Copies journals, settings and marks into an empty folder; for the command line. */
  backup: call<{ dir: string; files: string[] }>()(z.object({ dir: z.string().min(1).max(4_000) })),
  startPaper: call<null>()(nothing),
  stopPaper: call<null>()(nothing),
  setPaperFault: call<null>()(z.object({ fault: z.enum(paperFaults) })),
  /** Every browser needs a fresh link from then on. */
  endSessions: call<null>()(nothing),
  dashboardLink: call<{ url: string | null }>()(nothing),
  /** The desktop app only; elsewhere these three fail with `not_possible`. */
  openLogFolder: call<null>()(nothing),
  showCompactTicket: call<null>()(nothing),
  testNotification: call<null>()(nothing),
  reportProblem: call<null>()(problemSchema),
} as const;

export type CallName = keyof typeof calls;
/** Input as a handler receives it, with defaults filled in. */
export type CallInput<Name extends CallName> = z.output<(typeof calls)[Name]['input']>;
/** Input as a client may write it, without the fields that have defaults. */
export type CallArguments<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> =
  (typeof calls)[Name] extends CallShape<z.ZodType, infer Output> ? Output : never;
