import { maxRequestBytes } from '../protocol/gateway/requestFields.ts';
import { converse } from './converse.ts';
import { lookFirst, outcomeOf, type FireAck, type FireOutcome, type Refused, type Unknown } from './fireOutcome.ts';
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

/** Types of requests that become orders. */
type SubmitType = 'signal' | 'close' | 'modify' | 'cancel';

/**
 * Sends a request that becomes an order, once, and resolves with its outcome.
 * @throws Error when `endpoint` is not a ZeroMQ endpoint, TypeError when it can't be written as JSON
 */
export async function submitOnce(
  type: SubmitType,
  fields: object,
  signalId: string,
  options: FireOptions,
): Promise<FireOutcome> {
  const { engine, token, endpoint = defaultEndpoint, timeoutMs = 15_000, onAck, onUnverified } = options;
  const request = JSON.stringify({ ...fields, type, engine, token, sent_at: Date.now() });
  const bytes = Buffer.byteLength(request);
  if (bytes > maxRequestBytes) {
    const reason = `The request has ${String(bytes)} bytes; at most ${String(maxRequestBytes)} are read.`;
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
          reason: inDoubt(type, conversation.reason, asked),
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
function inDoubt(type: SubmitType, reason: string, asked: number | null): string {
  const waits =
    asked === null ? '' : ` A person is asked until ${new Date(asked).toISOString()} and may still fire it.`;
  const what = type === 'signal' ? 'The signal may have been fired.' : 'The change may have been sent.';
  return `${reason} ${what}${waits}`;
}
