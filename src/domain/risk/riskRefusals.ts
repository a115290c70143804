import type { Unavailable } from '../arithmetic/unavailable.ts';

/** Codes of the risk check's refusals, in the order of the checks. */
export const riskCodes = [
  'risk_symbol',
  'risk_lot',
  'risk_stop_required',
  'risk_stop_distance',
  'risk_open_trades',
  'risk_trades_day',
  'risk_trades_minute',
  'risk_per_trade',
  'risk_daily_loss',
  'risk_drawdown',
  'risk_margin_level',
  'risk_free_margin',
] as const;
export type RiskCode = (typeof riskCodes)[number];

/** A refusal of the risk check: a sentence for the person who fired, and what that person can do. */
export interface RiskRefusal {
  code: RiskCode;
  reason: string;
  nextStep: string;
}

/** Numbers come as text that is rounded away from the limit, so that a sentence never contradicts its refusal. */
export const riskRefusals = {
  gap: (code: RiskCode, gap: Unavailable, what: string): RiskRefusal =>
    refuse(code, `${gap.missing}, so ${what} can't be checked.`, gap.nextStep),

  symbol: (symbol: string): RiskRefusal =>
    refuse(
      'risk_symbol',
      `${symbol} is not on the list of symbols that may be traded.`,
      'Trade a symbol on the list, or add this one to it in the risk limits.',
    ),
  noLot: (lot: number): RiskRefusal =>
    refuse('risk_lot', `Lots ${String(lot)} must be a number above 0.`, 'Correct the lots.'),
  lot: (reason: string, symbol: string): RiskRefusal =>
    refuse('risk_lot', reason, `Correct the lots, or change the lots of ${symbol} in the symbol table.`),

  stopRequired: (): RiskRefusal =>
    refuse('risk_stop_required', 'The order has no stop loss, and the risk limits require one.', 'Set a stop loss.'),
  noStopNumber: (sl: number): RiskRefusal =>
    stopDistance(`Stop loss ${String(sl)} must be a number of 0 or more.`, 'Correct the stop loss.'),
  wrongSide: (side: 'buy' | 'sell', sl: number, market: number): RiskRefusal =>
    stopDistance(
      side === 'buy'
        ? `The stop loss ${String(sl)} of a buy must be below the bid, which is ${String(market)}.`
        : `The stop loss ${String(sl)} of a sell must be above the ask, which is ${String(market)}.`,
      'Correct the stop loss.',
    ),
  noStopWithin: (max: number): RiskRefusal =>
    stopDistance(
      `The order has no stop loss, and one at most ${String(max)} points away is needed.`,
      'Set a stop loss within the limit.',
    ),
  stopTooClose: (distance: string, min: number): RiskRefusal =>
    stopDistance(
      `The stop loss is ${distance} points away; the least is ${String(min)} points.`,
      'Set the stop loss further away.',
    ),
  stopTooFar: (distance: string, max: number): RiskRefusal =>
    stopDistance(
      `The stop loss is ${distance} points away; the most is ${String(max)} points.`,
      'Set the stop loss closer.',
    ),

  openTrades: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_open_trades',
      `Open trades, with orders on their way or unknown: ${value}; the limit is ${String(limit)}.`,
      'Close a trade or settle the orders that are unknown, or raise the limit on open trades.',
    ),
  tradesPerDay: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_trades_day',
      `Trades sent this trading day: ${value}; the limit is ${String(limit)}.`,
      'Wait for the next trading day, or raise the limit on trades a day.',
    ),
  tradesPerMinute: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_trades_minute',
      `Trades sent in the last minute: ${value}; the limit is ${String(limit)}.`,
      'Fire again in a minute, or raise the limit on trades a minute.',
    ),
  perTrade: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_per_trade',
      `This trade would risk ${value} % of the equity; the limit is ${String(limit)} %.`,
      'Trade fewer lots, or set the stop loss closer.',
    ),
  dailyLoss: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_daily_loss',
      `The account has lost ${value} % since the trading day began; the limit is ${String(limit)} %.`,
      'Wait for the next trading day, or raise the limit on the daily loss.',
    ),
  drawdown: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_drawdown',
      `Equity is ${value} % below its peak; the limit is ${String(limit)} %.`,
      'Raise the limit on the drawdown, or re-base the peak if money was withdrawn.',
    ),
  marginLevel: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_margin_level',
      `The margin level is ${value} %; a new trade needs at least ${String(limit)} %.`,
      'Close a trade or add funds, or lower the limit on the margin level.',
    ),
  marginLevelAfter: (value: string, limit: number): RiskRefusal =>
    refuse(
      'risk_margin_level',
      `With this order the margin level would be ${value} %, orders on their way counted; it must be at least ${String(limit)} %.`,
      'Trade fewer lots, close a trade or add funds, or lower the limit on the margin level.',
    ),
  freeMarginAfter: (value: string, limit: number, currency: string | null): RiskRefusal =>
    refuse(
      'risk_free_margin',
      `With this order the free margin would be ${money(value, currency)}, orders on their way counted; it must be at least ${money(String(limit), currency)}.`,
      'Trade fewer lots, close a trade or add funds, or lower the limit on the free margin.',
    ),
  freeMargin: (value: string, limit: number, currency: string | null): RiskRefusal =>
    refuse(
      'risk_free_margin',
      `The free margin is ${money(value, currency)}; a new trade needs at least ${money(String(limit), currency)}.`,
      'Close a trade or add funds, or lower the limit on the free margin.',
    ),
} as const;

function refuse(code: RiskCode, reason: string, nextStep: string): RiskRefusal {
  return { code, reason, nextStep };
}

function stopDistance(reason: string, nextStep: string): RiskRefusal {
  return refuse('risk_stop_distance', reason, nextStep);
}

function money(amount: string, currency: string | null): string {
  return currency === null ? `${amount} in the account's currency` : `${amount} ${currency}`;
}
