import type { CallArguments, CallName, CallOutput } from '../contract.ts';
import { ContractFailure } from '../contractFailure.ts';
import type { SequencedEvent } from '../state/events.ts';
import { type ClientMessage, serverMessageSchema, type Transport } from './transport.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

export interface ApiClient {
  /**
   * Rejects with a {@link ContractFailure}. After `connection_lost` it is unknown whether the call was done: it is never
   * repeated automatically.
   */
  call<Name extends CallName>(name: Name, input: CallArguments<Name>): Promise<CallOutput<Name>>;
  /** Every event from now on, in order. */
  follow(listener: (event: SequencedEvent) => void): Unsubscribe;
  onClose(listener: () => void): Unsubscribe;
  close(): void;
}

interface Pending {
  resolve: (output: never) => void;
  reject: (error: ContractFailure) => void;
}

const lost = (): ContractFailure =>
  new ContractFailure({
    code: 'connection_lost',
    message:
      'The connection to the app was lost before it answered. Whether it acted is unknown: look before you repeat it.',
  });

/** The calling side of the contract over any transport. */
export function connectApi(transport: Transport): ApiClient {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: SequencedEvent) => void>();
  let nextId = 1;
  let closed = false;
  const post = (message: ClientMessage): void => {
    transport.post(message);
  };

  transport.onMessage((raw) => {
    const parsed = serverMessageSchema.safeParse(raw);
    if (!parsed.success) {
      transport.close();
      return;
    }
    const message = parsed.data;
    if (message.type === 'event') {
      for (const listener of listeners) listener(message.event);
      return;
    }
    if (message.id === null) return;
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.type === 'reply') call?.resolve(message.output as never);
    else call?.reject(new ContractFailure(message.error));
  });
  transport.onClose(() => {
    closed = true;
    for (const call of pending.values()) call.reject(lost());
    pending.clear();
  });

  return {
    call(name, input) {
      return new Promise((resolve, reject) => {
        if (closed) {
          reject(lost());
          return;
        }
        const id = nextId;
        nextId += 1;
        pending.set(id, { resolve, reject });
        post({ type: 'call', id, name, input });
      });
    },
    follow(listener) {
      if (listeners.size === 0) post({ type: 'follow' });
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onClose: (listener) => transport.onClose(listener),
    close: () => {
      transport.close();
    },
  };
}
