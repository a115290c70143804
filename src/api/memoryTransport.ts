import { makeTransport, type TransportEnds } from './makeTransport.ts';
import type { Transport } from './transport.ts';

/** Two ends that carry each other's messages as JSON text, asynchronously, as every other transport does. */
export function memoryTransport(): [Transport, Transport] {
  const one: TransportEnds = makeTransport(
    (message) => {
      carry(message, other);
    },
    () => {
      other.ended();
    },
  );
  const other: TransportEnds = makeTransport(
    (message) => {
      carry(message, one);
    },
    () => {
      one.ended();
    },
  );
  return [one.transport, other.transport];
}

function carry(message: unknown, to: TransportEnds): void {
  const text = JSON.stringify(message);
  void Promise.resolve().then(() => {
    to.receive(JSON.parse(text));
  });
}
