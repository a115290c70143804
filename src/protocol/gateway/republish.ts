import { toHex } from '../../base/hex.ts';
import type { FramePart } from '../ea/framePart.ts';

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
 * What an EA sent as one JSON object for those who listen behind this app: its own text, of whatever kind, and behind its
 * own keys, so that they win, `bridge`, `account`, `received_at` and `history`. A word before an object without a type (W12)
 * becomes its `type`, in the case it came. What is no object is published as `{"type":"unreadable"}` with its reason
 * and its bytes in hexadecimal.
 */
export function republished({ decoded, object }: FramePart, frame: Uint8Array, origin: FrameOrigin): string {
  const added = addedKeys(origin);
  if (object === null) {
    const reason = decoded.ok ? '' : decoded.reason;
    const bytes = toHex(frame.subarray(0, publishedBytes));
    return `${JSON.stringify({ type: 'unreadable', reason, bytes }).slice(0, -1)},${added}`;
  }
  // `value` is parsed when it is read: not for frames that name their type inside.
  const { word, json } = object;
  const type = word === null || 'type' in object.value ? '' : `"type":${JSON.stringify(word)},`;
  const body = json.trim().slice(1, -1).trim();
  return `{${type}${body}${body === '' ? '' : ','}${added}`;
}

/** Of the bridge and the account that came last, as JSON: they are the same for thousands of frames. */
let known: { bridge: string; account: string | null; json: string } = { bridge: '', account: null, json: '' };

/** What stands behind the EA's own keys, up to the end of the object. */
function addedKeys({ bridge, account, at, history }: FrameOrigin): string {
  if (known.json === '' || known.bridge !== bridge || known.account !== account)
    known = { bridge, account, json: `"bridge":${JSON.stringify(bridge)},"account":${JSON.stringify(account)}` };
  return `${known.json},"received_at":${JSON.stringify(at)},"history":${history ? 'true' : 'false'}}`;
}
