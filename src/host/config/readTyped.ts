import { InvalidArgumentError } from 'commander';

/** A day. Timers hold no more than 24 of them. */
const longestWaitSeconds = 86_400;

/** A number as a person writes it; null: it is none. `0x10` and `1e5` are amounts that nobody meant. */
export function readTyped(text: string): number | null {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text.trim()) && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** @throws InvalidArgumentError */
export function parseNumber(text: string): number {
  const number = readTyped(text);
  if (number === null) throw new InvalidArgumentError('Give a number in digits, with a point before the decimals.');
  return number;
}

/** How long to wait. @throws InvalidArgumentError */
export function parseSeconds(text: string): number {
  const seconds = readTyped(text);
  if (seconds === null || seconds < 0 || seconds > longestWaitSeconds)
    throw new InvalidArgumentError(`Give seconds from 0 to ${String(longestWaitSeconds)}.`);
  return seconds;
}

/** The name of a folder: none is where a script's variable was empty. @throws InvalidArgumentError */
export function parseFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Name a folder.');
  return text;
}
