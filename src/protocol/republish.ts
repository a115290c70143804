import { toHex } from './hex.ts';
import type { DecodedFrame } from './eaFrame.ts';
import { decodeTerminalText } from './terminalText.ts';

/** Of a frame that can't be read so many bytes are published. */
const publishedBytes = 4_096;

/** Where and when a frame came in. */
export interface FrameOrigin {
  bridge: string;
  /** R4; null: not named yet. */
  account: string | null;
  /** Epoch ms. */
  at: number;
  /** W16: the EA sent it before this connection. */
  history: boolean;
}

/**
 * What an EA sent as one JSON object for those who listen behind this app: its own text, and behind its own keys, so that
 * they win, `bridge`, `account`, `received_at` and `history`. A word before the object (W12) becomes its `type`. What
 * can't be read is published as `{"type":"unreadable"}` with its reason and its bytes in hexadecimal.
 */
export function republished(frame: Uint8Array, decoded: DecodedFrame, origin: FrameOrigin): string {
  const { bridge, account, at, history } = origin;
  const added = JSON.stringify({ bridge, account, received_at: at, history }).slice(1);
  if (!decoded.ok) {
    const bytes = toHex(frame.subarray(0, publishedBytes));
    return `${JSON.stringify({ type: 'unreadable', reason: decoded.reason, bytes }).slice(0, -1)},${added}`;
  }
  const text = decodeTerminalText(frame).trim();
  const start = text.indexOf('{');
  const type = start === 0 ? '' : `"type":${JSON.stringify(decoded.type)},`;
  const body = text.slice(start + 1, -1).trim();
  return `{${type}${body}${body === '' ? '' : ','}${added}`;
}
