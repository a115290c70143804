import { doEach } from '../../base/guard.ts';
import type { Transport } from './transport.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

export interface TransportEnds {
  transport: Transport;
  /** Passes a message from the peer to the listeners. */
  receive: (message: unknown) => void;
  /** Reports the carrier's end to the listeners. */
  ended: () => void;
}

/** A transport from two functions: one that carries a message to the peer, one that ends the carrier. */
export function makeTransport(carry: (message: unknown) => void, end: () => void): TransportEnds {
  const messageListeners = new Set<(message: unknown) => void>();
  const closeListeners = new Set<() => void>();
  let open = true;

  const ended = (): void => {
    if (!open) return;
    open = false;
    const told = [...closeListeners];
    messageListeners.clear();
    closeListeners.clear();
    doEach(told, (listener) => {
      listener();
    });
  };
  return {
    transport: {
      post(message) {
        if (open) carry(message);
      },
      onMessage: (listener) => addTo(messageListeners, listener),
      onClose: (listener) => addTo(closeListeners, listener),
      close() {
        if (!open) return;
        end();
        ended();
      },
    },
    receive(message) {
      if (!open) return;
      doEach([...messageListeners], (listener) => {
        listener(message);
      });
    },
    ended,
  };
}

function addTo<T>(set: Set<T>, item: T): Unsubscribe {
  set.add(item);
  return () => {
    set.delete(item);
  };
}
