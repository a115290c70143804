import { toHex } from '../../base/hex.ts';
import type { FramePart } from '../ea/framePart.ts';

/** Bytes published of an unreadable frame. */
const publishedBytes = 4_096;

/** Where and when a frame came in. */
export interface FrameOrigin {
  bridge: string;
  /** R4; null: the account is not named yet. */
  account: string | null;
  /** Epoch ms. */
  at: number;
  /** W16: the EA sent it before this connection. */
  history: boolean;
}

/**
 * An EA's object as one JSON object for subscribers: its own text, of whatever type, followed by `bridge`, `account`,
 * `received_at` and `history`, which win over the EA's own keys. A word before an object without a type (W12) becomes
 * its `type`, unchanged in case. Text without an object is published as `{"type":"unreadable"}` with its reason and
 * its bytes in hexadecimal.
 */
export function republished({ decoded, object }: FramePart, frame: Uint8Array, origin: FrameOrigin): string {
  const added = addedKeys(origin);
  if (object === null) {
    const reason = decoded.ok ? '' : decoded.reason;
    const bytes = toHex(frame.subarray(0, publishedBytes));
    return `${JSON.stringify({ type: 'unreadable', reason, bytes }).slice(0, -1)},${added}`;
  }
  // `value` parses on access: skipped for frames that name their type inside.
  const { word, json } = object;
  const type = word === null || 'type' in object.value ? '' : `"type":${JSON.stringify(word)},`;
  const body = json.trim().slice(1, -1).trim();
  return `{${type}${body}${body === '' ? '' : ','}${added}`;
}

/** Cached JSON of the last bridge and account: they repeat for thousands of frames. */
let known: { bridge: string; account: string | null; json: string } = { bridge: '', account: null, json: '' };

/** Text behind the EA's own keys, up to the end of the object. */
function addedKeys({ bridge, account, at, history }: FrameOrigin): string {
  if (known.json === '' || known.bridge !== bridge || known.account !== account)
    known = { bridge, account, json: `"bridge":${JSON.stringify(bridge)},"account":${JSON.stringify(account)}` };
  return `${known.json},"received_at":${JSON.stringify(at)},"history":${history ? 'true' : 'false'}}`;
}
