import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { type OnFault, toLastGuard } from '../base/guard.ts';
import type { CommandFrame, Link } from '../controller/ports/link.ts';

/** Longest wait of a frame for room in the pipe to a connected peer, ms. */
const patienceMs = 100;

/**
 * The part of a PUSH socket with `sendTimeout: 0` and `immediate: true`, or of an XPUB with `noDrop`, that a writer
 * uses.
 */
export interface Sender {
  /**
   * Whether the pipe has room. Reading it also makes libzmq process its thread's news, which a send alone does only
   * every millisecond or so.
   */
  readonly writable: boolean;
  /** Sends one frame. Rejects with EAGAIN without a peer or without room. */
  send(frame: CommandFrame): Promise<void>;
}

/**
 * The one writer of a command socket (S6). With a high-water mark of 1 the pipe is full until the library's thread has
 * taken the frame before, so a frame waits for that, but only while `connection` stays the same: nothing is ever kept
 * for an EA that connects later (S2).
 * @param wants whether the peer's subscriptions match the frame
 * @param connection a number that changes with every peer that joins or leaves; null: no peer
 * @param onFault called with a bug in a callback; that frame was not sent
 */
export function commandWriter(
  socket: Sender,
  wants: (frame: CommandFrame) => boolean,
  connection: () => number | null,
  onFault: OnFault = toLastGuard,
): Link['send'] {
  /** The frame being written, or the last one in the queue; null: idle. */
  let last: Promise<unknown> | null = null;

  const write = async (frame: CommandFrame, still: () => boolean): Promise<boolean> => {
    try {
      const peer = connection();
      const giveUpAt = performance.now() + patienceMs;
      for (let attempt = 0; peer !== null && connection() === peer && wants(frame) && still(); attempt += 1) {
        if (socket.writable && (await trySend(socket, frame))) return true;
        if (performance.now() > giveUpAt) return false;
        await (attempt < 50 ? turn() : wait(1));
      }
    } catch (error) {
      // A bug before a send or between two failed ones; the frames behind this one go on.
      onFault(error);
    }
    return false;
  };
  return (frame, still = () => true) => {
    // Without a queue and with room the frame is in the socket when this returns.
    const written = last === null ? write(frame, still) : last.then(() => write(frame, still));
    const done = written.then(() => {
      if (last === done) last = null;
    });
    last = done;
    return written;
  };
}

/** Tries to send. False: not sent; libzmq queues nothing of a failed send. */
async function trySend(socket: Sender, frame: CommandFrame): Promise<boolean> {
  try {
    await socket.send(frame);
    return true;
  } catch {
    return false;
  }
}
