import { setTimeout as wait } from 'node:timers/promises';
import { toLastGuard, type OnFault } from '../base/guard.ts';

/** A socket, or a socket's events, as zeromq.js gives them. */
interface Receiver<M> {
  readonly closed: boolean;
  receive(): Promise<M>;
}

/** After a receive that failed, the next try, in ms. */
export const againMs = 100;

/**
 * Hands on every message until the socket is closed. zeromq.js ends its own iteration with an error (ENOTSOCK) when a
 * socket is closed while messages wait in it; here that is the end like any other. What is thrown by whoever takes a
 * message, or by the socket itself, costs no other message.
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
