import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { type OnFault, toLastGuard } from '../base/guard.ts';
import type { CommandFrame, Link } from '../controller/ports/link.ts';

/** The longest that a frame may wait for room in the pipe to a connected peer, in ms. */
const patienceMs = 100;

/** What a writer needs of a PUSH socket with `sendTimeout: 0` and `immediate: true`, or of an XPUB with `noDrop`. */
export interface Sender {
  /**
   * Whether a peer has room. Asking also makes libzmq take note of what its thread has done since, which a send by
   * itself does only every millisecond or so.
   */
  readonly writable: boolean;
  /** Rejects with EAGAIN when there is no peer or no room. */
  send(frame: CommandFrame): Promise<void>;
}

/**
 * The one writer of a command socket (S6). With a high-water mark of 1 a second frame finds the pipe full until the
 * library's thread has taken the first, so a frame waits for that, but only for as long as `connection` stays the
 * same: nothing is ever kept for an EA that connects later (S2).
 *
 * @param wants whether the peer takes this frame at all: a subscriber may not
 * @param connection a number that changes with every peer that joins or leaves, or null while there is none
 * @param onFault told of a bug in whoever is asked on the way: the frame was not taken then
 */
export function commandWriter(
  socket: Sender,
  wants: (frame: CommandFrame) => boolean,
  connection: () => number | null,
  onFault: OnFault = toLastGuard,
): Link['send'] {
  /** The frame that is being written, or the last of those that wait; null when nobody is at it. */
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
      // Thrown before a send or between two that failed; the frames behind this one go on.
      onFault(error);
    }
    return false;
  };
  return (frame, still = () => true) => {
    // With nobody before it a frame is in the socket when this returns, if there is room.
    const written = last === null ? write(frame, still) : last.then(() => write(frame, still));
    const done = written.then(() => {
      if (last === done) last = null;
    });
    last = done;
    return written;
  };
}

/** Whether the socket took the frame. libzmq queues nothing of a send that fails, whatever the reason. */
async function trySend(socket: Sender, frame: CommandFrame): Promise<boolean> {
  try {
    await socket.send(frame);
    return true;
  } catch {
    return false;
  }
}
