import { Router, type Context } from 'zeromq';
import type { OnFault } from '../base/guard.ts';
import { eachMessage } from './eachMessage.ts';
import { unwrap } from './envelope.ts';
import { maxInboundBytes, quietOptions } from './socketOptions.ts';

/** TCP keep-alive, since heartbeats can't be used (S8): a connection lost without a word ends after some seconds. */
const keepalive = { tcpKeepalive: 1, tcpKeepaliveIdle: 1, tcpKeepaliveInterval: 1, tcpKeepaliveCount: 3 };

type Reply = (text: string) => void;

export interface ReplySocket {
  socket: Router;
  /** Hands on every request until the socket is closed. `reply` answers it and may be called later. */
  serve: (take: (frame: Uint8Array, reply: Reply) => void, onFault: OnFault) => Promise<void>;
}

/**
 * S8: the REP side of REQ/REP feedback as a ROUTER, which serves several peers and is not blocked by a lost reply. A
 * peer that reconnects under its old identity takes over its place.
 */
export function openReplySocket(context: Context): ReplySocket {
  const socket = new Router({
    context,
    zapDomain: 'feedback',
    handover: true,
    sendTimeout: 0,
    maxMessageSize: maxInboundBytes,
    // An EA waits for each answer before its next request, so hardly more than one of each waits here.
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
            // A peer that has disconnected asks again over its next connection.
            last = last.then(() => socket.send([...envelope, text])).catch(() => undefined);
          });
        },
        onFault,
      ),
  };
}
