import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Pull } from 'zeromq';
import { guarded, toLastGuard, type OnFault } from '../base/guard.ts';
import { againMs } from './eachMessage.ts';

/** Most frames, and most bytes, read before the event loop gets its turn. */
const burst = 128;
const burstBytes = 1024 * 1024;

/**
 * Hands on every message of a PULL socket until it is closed (W16). While messages wait they are read with a receive
 * time-out of 0, which spares zeromq.js a look at the socket's state, with its system call, before each. A message
 * that comes alone ends without such a read: the error for an empty queue takes 30 µs to make. An error thrown by the
 * handler, or by the socket itself, costs no other message.
 */
export async function drain(
  socket: Pull,
  take: (parts: Buffer[]) => void,
  onFault: OnFault = toLastGuard,
): Promise<void> {
  const takeGuarded = guarded(onFault, take);
  while (!socket.closed) {
    try {
      const first = await socket.receive();
      if (isClosed(socket)) return;
      takeGuarded(first);
      if (isReadable(socket)) await drainBurst(socket, takeGuarded);
    } catch (error) {
      if (hasNothing(socket, error)) continue;
      onFault(error);
      await wait(againMs);
    }
  }
}

async function drainBurst(socket: Pull, take: (parts: Buffer[]) => void): Promise<void> {
  socket.receiveTimeout = 0;
  let taken = 0;
  let bytes = 0;
  try {
    for (;;) {
      const parts = await socket.receive();
      if (isClosed(socket)) return;
      take(parts);
      taken += 1;
      for (const { length } of parts) bytes += length;
      if (taken >= burst || bytes >= burstBytes) {
        await turn();
        taken = 0;
        bytes = 0;
      }
    }
  } catch (error) {
    if (!socket.closed) socket.receiveTimeout = -1;
    if (!hasNothing(socket, error)) throw error;
  }
}

/** The socket can be closed between a message's arrival and the next line. */
function isClosed(socket: Pull): boolean {
  return socket.closed;
}

/** Setting an option on a closed socket throws, and a handler can close the socket. */
function isReadable(socket: Pull): boolean {
  return !socket.closed && socket.readable;
}

/** Whether a failed receive means an empty queue (EAGAIN) or a closed socket. */
function hasNothing(socket: Pull, error: unknown): boolean {
  return socket.closed || (error as NodeJS.ErrnoException).code === 'EAGAIN';
}
