import { setTimeout as wait } from 'node:timers/promises';
import { toLastGuard, type OnFault } from '../base/guard.ts';

/** A zeromq.js socket, or its events. */
interface Receiver<M> {
  readonly closed: boolean;
  receive(): Promise<M>;
}

/** Wait after a failed receive, ms. */
export const againMs = 100;

/**
 * Hands on every message until the socket is closed. zeromq.js ends its own iteration with an error (ENOTSOCK) when a
 * socket is closed while messages wait in it; here that is a normal end. An error thrown by the handler, or by the
 * socket itself, costs no other message.
 */
export async function eachMessage<M>(
  socket: Receiver<M>,
  take: (message: M) => unknown,
  onFault: OnFault = toLastGuard,
): Promise<void> {
  for (;;) {
    let message: M;
    try {
      message = await socket.receive();
    } catch (error) {
      if (socket.closed) return;
      onFault(error);
      await wait(againMs);
      continue;
    }
    try {
      const taken = take(message);
      if (taken instanceof Promise) await taken;
    } catch (error) {
      onFault(error);
    }
  }
}
