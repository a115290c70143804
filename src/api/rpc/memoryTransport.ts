import { attempt, toLastGuard, type OnFault } from '../../base/guard.ts';
import { makeTransport, type TransportEnds } from './makeTransport.ts';
import type { Transport } from './transport.ts';

/** Two ends that carry each other's messages as JSON text, asynchronously, as every other transport does. */
export function memoryTransport(onFault: OnFault = toLastGuard): [Transport, Transport] {
  const one: TransportEnds = makeTransport(
    (message) => {
      carry(message, other, onFault);
    },
    () => {
      other.ended();
    },
  );
  const other: TransportEnds = makeTransport(
    (message) => {
      carry(message, one, onFault);
    },
    () => {
      one.ended();
    },
  );
  return [one.transport, other.transport];
}

function carry(message: unknown, to: TransportEnds, onFault: OnFault): void {
  const text = JSON.stringify(message);
  queueMicrotask(() => {
    attempt(onFault, () => {
      to.receive(JSON.parse(text));
    });
  });
}
