import { z } from 'zod';
import { asAnswer, asErrorAnswer } from './answerFields.ts';
import { readDecimal } from '../../domain/arithmetic/decimal.ts';
import { ticketPattern } from '../../domain/orders/ticket.ts';
import { visible } from '../../base/visibleText.ts';

// What EAs send, in the wire's own field names (W10–W12). Amounts are in the account's currency, prices in the
// symbol's quote currency. Zod's number is always finite, so `1e999` is refused, not read as infinity. The EA's own
// timestamps are left out: they follow the last quote (W15), so nothing is decided by them.

// What can't be read of the fields beside the ones that a message is about is left out: a bad figure costs that figure.

const amount = z.number().optional().catch(undefined);
const count = z.number().int().nonnegative().optional().catch(undefined);
/** Nobody obeys what an EA or a broker writes: it is only ever shown. */
const words = z.string().transform(visible);
const text = words.optional().catch(undefined);
/** As long as an order's may be. MT5's own end at 31; hundreds are kept, so that long ones would fill the memory. */
const symbolName = z.string().min(1).max(64).transform(visible);
const uuid = z.string().regex(/\S/).transform(visible).optional().catch(undefined);

/** A figure of a trade, which some EAs write as text. */
const tradeFigure = z
  .union([z.number(), z.string().transform((said) => Number(readDecimal(said.trim()) ?? Number.NaN))])
  .pipe(z.number())
  .optional()
  .catch(undefined);
/** Some EAs tell whether MT5 lets them trade (TERMINAL_TRADE_ALLOWED and the like); v7 doesn't. */
const tradeAllowed = z
  .union([z.boolean(), z.literal([0, 1]), z.literal(['true', 'false'])])
  .transform((said) => said === true || said === 1 || said === 'true')
  .optional()
  .catch(undefined);
const signalId = z.union([z.string(), z.number().int().transform(String)]).catch('');

/** A return code of MT5 or an error number. */
const code = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  ])
  .pipe(z.number().int())
  .optional()
  .catch(undefined);
const codes = {
  retcode: code,
  code,
  error_code: code,
  /** Others, under other names and inside other objects. */
  codes: z.array(z.number()).optional(),
};

const ticket = z.union([z.string().trim().regex(ticketPattern), z.number().int().transform(String)]);

/** Of the account, as later EAs tell it. */
const terms = {
  currency: z
    .string()
    .transform((said) => said.trim().toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{3}$/))
    .optional()
    .catch(undefined),
  /** 100, "100" or "1:100". */
  leverage: z
    .union([z.number(), z.string().transform((said) => Number(/^\s*(?:1:)?(\d+(?:\.\d+)?)\s*$/.exec(said)?.[1]))])
    .pipe(z.number().positive())
    .optional()
    .catch(undefined),
};
const account = z.union([z.number(), words]).optional().catch(undefined);

/** How many positions there are. Some EAs list them instead, each with its symbol. */
const positionsTold = z
  .union([z.number().int().nonnegative(), z.array(z.object({ symbol: z.string() }))])
  .optional()
  .catch(undefined);

export const telemetrySchema = z
  .object({
    uuid,
    user_uuid: uuid,
    account,
    server: text,
    ...terms,
    balance: z.number(),
    equity: z.number(),
    margin: amount,
    free_margin: amount,
    profit: amount,
    positions: positionsTold,
    trade_allowed: tradeAllowed,
  })
  .transform(({ user_uuid, positions, ...rest }) => ({
    ...rest,
    ...readPositions(positions),
    uuid: rest.uuid ?? user_uuid,
  }));

/** What a message tells of the account's positions. `symbols`: of each, where it tells them. */
export interface PositionFigures {
  positions?: number | undefined;
  symbols?: readonly string[] | undefined;
  margin?: number | undefined;
  balance?: number | undefined;
}

function readPositions(told: z.infer<typeof positionsTold>): Pick<PositionFigures, 'positions' | 'symbols'> {
  if (told === undefined) return {};
  return typeof told === 'number'
    ? { positions: told }
    : { positions: told.length, symbols: told.map(({ symbol }) => symbol) };
}

const resultFields = z.object({
  signal_id: signalId,
  status: words,
  ticket: ticket.optional().catch(undefined),
  price: tradeFigure,
  lot: tradeFigure,
  lots: tradeFigure,
  volume: tradeFigure,
  /** Lots under a name that says that they were traded. */
  traded: tradeFigure,
  ...codes,
  message: text,
  balance: amount,
  equity: amount,
  margin: amount,
});

export const tradeResultSchema = z.preprocess(asAnswer, resultFields);

/** W12: the same as a trade_result, with the order's id under another name. */
export const confirmationSchema = z.preprocess(
  asAnswer,
  resultFields
    .omit({ signal_id: true })
    .extend({ fire_id: signalId, user_uuid: uuid })
    .transform(({ fire_id, user_uuid, ...rest }) => ({
      ...rest,
      signal_id: fire_id,
      ...(user_uuid === undefined ? {} : { uuid: user_uuid }),
    })),
);

export const eaErrorSchema = z.preprocess(
  asErrorAnswer,
  z.object({
    signal_id: signalId,
    /** Some EAs send the bare code. */
    error: z.union([words, z.number().transform(String)]),
    ticket: ticket.optional().catch(undefined),
    price: tradeFigure,
    ...codes,
  }),
);

export const statusSchema = z.object({
  status: words,
  message: text,
  ea_version: text,
  account,
  ...terms,
  server: text,
  trade_allowed: tradeAllowed,
});

export const statusReportSchema = z
  .object({
    uptime: amount,
    messages_received: amount,
    messages_sent: amount,
    trades_executed: amount,
    errors: amount,
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

/**
 * `spread` is in points (W11): (ask − bid) / spread is the symbol's point. A terminal has bid and ask 0 of a symbol whose
 * market is closed since it started: see {@link isPrice}.
 */
export const tickSchema = z.object({
  symbol: symbolName,
  bid: z.number(),
  ask: z.number(),
  spread: z.number().nonnegative().optional().catch(undefined),
  volume: amount,
});

/** Whether both sides of a tick can be traded at. */
export function isPrice({ bid, ask }: Tick): boolean {
  return bid > 0 && ask > 0;
}

const bar = z.object({
  time: amount,
  open: amount,
  high: amount,
  low: amount,
  close: amount,
  volume: amount,
});

const bars = z.array(bar).catch([]).default([]);

export const candleBatchSchema = z.object({
  symbol: symbolName,
  M1: bars,
  M5: bars,
  M15: bars,
});

export type Telemetry = z.infer<typeof telemetrySchema>;
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
