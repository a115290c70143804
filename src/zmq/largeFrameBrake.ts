import type { Pull } from 'zeromq';
import { inboundOptions } from './socketOptions.ts';

/** Longer than what EAs send often, in bytes. */
const largeBytes = 4 * 1024;
/** About what may wait to be taken while large messages come, in bytes. */
const waitingBytes = 32 * 1024 * 1024;
const fewestMessages = 16;
/** So long after the last large one the usual number may wait again, in ms. */
const calmMs = 5_000;

/**
 * libzmq counts the messages that wait to be taken, not their bytes: as many as ticks may wait for this process
 * ({@link inboundOptions}) would be 250 GB of frames of 1 MiB. While large frames come, fewer may wait; the rest stays with
 * whoever sends.
 * @returns takes the size of each message
 */
export function largeFrameBrake(socket: Pick<Pull, 'receiveHighWaterMark' | 'closed'>): (bytes: number) => void {
  const usual = inboundOptions.receiveHighWaterMark;
  let most = usual;
  let release: NodeJS.Timeout | undefined;
  const set = (count: number): void => {
    most = count;
    if (!socket.closed) socket.receiveHighWaterMark = count;
  };
  return (bytes) => {
    if (bytes <= largeBytes) return;
    const count = Math.max(fewestMessages, Math.floor(waitingBytes / bytes));
    // Sizes that differ a little are no reason to tell libzmq each time.
    if (count < most * 0.75) set(count);
    if (release === undefined) {
      release = setTimeout(() => {
        release = undefined;
        set(usual);
      }, calmMs).unref();
    } else release.refresh();
  };
}
