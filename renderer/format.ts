import { decimalsOf, figuresIn } from '../src/api/presentation/localFigures.ts';

// Figures and times as they are read: by the system's locale, with Latin digits, in the Gregorian calendar, with hours from 0
// to 23 as MT5 shows them.

export const { formatNumber, formatPrice, formatPlain, formatLots, formatCount } = figuresIn(undefined);

export function formatMoney(value: number): string {
  return formatNumber(value, 2);
}

/** Formats a change with its sign, also above zero. */
export function formatChange(value: number): string {
  const text = formatMoney(value);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * Formats a price with the most decimals among it, its neighbours, and its symbol's: numbers lose their last zeros in JSON.
 * @param digits of the symbol; 0: unknown
 */
export function formatPriceLike(
  price: number,
  beside: { bid: number; ask: number; point?: number | null } | null,
  digits = 0,
): string {
  const decimals = decimalsOf(price, beside);
  return decimals === null ? formatPlain(price) : formatPrice(price, Math.max(decimals, digits));
}

/** Lots as a field takes them: with a point in every locale. */
export function typedLots(lots: number): string {
  return lots.toFixed(2);
}

/** A format of dates and times, the same everywhere in the window. */
export function timeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(undefined, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    ...options,
    ...(options.hour === undefined && options.timeStyle === undefined ? {} : { hourCycle: 'h23' }),
  });
}

const clock = timeFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minutes = timeFormat({ hour: '2-digit', minute: '2-digit' });
const full = timeFormat({ dateStyle: 'medium', timeStyle: 'medium' });
const monthDay = timeFormat({ month: 'short', day: 'numeric' });
const exactClock = timeFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
/** A trading day is a date without a zone. */
const shortTradingDay = timeFormat({ month: 'short', day: 'numeric', timeZone: 'UTC' });

export const formatTime = (at: number): string => clock.format(at);
/** Time to the minute. */
export const formatMinute = (at: number): string => minutes.format(at);
export const formatDay = (at: number): string => monthDay.format(at);
/** Time to the millisecond. */
export const formatExactTime = (at: number): string => exactClock.format(at);
export const formatDateTime = (at: number): string => full.format(at);
/** Time of today, else with its date. */
export const formatWhen = (at: number, now: number): string =>
  formatDay(at) === formatDay(now) ? formatTime(at) : formatDateTime(at);
/** Trading day without the year. @param day `YYYY-MM-DD` */
export const formatShortTradingDay = (day: string): string => shortTradingDay.format(Date.parse(day));

/** Formats a round trip: in ms up to ten seconds, then in s. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${formatPrice(ms, 1)} ms`;
  if (ms < 10_000) return `${formatPrice(ms, 0)} ms`;
  return `${formatPrice(ms / 1000, 1)} s`;
}

/** Formats an age in whole units, such as "12 s" or "3 min". */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  if (seconds < 3_600) return `${String(Math.floor(seconds / 60))} min`;
  if (seconds < 86_400) return `${String(Math.floor(seconds / 3_600))} h`;
  return `${String(Math.floor(seconds / 86_400))} d`;
}
