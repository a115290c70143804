import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { Context, Router } from 'zeromq';
import { attempt, faultsOf } from '../base/guard.ts';
import { bindSocket } from '../zmq/bindSocket.ts';
import { eachMessage } from '../zmq/eachMessage.ts';
import { unwrap } from '../zmq/envelope.ts';
import { quietOptions } from '../zmq/socketOptions.ts';

/** Loopback only: engines identify themselves by a token that travels unencrypted. */
const host = '127.0.0.1';

/** A larger frame, in bytes, ends its connection; a smaller one that is still too long gets a reply that says so. */
const maxGatewayBytes = 1024 * 1024;

/** Requests taken per span (ms); more wait in their clients' sockets, so that a flood leaves time for the EAs. */
const pace = { requests: 8, spanMs: 1 };

/** Most unread replies queued for one client; further ones are dropped. */
const waitingReplies = 1_000;

/** Handler of requests. */
interface RequestTaker {
  request(frame: Uint8Array, client: { single: boolean; reply: (text: string, final: boolean) => void }): void;
}

export interface Gateway {
  endpoint: string;
  /** Starts reading requests, until the gateway is closed. Called once. */
  serve: (taker: RequestTaker) => void;
  close: () => void;
}

/**
 * The ROUTER socket for external engines (G1). Clients are served in turn, however much one of them sends.
 * @param logError one sentence about a bug met while a request was read
 * @throws PortUnavailable
 */
export async function openGateway(
  port: number,
  logError: (sentence: string, error: unknown) => void,
): Promise<Gateway> {
  const context = new Context();
  context.blocky = false;
  const socket = new Router({
    context,
    ...quietOptions,
    // The newest connection of an identity wins: a client that reconnects after a crash must not be ignored.
    handover: true,
    // A reply to a client that has disconnected is dropped.
    mandatory: false,
    sendTimeout: 0,
    sendHighWaterMark: waitingReplies,
    receiveHighWaterMark: 100,
    maxMessageSize: maxGatewayBytes,
    linger: 100,
  });
  const endpoint = await bindSocket(socket, host, port, 'gateway').catch((error: unknown) => {
    socket.close();
    throw error;
  });
  /** S6: one reply at a time. */
  let last: Promise<unknown> = Promise.resolve();
  const send = (parts: (Buffer | string)[]): void => {
    last = last.then(() => socket.send(parts)).catch(() => undefined);
  };
  const takeTurn = pacer();
  const onFault = faultsOf('gateway', logError);

  return {
    endpoint,
    serve: (taker) => {
      const take = (parts: Buffer[]): Promise<void> | undefined => {
        const { envelope, body, delimited } = unwrap(parts);
        const [only] = body;
        const client = {
          single: delimited,
          reply: (text: string, final: boolean) => {
            if (final || !delimited) send([...envelope, text]);
          },
        };
        attempt(onFault, () => {
          // A request has one part; a message of several is answered like an empty one.
          taker.request(body.length === 1 && only !== undefined ? only : new Uint8Array(), client);
        });
        return takeTurn();
      };
      attempt(onFault, () => eachMessage(socket, take, onFault));
    },
    close: () => {
      socket.close();
    },
  };
}

/** Lets `pace.requests` pass per span and holds the next until its end. The first of a span waits for a turn of the event loop. */
function pacer(): () => Promise<void> | undefined {
  let since = 0;
  let taken = 0;
  return () => {
    const now = performance.now();
    taken += 1;
    if (now - since < pace.spanMs) return taken < pace.requests ? undefined : wait(pace.spanMs);
    since = now;
    taken = 0;
    // Waiting requests are read without a turn of the event loop, but orders leave with one: the first would wait for the last.
    return turn();
  };
}
