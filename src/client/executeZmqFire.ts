import type { FireOutcome } from './fireOutcome.ts';
import type { FireSignal } from './fireSignal.ts';
import { type FireOptions, submitOnce } from './submitOnce.ts';

/**
 * Fires a signal at the gateway of the desk, once, and resolves with its outcome. Never sends it again and leaves
 * nothing behind that could be sent later; a desk that was suspended meanwhile refuses it by its time of sending.
 *
 * - `filled`, `rejected`: as reported by the EA.
 * - `refused`: certainly not traded; `unreachable` and `aborted` mean that nothing left this process.
 * - `unknown`: it may have been traded. With `unverified` the EA reported success without ticket or price, and no
 *   position confirmed it within 10 s. Else the desk did not know, or no answer came in time, before the abort, or
 *   before the connection broke.
 *
 * The desk gives an EA 10 s, so a `timeoutMs` below that turns slow fills into `unknown`. In mode `ask` a person has
 * the time set as the engine's expiry (60 s by default): set `timeoutMs` above it.
 * @throws Error when `endpoint` is not a ZeroMQ endpoint, TypeError when the signal can't be written as JSON; nothing
 *   was sent then
 */
export async function executeZmqFire(signal: FireSignal, options: FireOptions): Promise<FireOutcome> {
  return submitOnce('signal', signal, signal.signal_id ?? signal.fire_id ?? signal.mission_id ?? '', options);
}
