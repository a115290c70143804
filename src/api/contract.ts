import { z } from 'zod';
import { signalActions } from '../protocol/signal.ts';
import type { Snapshot } from './events.ts';
import { paperFaults, type Order, type Sample, type Settings } from './state.ts';

// The only list of what can be asked of a running instance. Transports, server and clients are derived from it.

/** A call that can't be done, as it crosses the contract. */
export interface ContractError {
  code: 'invalid_input' | 'unknown_call' | 'not_found' | 'not_possible' | 'connection_lost' | 'internal';
  /** One sentence, with what to do. */
  message: string;
}

const nothing = z.null();
const bridgeId = z.string().min(1).max(40);
const onBridge = z.object({ bridge: bridgeId });

export const historyRanges = ['5m', '1h', 'all'] as const;
export type HistoryRange = (typeof historyRanges)[number];

/** Values are checked by the order rules, so that a wrong one ends as a refused order that can be seen. */
const fireRequestSchema = z.object({
  /** Null: the only bridge. */
  bridge: bridgeId.nullable(),
  action: z.enum(signalActions),
  symbol: z.string().max(64),
  lot: z.number(),
  sl: z.number(),
  tp: z.number(),
  /** Empty: one is made. */
  signalId: z.string().max(64),
});
export type FireRequest = z.infer<typeof fireRequestSchema>;

export const settingsSchema = z.object({
  confirmOrders: z.boolean(),
  theme: z.enum(['system', 'dark', 'light']),
}) satisfies z.ZodType<Settings>;

interface CallShape<Input extends z.ZodType, Output> {
  input: Input;
  /** Never set: carries the output's type. */
  output?: Output;
}

function call<Output>() {
  return <Input extends z.ZodType>(input: Input): CallShape<Input, Output> => ({ input });
}

export const calls = {
  snapshot: call<Snapshot>()(nothing),
  history: call<Sample[]>()(onBridge.extend({ range: z.enum(historyRanges) })),
  fire: call<Order>()(fireRequestSchema),
  arm: call<null>()(onBridge),
  disarm: call<null>()(onBridge),
  resumeTrading: call<null>()(onBridge),
  updateSettings: call<Settings>()(settingsSchema.partial()),
  startPaper: call<null>()(nothing),
  stopPaper: call<null>()(nothing),
  setPaperFault: call<null>()(z.object({ fault: z.enum(paperFaults) })),
  dashboardLink: call<{ url: string | null }>()(nothing),
} as const;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.infer<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> =
  (typeof calls)[Name] extends CallShape<z.ZodType, infer Output> ? Output : never;
