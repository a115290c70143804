import { type CallInput, type CallName, type CallOutput, calls } from '../contract.ts';
import { type ContractError, ContractFailure } from '../contractFailure.ts';
import type { SequencedEvent } from '../state/events.ts';
import { OversizedMessage } from './oversizedMessage.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { clientMessageSchema, type ServerMessage, type Transport } from './transport.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** The caller; its source becomes the source of the orders fired. */
export interface Caller {
  source: PersonSource;
}

export type Handlers = {
  [Name in CallName]: (input: CallInput<Name>, caller: Caller) => CallOutput<Name> | Promise<CallOutput<Name>>;
};

export interface ApiServer {
  handlers: Handlers;
  /** Every event from now on. */
  follow: (listener: (event: SequencedEvent) => void) => Unsubscribe;
  /** One sentence about a message that was no call, or a bug behind one. */
  logError: (sentence: string, error?: unknown) => void;
}

/** Answers one peer's calls until its transport closes. */
export function serveApi(transport: Transport, server: ApiServer, caller: Caller): Unsubscribe {
  const undos: Unsubscribe[] = [];
  let following = false;
  const post = (message: ServerMessage): void => {
    transport.post(message);
  };

  undos.push(
    transport.onMessage((raw) => {
      if (raw instanceof OversizedMessage) {
        server.logError(raw.sentence);
        post({ type: 'error', id: raw.id, error: { code: 'invalid_input', message: raw.sentence } });
        return;
      }
      const parsed = clientMessageSchema.safeParse(raw);
      if (!parsed.success) {
        const message = 'A message from a client is neither a call nor a request to follow; it was ignored.';
        server.logError(message);
        post({ type: 'error', id: null, error: { code: 'invalid_input', message } });
        return;
      }
      const message = parsed.data;
      if (message.type === 'follow') {
        if (following) return;
        following = true;
        undos.push(
          server.follow((event) => {
            post({ type: 'event', event });
          }),
        );
        return;
      }
      const fail = (error: unknown): void => {
        post({ type: 'error', id: message.id, error: toContractError(server, message.name, error) });
      };
      answer(server, message.name, message.input, caller)
        // Output that can't be JSON fails the call like any other bug.
        .then((output) => {
          post({ type: 'reply', id: message.id, output });
        })
        .catch(fail)
        .catch((error: unknown) => {
          server.logError(`The answer to the call ${message.name} could not be sent.`, error);
        });
    }),
  );
  const stop = (): void => {
    for (const undo of undos.splice(0)) undo();
  };
  undos.push(transport.onClose(stop));
  return stop;
}

async function answer(server: ApiServer, name: string, input: unknown, caller: Caller): Promise<unknown> {
  if (!Object.hasOwn(calls, name)) {
    throw new ContractFailure({
      code: 'unknown_call',
      message: `There is no call "${name.slice(0, 40)}"; client and app are of different versions.`,
    });
  }
  const known = name as CallName;
  const parsed = calls[known].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue === undefined || issue.path.length === 0 ? 'its input' : `"${issue.path.join('.')}"`;
    throw new ContractFailure({
      code: 'invalid_input',
      message: `The call ${name} was refused: ${field}: ${issue?.message ?? 'unexpected'}.`,
    });
  }
  const handler = server.handlers[known] as (input: unknown, caller: Caller) => unknown;
  return await handler(parsed.data, caller);
}

function toContractError(server: ApiServer, name: string, error: unknown): ContractError {
  if (error instanceof ContractFailure) return { code: error.code, message: error.message };
  server.logError(`The call ${name} failed inside the app.`, error);
  return { code: 'internal', message: `The call ${name} failed inside the app; its log says why.` };
}
