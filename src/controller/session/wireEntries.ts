import type { DecodedFrame, FramePart } from '../../protocol/ea/eaFrame.ts';
import type { EaMessage } from '../../protocol/ea/eaMessages.ts';
import { readEaError, readTradeResult } from '../../protocol/ea/executionReport.ts';
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
    note: decoded.ok ? outcomeWord(decoded.message) : decoded.reason,
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

/** What feedback says became of its order. */
function outcomeWord({ kind, body }: EaMessage): string | null {
  if (kind === 'trade_result') return readTradeResult(body).state;
  return kind === 'error' ? readEaError(body).state : null;
}
