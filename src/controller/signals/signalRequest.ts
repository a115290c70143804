import type { FireRequest } from '../../api/contract.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import type { SignalTarget } from './signalTarget.ts';

/** The order that a signal asks for, with lots and stops as planned. */
export function requestOf(
  bridge: SignalTarget,
  { action, symbol, signalId }: EngineSignal,
  { lot, sl, tp }: { lot: number; sl: number; tp: number },
): FireRequest {
  return { bridge: bridge.config.id, action, symbol, lot, sl, tp, signalId, confirmed: [] };
}
