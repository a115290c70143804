import type { CodePage } from './codePage.ts';
import { decodeTerminalText } from './terminalText.ts';

/**
 * Longest frame read whatever its type, bytes. Apart from candles, the longest of v7 and other known EAs have about
 * 500.
 */
export const maxPlainBytes = 64 * 1024;

/** Bytes examined at the beginning and at the end of a frame that is too long to be read. */
const lookedAtBytes = 64 * 1024;

/** Longest text kept in a large frame, characters. */
const keptText = 4_096;

/** Subject of a large frame, found without parsing it. */
export interface LargeFrame {
  kind: 'result' | 'candles' | 'other';
  /** Orders that the frame names: several where messages were joined on their way. */
  signalIds: string[];
}

const resultType =
  /"type"\s{0,8}:\s{0,8}"(?:trade_result|confirmation|error)"|^\s{0,8}(?:trade_result|confirmation|error)\s{0,8}\{/i;
const candlesType = /^\s*(?:\{\s*"type"\s*:\s*"(?:candle_batch|ohlc)"|(?:candle_batch|ohlc)\s*\{)/i;
const namedId = /"(?:signal_id|fire_id)"\s{0,8}:\s{0,8}"([A-Za-z0-9_.-]{1,31})"/;
/** Common end of both ID keys, which is faster to search for; and the most matches examined. */
const idEnd = '_id"';
const mostIds = 100;

/**
 * Searches a frame's text without parsing, which costs a hundredth of JSON.
 * @param wholeBytes longest frame searched as a whole, bytes
 */
export function lookAtLargeFrame(frame: Uint8Array, wholeBytes: number, codePage?: CodePage): LargeFrame {
  const text =
    frame.length <= wholeBytes
      ? decodeTerminalText(frame, codePage)
      : `${decodeTerminalText(frame.subarray(0, lookedAtBytes), codePage)}\n${decodeTerminalText(frame.subarray(-lookedAtBytes), codePage)}`;
  const ends = [text.slice(0, lookedAtBytes), text.slice(-lookedAtBytes)];
  const isResult = ends.some((end) => resultType.test(end));
  const kind = isResult ? 'result' : candlesType.test(text.slice(0, 200)) ? 'candles' : 'other';
  return { kind, signalIds: idsIn(text) };
}

function idsIn(text: string): string[] {
  const ids = new Set<string>();
  let at = text.indexOf(idEnd);
  for (let looked = 0; at !== -1 && looked < mostIds; looked += 1) {
    const id = namedId.exec(text.slice(Math.max(0, at - 10), at + 64))?.[1];
    if (id !== undefined) ids.add(id);
    at = text.indexOf(idEnd, at + 1);
  }
  return [...ids];
}

/** Cuts long strings of a frame to their beginning, so that the rest can be parsed. */
export function clipStrings(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', from)) {
    const { kept, end } = stringAt(text, start + 1);
    parts.push(text.slice(from, start + 1), text.slice(start + 1, kept), '"');
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** @returns end of the kept part of the string, and position behind its closing quote */
function stringAt(text: string, start: number): { kept: number; end: number } {
  let kept = start;
  let at = start;
  while (at < text.length && text.charAt(at) !== '"') {
    // Cuts an escape as a whole or not at all.
    if (text.charAt(at) === '\\') at += text.charAt(at + 1) === 'u' ? 6 : 2;
    else at += 1;
    if (at - start <= keptText) kept = at;
    else return { kept, end: endOfString(text, at) };
  }
  return { kept: Math.min(at, text.length), end: at + 1 };
}

/**
 * Closing quote of a long string: the first one with an even number of backslashes before it.
 * @returns position behind it
 */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}
