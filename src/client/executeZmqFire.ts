import { maxRequestBytes } from '../protocol/gateway/requestFields.ts';
import { converse } from './converse.ts';
import { lookFirst, outcomeOf, type FireAck, type FireOutcome, type Refused, type Unknown } from './fireOutcome.ts';
import type { FireSignal } from './fireSignal.ts';
import { defaultEndpoint, type GatewayOptions } from './gatewayOptions.ts';
import { readReply } from './gatewayReply.ts';
import { tellListener } from './tellListener.ts';

export interface FireOptions extends GatewayOptions {
  /** Called when the order is on its way, or when a person is asked. Not the final outcome. */
  onAck?: (ack: FireAck) => void;
  /**
   * Called when the EA reports success without ticket or price. Positions that agree within 10 s make it `filled`;
   * otherwise this `unknown` is the outcome.
   */
  onUnverified?: (unknown: Unknown) => void;
}

/** Longest wait for positions to confirm an unverified success, ms. */
const agreeWithinMs = 10_000;

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
  const { engine, token, endpoint = defaultEndpoint, timeoutMs = 15_000, onAck, onUnverified } = options;
  const signalId = signal.signal_id ?? signal.fire_id ?? signal.mission_id ?? '';
  const request = JSON.stringify({ ...signal, type: 'signal', engine, token, sent_at: Date.now() });
  const bytes = Buffer.byteLength(request);
  if (bytes > maxRequestBytes) {
    const reason = `The signal has ${String(bytes)} bytes; at most ${String(maxRequestBytes)} are read.`;
    return refused(signalId, 'invalid_request', reason, 'Send what the desk needs to know, and no more.');
  }
  let asked: number | null = null;
  const unverified: Unknown[] = [];
  const conversation = await converse(request, { endpoint, timeoutMs, signal: options.signal }, (frame, within) => {
    const reply = readReply(frame);
    const outcome = reply === null ? null : outcomeOf(reply, signalId);
    if (outcome?.state === 'unknown' && outcome.unverified === true) {
      if (unverified.length === 0) within(agreeWithinMs);
      unverified.push(outcome);
      tellListener('onUnverified', onUnverified, outcome);
      return null;
    }
    if (outcome?.state !== 'sent' && outcome?.state !== 'waiting') return outcome;
    asked = outcome.state === 'waiting' ? outcome.expiresAt : null;
    tellListener('onAck', onAck, outcome);
    return null;
  });
  switch (conversation.ended) {
    case 'answered':
      return conversation.answer;
    case 'nothing_sent':
      return refused(
        signalId,
        conversation.why,
        `${conversation.reason} Nothing was sent.`,
        nextSteps[conversation.why],
      );
    case 'in_doubt':
      return (
        unverified.at(-1) ?? {
          state: 'unknown',
          signalId,
          reason: inDoubt(conversation.reason, asked),
          nextStep: lookFirst,
        }
      );
  }
}

const nextSteps = {
  unreachable: 'Start the desk, or correct the endpoint. Fire again if the signal still holds.',
  aborted: 'Nothing is to be done.',
} as const;

function refused(signalId: string, code: Refused['code'], reason: string, nextStep: string): Refused {
  return { state: 'refused', signalId, code, reason, nextStep, field: null };
}

/** @param asked end of the time that a person has to answer, epoch ms; null: no person was asked */
function inDoubt(reason: string, asked: number | null): string {
  const waits =
    asked === null ? '' : ` A person is asked until ${new Date(asked).toISOString()} and may still fire it.`;
  return `${reason} The signal may have been fired.${waits}`;
}
