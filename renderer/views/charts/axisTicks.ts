const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
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
];

/** Round times between two moments, at most `most` of them, in the time zone of `offsetMinutes` (as Date gives it). */
export function timeTicks(from: number, to: number, most: number, offsetMinutes: number): number[] {
  const step = timeSteps.find((each) => (to - from) / each <= most) ?? 30 * day;
  const shift = offsetMinutes * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) ticks.push(at);
  return ticks;
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
