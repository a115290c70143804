import type { FramePart } from '../../protocol/ea/framePart.ts';
import type { WireEntry } from './frameLog.ts';

/**
 * Shared facts of frames with nothing but a type, so that thousands of them share one object: by channel, then by age.
 */
const commonEntries = {
  telemetry: { history: new Map<string, WireEntry>(), current: new Map<string, WireEntry>() },
  feedback: { history: new Map<string, WireEntry>(), current: new Map<string, WireEntry>() },
};

/** Facts of an EA's frame for the wire log: of several messages, the result's or the first's. */
export function inboundEntry(
  parts: readonly [FramePart, ...FramePart[]],
  channel: 'telemetry' | 'feedback',
  history: boolean,
): WireEntry {
  const { decoded, signalId } =
    parts.length === 1 ? parts[0] : (parts.find(({ about }) => about === 'result') ?? parts[0]);
  const kind = decoded.ok ? decoded.type : 'unreadable';
  const note = decoded.ok ? (decoded.report?.state ?? null) : decoded.reason;
  if (note === null && signalId === null) return commonEntry(kind, channel, history);
  return { channel, direction: 'in', kind, note, history, signalId: signalId === '' ? null : signalId };
}

/** The types that EAs are known to send are few. */
function commonEntry(kind: string, channel: 'telemetry' | 'feedback', history: boolean): WireEntry {
  const entries = commonEntries[channel][history ? 'history' : 'current'];
  const known = entries.get(kind);
  if (known !== undefined) return known;
  const entry = { channel, direction: 'in', kind, note: null, history, signalId: null } as const;
  entries.set(kind, entry);
  return entry;
}
