import type { CodePage } from './codePage.ts';
import { decodeTerminalText } from './terminalText.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text. `exact`: the text in UTF-8 is those bytes again; else it is what an MT5 terminal would mean (W13). */
export function readFrameText(bytes: Uint8Array, codePage?: CodePage): { text: string; exact: boolean } {
  try {
    return { text: utf8.decode(bytes), exact: true };
  } catch {
    return { text: decodeTerminalText(bytes, codePage), exact: false };
  }
}
