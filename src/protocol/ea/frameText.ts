import type { CodePage } from './codePage.ts';
import { decodeTerminalText } from './terminalText.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes bytes. `exact`: the text in UTF-8 gives the same bytes; else it is an MT5 terminal's reading (W13). */
export function readFrameText(bytes: Uint8Array, codePage?: CodePage): { text: string; exact: boolean } {
  try {
    return { text: utf8.decode(bytes), exact: true };
  } catch {
    return { text: decodeTerminalText(bytes, codePage), exact: false };
  }
}

/**
 * Decodes a text file as spreadsheets write them: UTF-16 by its byte-order mark, else UTF-8 where valid, else the code
 * page.
 */
export function readTextFile(bytes: Uint8Array, codePage?: CodePage): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return decodeTerminalText(bytes, codePage);
}
