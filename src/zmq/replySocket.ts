import { Router, type Context } from 'zeromq';
import type { OnFault } from '../base/guard.ts';
import { eachMessage } from './eachMessage.ts';
import { unwrap } from './envelope.ts';
import { maxInboundBytes, quietOptions } from './socketOptions.ts';

/** A connection that ended unseen is told by TCP itself after about this long, as heartbeats can't be used (S8). */
const keepalive = { tcpKeepalive: 1, tcpKeepaliveIdle: 1, tcpKeepaliveInterval: 1, tcpKeepaliveCount: 3 };

type Reply = (text: string) => void;

export interface ReplySocket {
  socket: Router;
  /** Hands on every request until the socket is closed, with the way to answer it, which may be used later. */
  serve: (take: (frame: Uint8Array, reply: Reply) => void, onFault: OnFault) => Promise<void>;
}

/**
 * S8: the REP side of REQ/REP feedback as a ROUTER, which serves several peers and isn't wedged by a reply that is lost. A
 * peer that comes back under its old identity takes its place over.
 */
export function openReplySocket(context: Context): ReplySocket {
  const socket = new Router({
    context,
    zapDomain: 'feedback',
    handover: true,
    sendTimeout: 0,
    maxMessageSize: maxInboundBytes,
    // An EA waits for each answer before it asks again, so that no more than one of each waits here.
    receiveHighWaterMark: 16,
    ...quietOptions,
    ...keepalive,
  });
  /** S6: one reply at a time. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    socket,
    serve: (take, onFault) =>
      eachMessage(
        socket,
        (parts: Buffer[]) => {
          const { envelope, body } = unwrap(parts);
          const [only] = body;
          const frame = body.length === 1 && only !== undefined ? only : Buffer.concat(body);
          take(frame, (text) => {
            // A peer that has gone asks again over its next connection.
            last = last.then(() => socket.send([...envelope, text])).catch(() => undefined);
          });
        },
        onFault,
      ),
  };
}
