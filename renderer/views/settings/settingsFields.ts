import { type FieldSpec } from '../../ui/readFields.ts';
import { asTyped, listOf, symbolsOf, trimmed } from '../../ui/typed.ts';

/** A field with its name on screen. An empty `limit` is off, an empty `optional` is none. */
interface TextFieldSpec extends FieldSpec {
  label: string;
  kind: 'text' | 'number' | 'optional' | 'limit';
  suffix?: string;
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
  name: { label: 'Name', kind: 'text', read: asTyped, wrong: 'A name has 1 to 40 characters.' },
  currency: {
    label: 'Currency',
    kind: 'text',
    read: currencyOf,
    wrong: 'Three capital letters, such as USD, or empty when not known.',
  },
  slippage: {
    label: 'Slippage',
    kind: 'number',
    wrong: 'A whole number of points from 0 to 10000.',
    suffix: 'points',
  },
  host: { label: 'Interface', kind: 'text', read: trimmed, wrong: 'An IP address of this machine, such as 127.0.0.1.' },
  allowPeers: {
    label: 'Terminals elsewhere',
    kind: 'text',
    read: listOf,
    wrong: 'IP addresses with a comma between them.',
  },
  commandPort: { label: 'Command port', kind: 'number', wrong: 'A whole number from 0 to 65535.' },
  telemetryPort: { label: 'Telemetry port', kind: 'number', wrong: 'A whole number from 0 to 65535.' },
  feedbackPort: {
    label: 'Port for feedback',
    kind: 'optional',
    wrong: 'A whole number from 0 to 65535. REQ → REP needs a port of its own.',
  },
  telemetryPeers: { label: 'EAs that may send', kind: 'number', wrong: 'A whole number from 1 to 32.' },
  leverage: { label: 'Leverage', kind: 'number', wrong: 'A number above 0, such as 100, or empty when not known.' },
  typedRates: {
    label: 'Rates typed',
    kind: 'text',
    read: asTyped,
    wrong: 'Pairs with their price and a comma between them, such as EURUSD 1.085, USDJPY 151.2. A pair once.',
  },
  symbolSuffix: {
    label: 'Suffix',
    kind: 'text',
    read: trimmed,
    wrong: 'At most 10 characters, without quotation mark, comma or backslash.',
  },
  'lots.min': { label: 'Smallest lots', kind: 'number', wrong: lots },
  'lots.max': { label: 'Largest lots', kind: 'number', wrong: lots },
  'lots.step': { label: 'Lot step', kind: 'number', wrong: 'A multiple of 0.01, such as 0.01 or 0.1.' },
  'limits.openTrades': { label: 'Open trades', kind: 'limit', wrong: count },
  'limits.tradesPerDay': { label: 'Trades a day', kind: 'limit', wrong: count },
  'limits.tradesPerMinute': { label: 'Trades a minute', kind: 'limit', wrong: count },
  'limits.duplicateWindowS': {
    label: 'Duplicate window',
    kind: 'number',
    wrong: 'Seconds from 0 to 86400; 0 is off.',
    suffix: 's',
  },
  'limits.riskPercent': { label: 'Risk of one trade', kind: 'limit', wrong: percent, suffix: '%' },
  heavyRiskPercent: {
    label: 'Typed from',
    kind: 'number',
    wrong: 'A number above 0 and at most 100.',
    suffix: '%',
  },
  'limits.dailyLossPercent': { label: 'Daily loss', kind: 'limit', wrong: percent, suffix: '%' },
  'limits.drawdownPercent': { label: 'Drawdown', kind: 'limit', wrong: percent, suffix: '%' },
  'limits.marginLevel': { label: 'Margin level', kind: 'limit', wrong: points, suffix: '%' },
  'limits.freeMargin': { label: 'Free margin', kind: 'limit', wrong: 'A number of 0 or more, or empty for off.' },
  'limits.stopDistance.min': { label: 'Smallest stop distance', kind: 'limit', wrong: points, suffix: 'points' },
  'limits.stopDistance.max': { label: 'Largest stop distance', kind: 'limit', wrong: points, suffix: 'points' },
  'limits.symbols': {
    label: 'Tradable symbols',
    kind: 'text',
    read: symbolsOf,
    wrong: 'Symbols as Market Watch shows them, with a comma between them.',
  },
  'limits.day.timeZone': {
    label: 'Time zone',
    kind: 'text',
    read: trimmed,
    wrong: 'Not a known time zone: write it like Europe/London or UTC.',
  },
  'limits.day.startsAt': {
    label: 'Day starts at',
    kind: 'text',
    read: trimmed,
    wrong: 'A time of day is written like 17:00.',
  },
} as const satisfies Record<string, TextFieldSpec>;

export type TextKey = keyof typeof textFields;

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(textFields, key);
}

export function specOf(key: TextKey): TextFieldSpec {
  return textFields[key];
}
