import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import { foundIn } from '../orders/lookUp.ts';
import type { SignalRouter } from './signalRouter.ts';

// G4: IDs of feeds end in a second, so that two signals of one second can share one.

/** The same signal under an unused ID. */
export function renamed(signal: EngineSignal, signals: SignalRouter): EngineSignal {
  for (let count = 2; ; count += 1) {
    const suffix = `_${String(count)}`;
    const signalId = `${signal.signalId.slice(0, 31 - suffix.length)}${suffix}`;
    if (signals.known.findWaiting(signalId) === null && !hasLeft(signalId, signals)) return { ...signal, signalId };
  }
}

/** Whether an order of this ID is known. An unreadable journal counts as no: nothing is sent then anyway. */
export function hasLeft(signalId: string, signals: SignalRouter): boolean {
  return foundIn(signals.known.findSent(signalId)) !== null;
}
