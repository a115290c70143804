import { z } from 'zod';
import { epoch, epochMs, lots, signalId, symbol, ticket, words } from './fields.ts';

// What an EA of protocol 8 says beside the documented messages, which it sends too: telemetry, trade_result, error, tick.
// A secondary field that can't be read is dropped alone; the message stays readable.

const text = words.optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const whole = z.number().int().optional().catch(undefined);
const yes = z.boolean().optional().catch(undefined);
const when = epochMs.optional().catch(undefined);
const id = ticket.optional().catch(undefined);

const tradeModes = ['demo', 'contest', 'real'] as const;
const marginModes = ['hedging', 'netting', 'exchange'] as const;
/** `new`: made at this start; `intact`: every record could be read; `torn`: records at its end were lost. */
const storeStates = ['new', 'intact', 'torn'] as const;

/** N1: said after each handshake, until a `welcome` comes. `epoch`: the highest that the EA has seen; 0: none. */
export const helloSchema = z.object({
  protocol: z.number().int(),
  ea: text,
  ea_version: text,
  terminal_build: whole,
  uuid: text,
  login: z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative().transform(String)]),
  server: words,
  company: text,
  currency: text,
  currency_digits: whole,
  leverage: number,
  trade_mode: z.enum(tradeModes).optional().catch(undefined),
  margin_mode: z.enum(marginModes).optional().catch(undefined),
  trade_allowed: yes,
  expert_allowed: yes,
  terminal_connected: yes,
  magic: id,
  features: z.array(z.string().max(40)).max(100).default([]).catch([]),
  store: z.enum(storeStates),
  epoch,
  close_only: yes,
  sent_at: when,
});
export type Hello = z.infer<typeof helloSchema>;

/** N8: what the EA knows of one ID. `result`: the first `trade_result` or `error` that it has said, unchanged. */
const knownIdSchema = z.object({
  signal_id: signalId,
  state: z.enum(['result', 'pending', 'never_seen', 'cannot_say']),
  result: z.record(z.string(), z.unknown()).optional(),
});
export type KnownId = z.infer<typeof knownIdSchema>;

/** N8: answer to the `reconcile` of number `n`, in pages of which the last has `last`. */
export const reconciledSchema = z.object({
  n: z.number().int().positive(),
  last: z.boolean(),
  ids: z.array(knownIdSchema).max(500),
  store: z.enum(storeStates),
});
export type Reconciled = z.infer<typeof reconciledSchema>;

/** N9: what the switch for closes alone is now. */
export const closeOnlyToldSchema = z.object({ on: z.boolean() });
export type CloseOnlyTold = z.infer<typeof closeOnlyToldSchema>;

const money = z.number().positive().max(1e12).optional().catch(undefined);

/** N7: a symbol of the Market Watch. `money_per_point`, `margin_per_lot`: of one lot, in the account's currency. */
export const symbolToldSchema = z.object({
  symbol,
  digits: z.number().int().min(0).max(8),
  contract_size: z.number().positive().max(1e12),
  profit_currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .catch(null),
  lot_min: lots,
  lot_max: lots,
  lot_step: lots,
  stops_level: whole,
  freeze_level: whole,
  trade_mode: z.enum(['full', 'disabled', 'long_only', 'short_only', 'close_only']).optional().catch(undefined),
  money_per_point: money,
  margin_per_lot: money,
});
export type SymbolTold = z.infer<typeof symbolToldSchema>;
