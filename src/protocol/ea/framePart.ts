import type { EaMessage } from './eaMessages.ts';
import type { ExecutionReport } from './executionReport.ts';
import type { FrameObject } from './frameObjects.ts';

export type DecodedFrame =
  /** `type`: what it calls itself, in lower case. `report`: what a result or an error says of its order. */
  | { ok: true; type: string; message: EaMessage; report?: ExecutionReport }
  /** `signalId`: the order that an unreadable frame speaks of, where its text still shows that. */
  | { ok: false; reason: string; signalId: string | null };

/** One message of a frame. */
export interface FramePart {
  decoded: DecodedFrame;
  /** What it is about as far as can be told, read or not: of unreadable ones those of results matter most. */
  about: 'result' | 'quote' | 'other';
  /** The signal ID that it names; empty where it names it empty. */
  signalId: string | null;
  /** The object as the EA sent it, also where its type isn't known; null: there is none. */
  object: FrameObject | null;
}
