import type { BridgeState } from '../../../../src/api/state/state.ts';
import { encodeSignal, type EncodedFrame } from '../../../../src/protocol/ea/commandFrame.ts';
import { encodeOrder8 } from '../../../../src/protocol/ea/encodeOrder8.ts';
import type { Signal } from '../../../../src/protocol/ea/signal.ts';
import { rulesOf } from './ticketForm.ts';

/** The frame that the EA would receive; what only the sending knows is "…": the session and the time. */
export function commandPreview(bridge: BridgeState, signal: Signal): EncodedFrame {
  const rules = rulesOf(bridge, signal.symbol);
  if (!bridge.speaks8) return encodeSignal(signal, rules);
  const encoded = encodeOrder8(signal, rules, { session: '…', sentAt: 0, deviation: bridge.slippage });
  return encoded.ok ? { ok: true, text: encoded.text.replace('"sent_at":0', '"sent_at":…') } : encoded;
}
