import { converse } from './converse.ts';
import { outcomeOf, type FireAck, type FireOutcome } from './fireOutcome.ts';
import { defaultEndpoint, type GatewayOptions } from './gatewayOptions.ts';
import { readReply, type GatewayReply } from './gatewayReply.ts';

/** Refusals that are about the question, not about the order that it asks for. */
const questionCodes = ['unauthorized', 'invalid_request', 'invalid_bridge', 'journal_failed'] as const;
type QuestionCode = (typeof questionCodes)[number];

/** A question that was not answered. It says nothing about any order. */
export interface NoAnswer {
  state: 'no_answer';
  code: 'unreachable' | 'aborted' | 'timed_out' | 'connection_lost' | QuestionCode;
  reason: string;
}

/** Nobody knows an order of this engine under this ID: it never arrived, or was refused before it became an order. */
export interface NotFound {
  state: 'not_found';
  signalId: string;
}

export type OrderStanding = FireOutcome | FireAck | NotFound | NoAnswer;

export interface Pong {
  state: 'pong';
  engine: string;
  /** From the connection's beginning to the answer, ms. */
  roundTripMs: number;
}

/** Asks how an order of the engine's own stands. Sends nothing to the EA. @param bridge its ID; every one when left out */
export async function queryZmqOrder(
  signalId: string,
  { bridge, ...options }: GatewayOptions & { bridge?: string },
): Promise<OrderStanding> {
  return ask({ type: 'order', signal_id: signalId, bridge }, options, (reply) =>
    reply.type === 'not_found' ? { state: 'not_found', signalId } : outcomeOf(reply, signalId),
  );
}

/** Asks whether the desk is there and knows the engine. */
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
