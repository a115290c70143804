import { readSignal, type EngineSignal, type ShortenId } from './engineRequest.ts';
import { visible } from '../../base/visibleText.ts';
import { readFields, readTime, type Fields, type Read, type RequestProblem } from './requestFields.ts';

/** A signal that a feed published. */
export interface FedSignal {
  /** The word before the JSON; empty: none. */
  topic: string;
  signal: EngineSignal;
  /** When it was made, epoch ms, by its own fields; null: they don't say. */
  madeAt: number | null;
}

const space = 0x20;
const brace = 0x7b;

/** One frame of a feed: a topic and one JSON object, `ELITE_GUARD_SIGNAL {…}`, or the object alone. Never throws. */
export function readFeedFrame(frame: Uint8Array, shorten: ShortenId): Read<FedSignal> {
  const start = frame.indexOf(brace);
  const cut = start > 0 && frame[start - 1] === space ? start : 0;
  const topic = visible(new TextDecoder().decode(frame.subarray(0, Math.min(cut, 65))).trim());
  const fields = readFields(frame.subarray(cut));
  if (!fields.ok) return { ok: false, problem: ofFeed(fields.problem) };
  const read = readSignal(fields.value, shorten);
  if (!read.ok) return read;
  return {
    ok: true,
    value: { topic, signal: read.value, madeAt: madeAt(fields.value, read.value.longId ?? read.value.signalId) },
  };
}

function ofFeed(problem: RequestProblem): RequestProblem {
  return { ...problem, reason: 'A message of a feed must be a topic and one JSON object in UTF-8, in one frame.' };
}

/** The time by its fields, else the Unix time that ends its ID (G4), such as `ELITE_RAPID_EURUSD_1756773488`. */
function madeAt(fields: Fields, signalId: string): number | null {
  for (const name of ['timestamp', 'created_at', 'generated_at']) {
    const at = readTime(fields[name]);
    if (at !== null) return at;
  }
  const second = /_(\d{10})$/.exec(signalId)?.[1];
  return second === undefined ? null : Number(second) * 1_000;
}
