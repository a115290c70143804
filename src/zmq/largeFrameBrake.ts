import type { Pull } from 'zeromq';
import { inboundOptions } from './socketOptions.ts';

/** Frames beyond this are no EA's but candles, in bytes. */
const largeBytes = 64 * 1024;
/** So many messages may wait while large ones come: 16 MB of 1 MiB. */
const fewMessages = 16;
/** So long after the last large one the usual number may wait again, in ms. */
const calmMs = 5_000;

/**
 * libzmq counts the messages that wait to be taken, not their bytes: as many as ticks may wait for this process
 * ({@link inboundOptions}) would be 250 GB of frames of 1 MiB. While large frames come, few may wait; the rest stays with whoever sends.
 * @returns takes the size of each message
 */
export function largeFrameBrake(socket: Pick<Pull, 'receiveHighWaterMark' | 'closed'>): (bytes: number) => void {
  let release: NodeJS.Timeout | undefined;
  return (bytes) => {
    if (bytes <= largeBytes) return;
    if (release === undefined) {
      if (!socket.closed) socket.receiveHighWaterMark = fewMessages;
      release = setTimeout(() => {
        release = undefined;
        if (!socket.closed) socket.receiveHighWaterMark = inboundOptions.receiveHighWaterMark;
      }, calmMs).unref();
    } else release.refresh();
  };
}
