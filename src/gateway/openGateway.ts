import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { Context, Router } from 'zeromq';
import { attempt, faultsOf } from '../base/guard.ts';
import { bindSocket } from '../zmq/bindSocket.ts';
import { eachMessage } from '../zmq/eachMessage.ts';
import { unwrap } from '../zmq/envelope.ts';
import { quietOptions } from '../zmq/socketOptions.ts';

/** Loopback alone: who may fire is told by a token that travels in the clear. */
const host = '127.0.0.1';

/** A frame over this many bytes ends its connection; what is shorter and still too long is told so. */
const maxGatewayBytes = 1024 * 1024;

/** So many requests are taken in a span, ms: more wait in their clients' sockets, so that a flood leaves time for the EAs. */
const pace = { requests: 8, spanMs: 1 };

/** Answers to one client that may wait for it to read them; more are dropped. */
const waitingReplies = 1_000;

/** What answers requests. */
interface RequestTaker {
  request(frame: Uint8Array, client: { single: boolean; reply: (text: string, final: boolean) => void }): void;
}

export interface Gateway {
  endpoint: string;
  /** Takes requests until the gateway is closed. Called once. */
  serve: (taker: RequestTaker) => void;
  close: () => void;
}

/**
 * The ROUTER at which external engines fire (G1). Its clients are served in turn, whoever talks most.
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
    // Of one identity the newest connection counts: a client that comes back after a crash must not be ignored.
    handover: true,
    // What it says to somebody who has gone is dropped.
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
  /** S6: one answer at a time. */
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
          // What comes in several parts is no request, and is told so as an empty one is.
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

/** Lets so many pass in each span, and the next wait for its end. Where they take longer than that, the event loop turns. */
function pacer(): () => Promise<void> | undefined {
  let since = 0;
  let taken = 0;
  return () => {
    const now = performance.now();
    taken += 1;
    if (now - since < pace.spanMs) return taken < pace.requests ? undefined : wait(pace.spanMs);
    since = now;
    taken = 0;
    // Requests that wait are handed on without a turn, and what they fire leaves with one: they would wait for the last.
    return turn();
  };
}
