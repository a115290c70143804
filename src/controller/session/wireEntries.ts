import type { DecodedFrame, FramePart } from '../../protocol/ea/framePart.ts';
import type { WireEntry } from './frameLog.ts';

/** What the wire log says of a frame from the EA: of several messages in one, the result's or the first's. */
export function inboundEntry(
  parts: readonly [FramePart, ...FramePart[]],
  channel: 'telemetry' | 'feedback',
  history: boolean,
): WireEntry {
  const { decoded } = parts.find(({ about }) => about === 'result') ?? parts[0];
  const signalId = signalIdOf(decoded);
  return {
    channel,
    direction: 'in',
    kind: decoded.ok ? decoded.type : 'unreadable',
    note: decoded.ok ? (decoded.report?.state ?? null) : decoded.reason,
    history,
    signalId: signalId === '' ? null : signalId,
  };
}

/** The signal ID that a frame names; empty where it names it empty. */
export function signalIdOf(decoded: DecodedFrame): string | null {
  if (!decoded.ok) return decoded.signalId;
  const { kind, body } = decoded.message;
  return kind === 'trade_result' || kind === 'error' ? body.signal_id : null;
}
