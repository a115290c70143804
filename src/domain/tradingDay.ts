/** When a trading day begins: `startsAt` is 'HH:MM' on the clocks of `timeZone`, an IANA name. */
export interface DayStart {
  timeZone: string;
  startsAt: string;
}

/** One trading day: from `from` up to, not including, `until` (epoch ms). `date` is 'YYYY-MM-DD'; dates compare in order. */
export interface TradingDaySpan {
  date: string;
  from: number;
  until: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** No zone's clock has ever been further from UTC than this. */
const widestOffsetMs = 16 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();
const lastSpans = new Map<string, TradingDaySpan>();

export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    clockFormat(name);
    return true;
  } catch {
    return false;
  }
}

/** The date of the trading day that `at` (epoch ms) is in: see {@link tradingDaySpan}. */
export function tradingDay(at: number, day: DayStart): string {
  return tradingDaySpan(at, day).date;
}

/**
 * The trading day that `at` (epoch ms) is in. A day begins when the zone's clock first reaches its date at `startsAt`,
 * and lasts until the next one begins: local time before `startsAt` belongs to the date before. A clock that is put back
 * over `startsAt` doesn't bring the old day back, one put forward over it begins the day at the jump.
 * @throws RangeError when `at` is no time or the zone is unknown
 */
export function tradingDaySpan(at: number, { timeZone, startsAt }: DayStart): TradingDaySpan {
  const key = `${timeZone} ${startsAt}`;
  const last = lastSpans.get(key);
  if (last !== undefined && at >= last.from && at < last.until) return last;

  const startMs = Number(startsAt.slice(0, 2)) * hourMs + Number(startsAt.slice(3)) * 60_000;
  const begins = (number: number): number => firstAt(number * dayMs + startMs, timeZone);
  let number = Math.floor((at + offsetAt(at, timeZone) - startMs) / dayMs);
  let until = begins(number + 1);
  while (until <= at) {
    number += 1;
    until = begins(number + 1);
  }
  const span = { date: new Date(number * dayMs).toISOString().slice(0, 10), from: begins(number), until };
  lastSpans.set(key, span);
  return span;
}

/** Epoch ms at which the zone's clock first shows `local` (ms as if it were UTC) or later. Assumes one clock change within 32 h. */
export function firstAt(local: number, timeZone: string): number {
  let before = local - widestOffsetMs;
  let after = local + widestOffsetMs;
  const oldOffset = offsetAt(before, timeZone);
  const newOffset = offsetAt(after, timeZone);
  if (oldOffset === newOffset) return local - oldOffset;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, timeZone) === oldOffset) before = middle;
    else after = middle;
  }
  return local - oldOffset < after ? local - oldOffset : Math.max(after, local - newOffset);
}

/** Offset of the zone's clock from UTC, in ms. */
export function offsetAt(at: number, timeZone: string): number {
  const fields: Record<string, number> = {};
  for (const { type, value } of clockFormat(timeZone).formatToParts(at)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Cached by zone: making a format takes thirty times as long as using it. */
function clockFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** The span of the trading day with this date, or of the next one where the zone skipped it. */
export function spanOfTradingDay(date: string, day: DayStart): TradingDaySpan {
  let span = tradingDaySpan(Date.parse(`${date}T00:00:00Z`) - widestOffsetMs - dayMs, day);
  while (span.date < date) span = tradingDaySpan(span.until, day);
  return span;
}
