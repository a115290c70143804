import { isAscii } from './codePage.ts';
import type { Telemetry, Tick } from './eaMessages.ts';
import type { TradeResult } from './resultMessages.ts';

// Readers of usual messages: the same result as zod's schemas in a fraction of the time. Null: something is unusual,
// and the type's schema decides.

type Fields = Readonly<Record<string, unknown>>;

const uuidPattern = /^[\x21-\x7e]+$/;
const plainSymbol = /^[\x20-\x7e]{1,64}$/;
const plainTicket = /^[1-9]\d{0,19}$/;

/** Names of a usual result. Any other field may carry the same meaning under another name: the schema decides. */
const resultNames = new Set([
  'type',
  'signal_id',
  'status',
  'ticket',
  'price',
  'message',
  'balance',
  'equity',
  'margin',
  'timestamp',
]);

export function plainTelemetry(fields: Fields): Telemetry | null {
  const { uuid, balance, equity, margin, free_margin, profit, positions, credit } = fields;
  if (!isNumber(balance) || !isNumber(equity)) return null;
  if (!isNumberOrNone(margin) || !isNumberOrNone(free_margin) || !isNumberOrNone(profit)) return null;
  if (!isNumberOrNone(credit)) return null;
  if (uuid !== undefined && !(typeof uuid === 'string' && uuidPattern.test(uuid))) return null;
  if (positions !== undefined && !(Number.isSafeInteger(positions) && (positions as number) >= 0)) return null;
  const named =
    fields['user_uuid'] ??
    fields['account'] ??
    fields['server'] ??
    fields['currency'] ??
    fields['leverage'] ??
    fields['trade_allowed'];
  if (named !== undefined) return null;
  return { uuid, balance, equity, margin, free_margin, profit, positions: positions as number | undefined, credit };
}

export function plainTick(fields: Fields): Tick | null {
  const { symbol, bid, ask, spread, volume } = fields;
  if (typeof symbol !== 'string' || !plainSymbol.test(symbol) || !isNumber(bid) || !isNumber(ask)) return null;
  if (!isNumberOrNone(spread) || (spread !== undefined && spread < 0) || !isNumberOrNone(volume)) return null;
  return { symbol, bid, ask, spread, volume };
}

export function plainResult(fields: Fields): TradeResult | null {
  for (const name in fields) if (!resultNames.has(name)) return null;
  const { signal_id, status, ticket, price, message, balance, equity, margin, timestamp } = fields;
  if (!isPrintable(signal_id) || !isPrintable(status) || !isNumber(price) || price === 0) return null;
  if (!isNumberOrNone(balance) || !isNumberOrNone(equity) || !isNumberOrNone(margin)) return null;
  if (message !== undefined && !isPrintable(message)) return null;
  if (typeof timestamp === 'object' && timestamp !== null) return null;
  const digits = Number.isSafeInteger(ticket) ? String(ticket) : ticket;
  if (typeof digits !== 'string' || !plainTicket.test(digits)) return null;
  return { signal_id, status, ticket: digits, price, message, balance, equity, margin };
}

/** Whether a value is a finite number; JSON's 1e999 parses as Infinity. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isNumberOrNone(value: unknown): value is number | undefined {
  return value === undefined || isNumber(value);
}

function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && isAscii(value);
}
