import { z } from 'zod';
import type { CandleBatch } from './candleBatch.ts';
import { amount, symbolName, text, uuid, words } from './messageFields.ts';
import type { EaError, TradeResult } from './resultMessages.ts';
import type {
  CloseOnlyTold,
  Deal8,
  Hello,
  OrdersPage,
  PositionsPage,
  Reconciled,
  SymbolTold,
} from '../protocol8/reports.ts';

// Messages of EAs, in the wire's own field names (W10–W12). Amounts are in the account's currency, prices in the
// symbol's quote currency. Zod's number is always finite, so `1e999` is refused, not read as infinity. The EA's own
// timestamps follow the last quote (W15), so nothing is decided by them: they place bars and tell the broker's zone.

// Secondary fields: an invalid value is dropped alone, and the message stays readable.

const count = z.number().int().nonnegative().optional().catch(undefined);

/** Whether MT5 lets the EA trade (TERMINAL_TRADE_ALLOWED and the like). Some EAs report it; v7 doesn't. */
const tradeAllowed = z
  .union([z.boolean(), z.literal([0, 1]), z.literal(['true', 'false'])])
  .transform((said) => said === true || said === 1 || said === 'true')
  .optional()
  .catch(undefined);

/** Terms of the account, which later EAs report. */
const terms = {
  currency: z
    .string()
    .transform((said) => said.trim().toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{3}$/))
    .optional()
    .catch(undefined),
  /** Written as 100, "100" or "1:100". */
  leverage: z
    .union([z.number(), z.string().transform((said) => Number(/^\s*(?:1:)?(\d+(?:\.\d+)?)\s*$/.exec(said)?.[1]))])
    .pipe(z.number().positive())
    .optional()
    .catch(undefined),
};
const account = z.union([z.number(), words]).optional().catch(undefined);

/** Number of positions. Some EAs list them instead, each with its symbol. */
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
    credit: amount,
    positions: positionsTold,
    trade_allowed: tradeAllowed,
  })
  .transform(({ user_uuid, positions, ...rest }) => ({
    ...rest,
    ...readPositions(positions),
    uuid: rest.uuid ?? user_uuid,
  }));

/** Positions as a message reports them. `symbols`: the symbol of each, where reported. */
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
    timestamp: text,
  })
  .transform(({ open_positions, account_balance, account_equity, account_margin, ...rest }) => ({
    ...rest,
    positions: open_positions,
    balance: account_balance,
    equity: account_equity,
    margin: account_margin,
  }));

/** `n`: the number of the ping that it answers (N2). */
export const pongSchema = z.object({ timestamp: text, n: z.number().int().positive().optional().catch(undefined) });

/**
 * `spread` is in points (W11): (ask − bid) / spread is the symbol's point. Bid and ask are 0 while a symbol's market
 * has been closed since the terminal's start: see {@link isPrice}.
 */
export const tickSchema = z.object({
  symbol: symbolName,
  bid: z.number(),
  ask: z.number(),
  spread: z.number().nonnegative().optional().catch(undefined),
  volume: amount,
});

/** Whether both sides of a tick are prices. */
export function isPrice({ bid, ask }: Tick): boolean {
  return bid > 0 && ask > 0;
}

export type Telemetry = z.infer<typeof telemetrySchema>;
export type EaStatus = z.infer<typeof statusSchema>;
type StatusReport = z.infer<typeof statusReportSchema>;
type Pong = z.infer<typeof pongSchema>;
export type Tick = z.infer<typeof tickSchema>;

export type EaMessage =
  | { kind: 'telemetry'; body: Telemetry }
  | { kind: 'trade_result'; body: TradeResult }
  | { kind: 'error'; body: EaError }
  | { kind: 'status'; body: EaStatus }
  | { kind: 'status_report'; body: StatusReport }
  | { kind: 'pong'; body: Pong }
  | { kind: 'tick'; body: Tick }
  | { kind: 'candle_batch'; body: CandleBatch }
  | { kind: 'hello'; body: Hello }
  | { kind: 'reconciled'; body: Reconciled }
  | { kind: 'close_only'; body: CloseOnlyTold }
  | { kind: 'symbol'; body: SymbolTold }
  | { kind: 'positions'; body: PositionsPage }
  | { kind: 'orders'; body: OrdersPage }
  | { kind: 'deal'; body: Deal8 };

export type EaMessageKind = EaMessage['kind'];
