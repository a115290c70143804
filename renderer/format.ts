/**
 * Cache by decimals: charts and lists format thousands of figures a second, and making a format takes longer than
 * using it.
 */
const numberFormats = new Map<number, Intl.NumberFormat>();

function numberFormat(decimals: number): Intl.NumberFormat {
  const known = numberFormats.get(decimals);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  numberFormats.set(decimals, made);
  return made;
}

/** Formats a number as a trader reads it: grouped thousands, fixed decimals, a true minus sign. */
export function formatNumber(value: number, decimals: number): string {
  const text = numberFormat(decimals).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** Formats a count for little room: in full below 100,000, then as 123K or 1.23M. */
export function formatCount(count: number): string {
  return count < 100_000 ? formatNumber(count, 0) : compact.format(count);
}

export function formatMoney(value: number): string {
  return formatNumber(value, 2);
}

/** Formats a change with its sign, also above zero. */
export function formatChange(value: number): string {
  const text = formatMoney(value);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Formats a price without grouping, as MT5 does. */
export function formatPrice(price: number, digits: number): string {
  return price.toFixed(digits);
}

const mostDecimals = 8;

/** Formats a price with the most decimals among it and its neighbours: numbers lose their last zeros in JSON. */
export function formatPriceLike(price: number, beside: { bid: number; ask: number } | null): string {
  const prices = beside === null ? [price] : [price, beside.bid, beside.ask];
  const decimals = Math.max(...prices.map((each) => String(each).split('.')[1]?.length ?? 0));
  // More decimals than any broker quotes are errors of arithmetic.
  return decimals > mostDecimals || String(price).includes('e')
    ? formatPlainPrice(price)
    : formatPrice(price, decimals);
}

/** Formats a price unchanged, where the symbol's digits aren't known. */
export function formatPlainPrice(price: number): string {
  return String(price).replace('-', '−');
}

export function formatLots(lots: number): string {
  return lots.toFixed(2);
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const monthDay = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

const exactClock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

export const formatTime = (at: number): string => clock.format(at);
export const formatDay = (at: number): string => monthDay.format(at);
/** Time to the millisecond. */
export const formatExactTime = (at: number): string => exactClock.format(at);
export const formatDateTime = (at: number): string => full.format(at);

/** Formats a round trip: in ms up to ten seconds, then in s. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 10_000) return `${ms.toFixed(0)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Formats an age in whole units, such as "12 s" or "3 min". */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  if (seconds < 3_600) return `${String(Math.floor(seconds / 60))} min`;
  if (seconds < 86_400) return `${String(Math.floor(seconds / 3_600))} h`;
  return `${String(Math.floor(seconds / 86_400))} d`;
}
