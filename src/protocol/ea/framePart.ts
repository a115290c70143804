import type { EaMessage } from './eaMessages.ts';
import type { ExecutionReport } from './executionReport.ts';
import type { FrameObject } from './frameObjects.ts';

export type DecodedFrame =
  /** `type`: the message's own type, in lower case. `report`: the outcome that a result or error reports. */
  | { ok: true; type: string; message: EaMessage; report?: ExecutionReport }
  /** `signalId`: the order that an unreadable frame names, where its text still shows it. */
  | { ok: false; reason: string; signalId: string | null };

/** One message of a frame. */
export interface FramePart {
  decoded: DecodedFrame;
  /** Subject as far as it can be recognised, even in an unreadable part: unreadable results matter most. */
  about: 'result' | 'quote' | 'other';
  /** Signal ID in the message; empty where the message has an empty one. */
  signalId: string | null;
  /** The object as the EA sent it, of whatever type; null: there is none. */
  object: FrameObject | null;
}
