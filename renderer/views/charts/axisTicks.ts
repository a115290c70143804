import { timeFormat } from '../../format.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
  5 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
];
/** Steps in calendar months, whose lengths differ. */
const monthSteps = [1, 2, 3, 6, 12, 24, 60];

/** Round times between two moments, at most `most` of them, in the time zone of `offsetMinutes` (as Date gives it). */
export function timeTicks(from: number, to: number, most: number, offsetMinutes: number): number[] {
  const shift = offsetMinutes * minute;
  const step = timeSteps.find((each) => (to - from) / each <= most);
  if (step === undefined) return monthTicks(from, to, most, shift);
  const ticks: number[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) ticks.push(at);
  return ticks;
}

function monthTicks(from: number, to: number, most: number, shift: number): number[] {
  const months = (to - from) / (30.5 * day);
  const step = monthSteps.find((each) => months / each <= most) ?? 120;
  const begin = new Date(from - shift);
  const firstMonth = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  const ticks: number[] = [];
  for (let month = firstMonth; ; month += step) {
    const at = utcMonth(month) + shift;
    if (at > to) return ticks;
    if (at >= from) ticks.push(at);
  }
}

/** @param month counted from the year 0 */
function utcMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12);
}

const formats = {
  seconds: timeFormat({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }),
  minutes: timeFormat({ hour: '2-digit', minute: '2-digit' }),
  days: timeFormat({ day: 'numeric', month: 'short' }),
  months: timeFormat({ month: 'short', year: 'numeric' }),
};

/** Label of a tick: as precise as the ticks' distance needs, a midnight with its date. */
export function tickText(at: number, ticks: readonly number[]): string {
  const [first, next] = ticks;
  const step = first === undefined || next === undefined ? hour : next - first;
  const midnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  if (step >= 28 * day) return formats.months.format(at);
  if (step >= day - hour || (midnight && step >= 30 * minute)) return formats.days.format(at);
  return (step < minute ? formats.seconds : formats.minutes).format(at);
}

/** Round values that cover a range, about `count` of them, and the decimals it takes to tell them apart. */
export function valueTicks(low: number, high: number, count: number): { ticks: number[]; decimals: number } {
  const rough = Math.max((high - low) / count, 1e-9);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * magnitude >= rough) ?? 10) * magnitude;
  const ticks: number[] = [];
  for (let index = Math.floor(low / step); index <= Math.ceil(high / step); index += 1) ticks.push(index * step);
  const decimals = Math.max(
    0,
    Math.ceil(-Math.log10(step) - 1e-9) + (step / magnitude === 2.5 && magnitude <= 1 ? 1 : 0),
  );
  return { ticks, decimals: Math.min(decimals, 5) };
}
