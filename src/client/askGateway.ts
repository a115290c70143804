import { converse } from './converse.ts';
import { outcomeOf, type FireAck, type FireOutcome } from './fireOutcome.ts';
import { defaultEndpoint, type GatewayOptions } from './gatewayOptions.ts';
import { readReply, type GatewayReply } from './gatewayReply.ts';

/** Refusal codes that concern the question; any other code concerns the order asked for. */
const questionCodes = ['unauthorized', 'invalid_request', 'invalid_bridge', 'journal_failed'] as const;
type QuestionCode = (typeof questionCodes)[number];

/** No answer to a question. It says nothing about any order. */
export interface NoAnswer {
  state: 'no_answer';
  code: 'unreachable' | 'aborted' | 'timed_out' | 'connection_lost' | QuestionCode;
  reason: string;
}

/** The engine has no order under this ID: the request never arrived, or was refused before it became an order. */
export interface NotFound {
  state: 'not_found';
  signalId: string;
}

export type OrderStanding = FireOutcome | FireAck | NotFound | NoAnswer;

export interface Pong {
  state: 'pong';
  engine: string;
  /** Time from connecting to the answer, ms. */
  roundTripMs: number;
}

/**
 * Queries the state of one of the engine's own orders. Sends nothing to the EA.
 * @param bridge ID of a bridge; all bridges when left out
 */
export async function queryZmqOrder(
  signalId: string,
  { bridge, ...options }: GatewayOptions & { bridge?: string },
): Promise<OrderStanding> {
  return ask({ type: 'order', signal_id: signalId, bridge }, options, (reply) =>
    reply.type === 'not_found' ? { state: 'not_found', signalId } : outcomeOf(reply, signalId),
  );
}

/** Checks that the desk is running and knows the engine. */
export async function pingGateway(options: GatewayOptions): Promise<Pong | NoAnswer> {
  const before = performance.now();
  return ask({ type: 'ping' }, options, (reply) =>
    reply.type === 'pong' ? { state: 'pong', engine: reply.engine, roundTripMs: performance.now() - before } : null,
  );
}

async function ask<Answer>(
  question: Record<string, unknown>,
  { engine, token, endpoint = defaultEndpoint, timeoutMs = 5_000, signal }: GatewayOptions,
  read: (reply: GatewayReply) => Answer | null,
): Promise<Answer | NoAnswer> {
  const request = JSON.stringify({ ...question, engine, token });
  const conversation = await converse(request, { endpoint, timeoutMs, signal }, (frame) => {
    const reply = readReply(frame);
    return reply === null ? null : (ofQuestion(reply) ?? read(reply));
  });
  if (conversation.ended === 'answered') return conversation.answer;
  return { state: 'no_answer', code: conversation.why, reason: conversation.reason };
}

function ofQuestion(reply: GatewayReply): NoAnswer | null {
  if (reply.type !== 'refused') return null;
  const code = questionCodes.find((each) => each === reply.code);
  return code === undefined ? null : { state: 'no_answer', code, reason: reply.reason };
}
