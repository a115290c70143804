import { noCommonLots } from '../lotLimits.ts';

/**
 * Why a figure can't be computed: `missing` is a clause that begins a sentence, `nextStep` tells what a person can do. A trade
 * that can't be checked is refused.
 */
export interface Unavailable {
  missing: string;
  nextStep: string;
  /** The next step is in the settings of the bridge. */
  inSettings?: true;
  /** The figure was known once, or is in doubt: checks that pass without it otherwise refuse. */
  lapsed?: true;
}

export function isUnavailable(figure: object | number): figure is Unavailable {
  return typeof figure === 'object' && 'missing' in figure;
}

/** The reason and the next step, as two sentences. */
export function gapSentences({ missing, nextStep }: Unavailable): string {
  return `${missing}. ${nextStep}`;
}

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
  noTarget: { missing: 'The order has no take profit', nextStep: 'Set a take profit.' },
  price: (symbol: string): Unavailable => ({
    missing: `The price of ${symbol} is not known`,
    nextStep: 'Wait until the EA has sent a price of this symbol.',
  }),
  point: (symbol: string): Unavailable => ({
    missing: `The size of a point of ${symbol} is not known`,
    nextStep: 'Enter it in the symbol table, or wait until the EA has sent a price of this symbol with its spread.',
    inSettings: true,
  }),
  pointMismatch: (symbol: string, table: number, seen: number): Unavailable => ({
    missing: `A point of ${symbol} is ${plain(table)} in the symbol table and ${plain(seen)} by its ticks`,
    nextStep: 'Look in MT5 (Specification of the symbol) and correct the symbol table.',
    inSettings: true,
  }),
  pointDecimals: (symbol: string, table: number, digits: number): Unavailable => ({
    missing: `A point of ${symbol} is ${plain(table)} in the symbol table, and its prices have ${String(digits)} decimals`,
    nextStep: 'Look in MT5 (Specification of the symbol) and correct the symbol table.',
    inSettings: true,
  }),
  pip: (symbol: string): Unavailable => ({
    missing: `The size of a pip of ${symbol} is not known`,
    nextStep: 'Enter it in the symbol table, or type the stop in points or as a price.',
    inSettings: true,
  }),
  pipsUnconfirmed: {
    missing: 'What a pip is on this bridge has not been confirmed',
    nextStep:
      'Compare the pips in the symbol table with MT5 and confirm them once, or type the stop in points or as a price.',
    inSettings: true,
  } satisfies Unavailable,
  stopUnit: {
    missing: "It is not set whether this bridge's EA reads stops as points or as prices",
    nextStep: 'Set the stop unit in the settings of the bridge.',
    inSettings: true,
  } satisfies Unavailable,
  contractSize: (symbol: string): Unavailable => ({
    missing: `The contract size of ${symbol} is not known`,
    nextStep: 'Enter it in the symbol table, as the specification of the symbol in MT5 shows it.',
    inSettings: true,
  }),
  accountCurrency: {
    missing: "The account's currency is not known",
    nextStep: "Enter the account's currency in the settings of the bridge.",
    inSettings: true,
  } satisfies Unavailable,
  leverage: {
    missing: "The account's leverage is not known",
    nextStep: 'Set the leverage in the settings of the bridge.',
    inSettings: true,
  } satisfies Unavailable,
  quoteCurrency: (symbol: string): Unavailable => ({
    missing: `The currency that ${symbol} is priced in is not known`,
    nextStep: 'Enter it in the symbol table.',
    inSettings: true,
  }),
  currencyDiffers: (set: string, told: string): Unavailable => ({
    missing: `The account's currency is ${told} by the EA and ${set} in the settings of the bridge`,
    nextStep: "Look in MT5 and correct the account's currency in the settings of the bridge.",
    inSettings: true,
    lapsed: true,
  }),
  leverageDiffers: (set: number, told: number): Unavailable => ({
    missing: `The account's leverage is 1:${String(told)} by the EA and 1:${String(set)} in the settings of the bridge`,
    nextStep: 'Look in MT5 and correct the leverage in the settings of the bridge.',
    inSettings: true,
    lapsed: true,
  }),
  worthDiffers: (of: {
    symbol: string;
    size: number;
    currency: string;
    told: number;
    computed: number;
  }): Unavailable => ({
    missing: `A point of one lot of ${of.symbol} is worth ${plain(of.told)} ${of.currency} by the terminal and ${plain(of.computed)} ${of.currency} by its contract size of ${plain(of.size)}`,
    nextStep: 'Look in MT5 (Specification of the symbol) what a tick is worth, and correct the contract size.',
    inSettings: true,
    lapsed: true,
  }),
  symbolDiffers: ({
    symbol,
    what,
    set,
    told,
  }: Readonly<Record<'symbol' | 'what' | 'set' | 'told', string>>): Unavailable => ({
    missing: `The ${what} of ${symbol} is ${told} by the EA and ${set} in the symbol table`,
    nextStep: 'Look in MT5 (Specification of the symbol) and correct the symbol table.',
    inSettings: true,
    lapsed: true,
  }),
  termLapsed: (what: 'currency' | 'leverage'): Unavailable => ({
    missing: `The EA has not told the account's ${what} since it connected anew, as it did before`,
    nextStep: `Wait for the EA's next figures, or enter the ${what} in the settings of the bridge.`,
    inSettings: true,
    lapsed: true,
  }),
  sizeUnconfirmed: (symbol: string, size: number): Unavailable => ({
    missing: `The contract size of ${symbol}, ${plain(size)} units a lot, has not been confirmed`,
    nextStep:
      'Compare the contract sizes in the symbol table with MT5 (Specification of the symbol) and confirm them once.',
    inSettings: true,
  }),
  /** @param lapsed the pair had a quote before */
  rate: (pair: string, from: string, to: string, lapsed = false): Unavailable => ({
    missing: `No quote of ${pair}, which turns ${from} into ${to}, has been seen lately`,
    nextStep: `In MT5, have the EA send quotes of ${pair}, or type the rate in the settings of the bridge.`,
    inSettings: true,
    ...(lapsed ? { lapsed: true } : {}),
  }),
  rateAged: (pair: string, hours: number): Unavailable => ({
    missing: `The rate of ${pair} that was typed is ${String(hours)} h old, and holds for 24 h`,
    nextStep: 'Type it anew in the settings of the bridge.',
    inSettings: true,
    lapsed: true,
  }),
  noNumber: (what: string): Unavailable => ({
    missing: `${what} must be a number above 0`,
    nextStep: `Type the ${what.toLowerCase()} as a number above 0.`,
  }),
  wrongSide: (what: string, side: 'buy' | 'sell', place: 'below' | 'above', market: number): Unavailable => ({
    missing: `The ${what.toLowerCase()} of a ${side} must be ${place} the price, which is ${plain(market)}`,
    nextStep: `Type a price ${place} it.`,
  }),
  partOfPoint: (what: string, points: string): Unavailable => ({
    missing: `The ${what.toLowerCase()} is ${points} points, and this bridge's EA takes whole points`,
    nextStep: 'Type a stop that is a whole number of points away.',
  }),
  moneyWithoutLots: (what: string): Unavailable => ({
    missing: `The ${what.toLowerCase()} in money needs the lots, and the lots are worked out from the stop loss`,
    nextStep: 'Size the order in lots, or type the stop loss in points, pips or as a price.',
  }),
  lessThanPoint: (what: string, currency: string, point: string): Unavailable => ({
    missing: `The ${what.toLowerCase()} is less than one point, which is ${point} ${currency} with these lots`,
    nextStep: `Type a larger ${what.toLowerCase()}, or trade fewer lots.`,
  }),
  noCommonLots: {
    missing: noCommonLots,
    nextStep: 'Compare the lots in the settings with those in MT5, Specification.',
    inSettings: true,
  },
  belowMinimum: (minimum: number, risk: string, asked: string, currency: string): Unavailable => ({
    missing: `The smallest ${String(minimum)} lots would risk ${risk} ${currency}, more than the ${asked} ${currency} asked for`,
    nextStep: 'Set the stop loss closer, or risk more.',
  }),
} as const;

/** A number as text without an exponent. */
function plain(value: number): string {
  return value.toFixed(10).replace(/\.?0+$/, '');
}
