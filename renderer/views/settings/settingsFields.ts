import { type FieldSpec } from '../../ui/readFields.ts';
import { asTyped, listOf, symbolsOf, trimmed } from '../../ui/typed.ts';

/** A field with its name on screen. An empty `limit` is off, an empty `optional` is none. */
interface TextFieldSpec extends FieldSpec {
  label: string;
  kind: 'text' | 'number' | 'optional' | 'limit';
  suffix?: string;
  /** What the setting does, in a trader's words. */
  does: string;
  /** Instead, what an empty limit lets through. */
  off?: string;
}

const lots = 'A number above 0 with at most 2 decimals, such as 0.01.';
const percent = 'A number above 0 and at most 100, or empty for off.';
const count = 'A whole number of 1 or more, or empty for off.';
const points = 'A number above 0, or empty for off.';

function currencyOf(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}

/** Fields by the path of the setting. */
export const textFields = {
  name: {
    label: 'Name',
    kind: 'text',
    read: asTyped,
    wrong: 'A name has 1 to 40 characters.',
    does: 'Stands in the top bar, with its colour, and in every list.',
  },
  currency: {
    label: 'Currency',
    kind: 'text',
    read: currencyOf,
    wrong: 'Three capital letters, such as USD, or empty when not known.',
    does: 'What the account is kept in, such as USD. Without it no risk is known in money.',
  },
  slippage: {
    label: 'Slippage',
    kind: 'number',
    wrong: 'A whole number of points from 0 to 10000.',
    suffix: 'points',
    does: 'How far from the price a fill may be, 0 to 10000. More fills more orders, at worse prices. The EA is told when it connects.',
  },
  host: {
    label: 'Address of this computer',
    kind: 'text',
    read: trimmed,
    wrong: 'An IP address of this machine, such as 127.0.0.1.',
    does: 'With 127.0.0.1 only an MT5 on this computer can connect. For one elsewhere: this computer’s address in your network.',
  },
  allowPeers: {
    label: 'Computers that may connect',
    kind: 'text',
    read: listOf,
    wrong: 'IP addresses with a comma between them.',
    does: 'IP addresses of other computers with MT5, with commas between them. Any other is turned away. Empty: this computer alone.',
  },
  commandPort: {
    label: 'Command port',
    kind: 'number',
    wrong: 'A whole number from 0 to 65535.',
    does: 'Orders go to the EA on this port, 1 to 65535. With 0 the desk picks a free one at each start, and the EA has to be given it.',
  },
  telemetryPort: {
    label: 'Telemetry port',
    kind: 'number',
    wrong: 'A whole number from 0 to 65535.',
    does: 'Account figures, prices and results come from the EA on this port, 1 to 65535, or 0 for a free one.',
  },
  feedbackPort: {
    label: 'Port for feedback',
    kind: 'optional',
    wrong: 'A whole number from 0 to 65535. REQ → REP needs a port of its own.',
    does: 'Only for EAs that send the results of orders on a port of their own. Empty: results come on the telemetry port.',
  },
  telemetryPeers: {
    label: 'EAs that may send',
    kind: 'number',
    wrong: 'A whole number from 1 to 32.',
    does: '1, unless several EAs of one account send their figures here, up to 32. One more is turned away. Orders go to one EA alone.',
  },
  leverage: {
    label: 'Leverage',
    kind: 'number',
    wrong: 'A number above 0, such as 100, or empty when not known.',
    does: '100 stands for 1:100. Without it the margin of an order is not known before it is sent.',
  },
  typedRates: {
    label: 'Rates typed',
    kind: 'text',
    read: asTyped,
    wrong: 'Pairs with their price and a comma between them, such as EURUSD 1.085, USDJPY 151.2. A pair once.',
    does: 'Turn money of one currency into another where the EA sends no quote of the pair. Such as EURUSD 1.085; each holds for 24 h.',
  },
  symbolSuffix: {
    label: 'Suffix',
    kind: 'text',
    read: trimmed,
    wrong: 'At most 10 characters, without quotation mark, comma or backslash.',
    does: 'What your broker adds to each name: with .m you type XAUUSD, and XAUUSD.m is sent.',
  },
  'lots.min': { label: 'Smallest lots', kind: 'number', wrong: lots, does: 'An order of fewer lots is refused.' },
  'lots.max': { label: 'Largest lots', kind: 'number', wrong: lots, does: 'An order of more lots is refused.' },
  'lots.step': {
    label: 'Lot step',
    kind: 'number',
    wrong: 'A multiple of 0.01, such as 0.01 or 0.1.',
    does: 'Lots are a multiple of it; lots by risk are rounded down to one.',
  },
  'limits.openTrades': {
    label: 'Open trades',
    kind: 'limit',
    wrong: count,
    does: 'With this many trades open or on their way, the next order is refused.',
    off: 'Off: any number of trades may be open.',
  },
  'limits.tradesPerDay': {
    label: 'Trades a day',
    kind: 'limit',
    wrong: count,
    does: 'After this many trades, orders are refused until the next trading day.',
    off: 'Off: any number of trades may be sent in a day.',
  },
  'limits.tradesPerMinute': {
    label: 'Trades a minute',
    kind: 'limit',
    wrong: count,
    does: 'After this many trades within 60 seconds, the next order is refused: it stops a program that has gone wild.',
    off: 'Off: any number of trades may be sent in a minute.',
  },
  'limits.duplicateWindowS': {
    label: 'Duplicate window',
    kind: 'number',
    wrong: 'Seconds from 0 to 86400; 0 is off.',
    suffix: 's',
    does: 'The same symbol and side again within this time is refused, unless you name the order that you repeat. 0 is off, at most 86400.',
  },
  'limits.riskPercent': {
    label: 'Risk of one trade',
    kind: 'limit',
    wrong: percent,
    suffix: '%',
    does: 'An order that would lose a larger share of the equity at its stop loss is refused, and so is one without a stop loss.',
    off: 'Off: an order may risk any amount.',
  },
  heavyRiskPercent: {
    label: 'Lots are typed from',
    kind: 'number',
    wrong: 'A number above 0 and at most 100.',
    suffix: '%',
    does: 'Share of the equity at risk, up to 100 %. A lower one asks you for the lots more often.',
  },
  'limits.dailyLossPercent': {
    label: 'Daily loss',
    kind: 'limit',
    wrong: percent,
    suffix: '%',
    does: 'While the equity is this far below that of the day’s start, nothing is bought or sold.',
    off: 'Off: a day may lose any amount.',
  },
  'limits.drawdownPercent': {
    label: 'Drawdown',
    kind: 'limit',
    wrong: percent,
    suffix: '%',
    does: 'While the equity is this far below the highest that it has been, nothing is bought or sold.',
    off: 'Off: the equity may fall to any depth.',
  },
  'limits.marginLevel': {
    label: 'Margin level',
    kind: 'limit',
    wrong: points,
    suffix: '%',
    does: 'An order is refused if with it the equity would be less than this share of the margin in use. Higher is safer.',
    off: 'Off: the desk leaves the margin level to the broker.',
  },
  'limits.freeMargin': {
    label: 'Free margin',
    kind: 'limit',
    wrong: 'A number of 0 or more, or empty for off.',
    does: 'An order is refused if with it less money would be free for further trades, in the account’s currency.',
    off: 'Off: the desk leaves the free margin to the broker.',
  },
  'limits.stopDistance.min': {
    label: 'Smallest stop distance',
    kind: 'limit',
    wrong: points,
    suffix: 'points',
    does: 'An order whose stop loss is closer to the market is refused.',
    off: 'Off: a stop loss may be as close as the broker takes it.',
  },
  'limits.stopDistance.max': {
    label: 'Largest stop distance',
    kind: 'limit',
    wrong: points,
    suffix: 'points',
    does: 'An order whose stop loss is further from the market is refused, and so is one without a stop loss.',
    off: 'Off: a stop loss may be at any distance.',
  },
  'limits.symbols': {
    label: 'Tradable symbols',
    kind: 'text',
    read: symbolsOf,
    wrong: 'Symbols as Market Watch shows them, with a comma between them.',
    does: 'Only these may be bought and sold, by the broker’s name or the table’s, with commas between them.',
  },
  'limits.day.timeZone': {
    label: 'Time zone',
    kind: 'text',
    read: trimmed,
    wrong: 'Not a known time zone: write it like Europe/London or UTC.',
    does: 'Its clocks say when a day starts, summer time included. Such as UTC, Europe/London or America/New_York.',
  },
  'limits.day.startsAt': {
    label: 'Day starts at',
    kind: 'text',
    read: trimmed,
    wrong: 'A time of day is written like 17:00.',
    does: 'From 00:00 to 23:59 on the clocks of that zone.',
  },
} as const satisfies Record<string, TextFieldSpec>;

export type TextKey = keyof typeof textFields;

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(textFields, key);
}

export function specOf(key: TextKey): TextFieldSpec {
  return textFields[key];
}
