import { InvalidArgumentError } from 'commander';

/** One day, in s. Node's timers hold at most 24 days. */
const longestWaitSeconds = 86_400;

/** A decimal number as a person types it; null: it is none. `0x10` and `1e5` are none: they are amounts nobody meant. */
export function readTyped(text: string): number | null {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** @throws InvalidArgumentError */
export function parseNumber(text: string): number {
  const number = readTyped(text);
  if (number === null) throw new InvalidArgumentError('Give a number in digits, with a point before the decimals.');
  return number;
}

/** Seconds to wait, up to a day. @throws InvalidArgumentError */
export function parseSeconds(text: string): number {
  const seconds = readTyped(text);
  if (seconds === null || seconds < 0 || seconds > longestWaitSeconds)
    throw new InvalidArgumentError(`Give seconds from 0 to ${String(longestWaitSeconds)}.`);
  return seconds;
}

/** A folder's name. Empty is refused: it comes from an unset variable of a script. @throws InvalidArgumentError */
export function parseFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Name a folder.');
  return text;
}

/** A trading day. @throws InvalidArgumentError */
export function parseDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2026-02-31 for a day in March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  return text;
}

/** `gtc`, `day`, or a time that names its zone, as epoch ms. @throws InvalidArgumentError */
export function parseExpiry(text: string): 'gtc' | 'day' | number {
  if (text === 'gtc' || text === 'day') return text;
  const named = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const at = named === null ? Number.NaN : Date.parse(text.replace(' ', 'T'));
  if (named === null || Number.isNaN(at))
    throw new InvalidArgumentError('Say gtc, day, or a time with its zone, such as 2026-12-01T18:00Z or …+01:00.');
  parseDay(named[1] ?? '');
  return at;
}
