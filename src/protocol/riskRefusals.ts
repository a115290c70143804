/** What the risk gate refuses for, in the order it looks. */
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

/** A Refusal of the risk gate: a sentence for the person who fired, and what that person can do. */
export interface RiskRefusal {
  code: RiskCode;
  reason: string;
  nextStep: string;
}

/** Why a limit can't be checked: `missing` is a clause. What can't be checked isn't traded. */
export interface Gap {
  missing: string;
  nextStep: string;
}

/** Numbers come as text that is rounded away from the limit, so that a sentence never contradicts its refusal. */
export const riskRefusals = {
  gap: (code: RiskCode, gap: Gap, what: string): RiskRefusal =>
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
    refuse('risk_lot', reason, `Correct the lots, or change the lots of ${symbol} in the risk limits.`),

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
      `Trades that are open or may be: ${value}; the limit is ${String(limit)}.`,
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
  freeMargin: (value: string, limit: number, currency: string | null): RiskRefusal =>
    refuse(
      'risk_free_margin',
      `The free margin is ${money(value, currency)}; a new trade needs at least ${money(String(limit), currency)}.`,
      'Close a trade or add funds, or lower the limit on the free margin.',
    ),
} as const;

const nextFigures = "Wait for the EA's next figures, or look in MT5 whether it still runs.";

export const gaps = {
  openTrades: { missing: 'The EA has not reported how many trades are open', nextStep: nextFigures },
  tradesSent: {
    missing: 'The number of trades sent is not known',
    nextStep: 'Start the app again; its journal keeps count.',
  },
  equity: { missing: 'The EA has not reported the equity', nextStep: nextFigures },
  noEquity: { missing: 'The account has no equity', nextStep: 'Add funds to the account.' },
  margin: { missing: 'The EA has not reported the margin in use', nextStep: nextFigures },
  freeMargin: { missing: 'The EA has not reported the free margin', nextStep: nextFigures },
  dayStart: {
    missing: 'The equity at the beginning of the trading day is not known',
    nextStep: "Wait for the EA's next figures, or switch the limit on the daily loss off.",
  },
  peak: {
    missing: 'The peak of the equity is not known',
    nextStep: "Wait for the EA's next figures, or re-base the peak.",
  },
  noStop: { missing: 'The order has no stop loss', nextStep: 'Set a stop loss.' },
  price: (symbol: string): Gap => ({
    missing: `The price of ${symbol} is not known`,
    nextStep: 'Wait until the EA has sent a price of this symbol.',
  }),
  point: (symbol: string): Gap => ({
    missing: `The size of a point of ${symbol} is not known`,
    nextStep: 'Wait until the EA has sent a price of this symbol with its spread.',
  }),
  contractSize: (symbol: string): Gap => ({
    missing: `The contract size of ${symbol} is not known`,
    nextStep: 'Enter it in the risk limits, as the specification of the symbol in MT5 shows it.',
  }),
  accountCurrency: {
    missing: "The account's currency is not known",
    nextStep: "Enter the account's currency in the settings of the bridge.",
  },
  quoteCurrency: (symbol: string): Gap => ({
    missing: `The name of ${symbol} does not tell the currency of its price`,
    nextStep: 'Trade another symbol, or switch the limit on the risk of one trade off.',
  }),
  otherCurrency: (symbol: string, quote: string, account: string): Gap => ({
    missing: `${symbol} is priced in ${quote} and the account is in ${account}`,
    nextStep: `Trade a symbol that is priced in ${account}, or switch the limit on the risk of one trade off.`,
  }),
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
