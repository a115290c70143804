import { z } from 'zod';
import { ticketPattern } from './ticket.ts';

// What EAs send, in the wire's own field names (W10–W12). Amounts are in the account's currency, prices in the
// symbol's quote currency. Zod's number is always finite, so `1e999` is refused, not read as infinity. The EA's own
// timestamps are left out: they follow the last quote (W15), so nothing is decided by them.

const amount = z.number().optional();
const count = z.number().int().nonnegative().optional();

/** A result must not be lost for the sake of a figure beside it: what can't be read there is left out. */
const besides = {
  balance: amount.catch(undefined),
  equity: amount.catch(undefined),
  margin: amount.catch(undefined),
};
/** Some EAs tell whether MT5 lets them trade (TERMINAL_TRADE_ALLOWED and the like); v7 doesn't. */
const tradeAllowed = z
  .union([z.boolean(), z.literal([0, 1]), z.literal(['true', 'false'])])
  .transform((said) => said === true || said === 1 || said === 'true')
  .optional()
  .catch(undefined);
const signalId = z.string().catch('');

const ticket = z.union([z.string().trim().regex(ticketPattern), z.number().int().transform(String)]);

export const telemetrySchema = z.object({
  uuid: z.string().min(1).optional(),
  balance: z.number(),
  equity: z.number(),
  margin: amount,
  free_margin: amount,
  profit: amount,
  positions: count,
  trade_allowed: tradeAllowed,
});

export const tradeResultSchema = z.object({
  signal_id: signalId,
  status: z.string(),
  ticket: ticket.optional().catch(undefined),
  price: z.number().optional().catch(undefined),
  lot: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  ...besides,
});

/** W12: the same as a trade_result, with the order's id under another name. */
export const confirmationSchema = tradeResultSchema
  .omit({ signal_id: true })
  .extend({ fire_id: signalId, user_uuid: z.string().min(1).optional().catch(undefined) })
  .transform(({ fire_id, user_uuid, ...rest }) => ({
    ...rest,
    signal_id: fire_id,
    ...(user_uuid === undefined ? {} : { uuid: user_uuid }),
  }));

export const eaErrorSchema = z.object({
  signal_id: signalId,
  error: z.string(),
});

export const statusSchema = z.object({
  status: z.string(),
  message: z.string().optional(),
  ea_version: z.string().optional(),
  account: z.union([z.number(), z.string()]).optional(),
  server: z.string().optional(),
  trade_allowed: tradeAllowed,
});

export const statusReportSchema = z
  .object({
    uptime: z.number().optional(),
    messages_received: z.number().optional(),
    messages_sent: z.number().optional(),
    trades_executed: z.number().optional(),
    errors: z.number().optional(),
    open_positions: count,
    account_balance: amount,
    account_equity: amount,
    account_margin: amount,
    trade_allowed: tradeAllowed,
  })
  .transform(({ open_positions, account_balance, account_equity, account_margin, ...rest }) => ({
    ...rest,
    positions: open_positions,
    balance: account_balance,
    equity: account_equity,
    margin: account_margin,
  }));

export const pongSchema = z.object({});

/** `spread` is in points (W11): (ask − bid) / spread is the symbol's point. */
export const tickSchema = z.object({
  symbol: z.string().min(1),
  bid: z.number().positive(),
  ask: z.number().positive(),
  spread: z.number().nonnegative().optional(),
  volume: z.number().optional(),
});

const bar = z.object({
  time: z.number(),
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number().optional(),
});

export const candleBatchSchema = z.object({
  symbol: z.string().min(1),
  M1: z.array(bar).default([]),
  M5: z.array(bar).default([]),
  M15: z.array(bar).default([]),
});

type Telemetry = z.infer<typeof telemetrySchema>;
export type TradeResult = z.infer<typeof tradeResultSchema> & { uuid?: string };
export type EaError = z.infer<typeof eaErrorSchema>;
export type EaStatus = z.infer<typeof statusSchema>;
type StatusReport = z.infer<typeof statusReportSchema>;
type Pong = z.infer<typeof pongSchema>;
export type Tick = z.infer<typeof tickSchema>;
type CandleBatch = z.infer<typeof candleBatchSchema>;

export type EaMessage =
  | { kind: 'telemetry'; body: Telemetry }
  | { kind: 'trade_result'; body: TradeResult }
  | { kind: 'error'; body: EaError }
  | { kind: 'status'; body: EaStatus }
  | { kind: 'status_report'; body: StatusReport }
  | { kind: 'pong'; body: Pong }
  | { kind: 'tick'; body: Tick }
  | { kind: 'candle_batch'; body: CandleBatch };

export type EaMessageKind = EaMessage['kind'];
