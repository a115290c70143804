import { Context, XPublisher } from 'zeromq';
import { attempt, faultsOf, guarded, logToLastGuard, type LogError } from '../base/guard.ts';
import { bindSocket } from '../zmq/bindSocket.ts';
import { quietOptions } from '../zmq/socketOptions.ts';
import { Subscriptions } from '../zmq/subscriptions.ts';

/**
 * Most unread messages queued for one subscriber. Beyond them a slow subscriber loses the newest ones and delays
 * nobody.
 */
const waitingMessages = 50_000;
/** Interval at which subscriptions are read, ms. */
const subscriptionsMs = 20;
/** Most messages of subscribers per read: one that sends without end must not hold the event loop. */
const mostAtOnce = 200;

export interface PublicationSocket {
  endpoint: string;
  /** Whether anybody subscribes. */
  readonly hasSubscribers: boolean;
  /** Publishes one JSON object. Returns at once; the message leaves with this turn of the event loop. */
  publish: (text: string) => void;
  close: () => void;
}

const ignore = (): void => undefined;

/**
 * Opens the XPUB socket on loopback that republishes everything EAs send.
 * @param logError one sentence about a bug met while something was published
 * @throws PortUnavailable
 */
export async function openPublication(port: number, logError: LogError = logToLastGuard): Promise<PublicationSocket> {
  const onFault = faultsOf('publication', logError);
  const context = new Context();
  context.blocky = false;
  const socket = new XPublisher({
    context,
    // No heartbeats: a subscriber that pauses would be cut off with its queue. On loopback TCP reports closed
    // connections.
    ...quietOptions,
    sendTimeout: 0,
    receiveTimeout: 0,
    sendHighWaterMark: waitingMessages,
    // Subscribers send topics alone, in bytes.
    maxMessageSize: 4_096,
  });
  const endpoint = await bindSocket(socket, '127.0.0.1', port, 'publish').catch((error: unknown) => {
    socket.close();
    throw error;
  });
  const subscriptions = new Subscriptions();
  const readSubscriptions = guarded(onFault, async () => {
    for (let read = 0; read < mostAtOnce && !socket.closed && socket.readable; read += 1) {
      const [frame] = await socket.receive();
      if (frame !== undefined) subscriptions.apply(frame);
    }
  });
  // Subscriptions are polled instead of awaited: with a receive pending, zeromq.js reads the socket's state after each
  // send, with two system calls. At 50,000 messages a second a send took 9.4 µs of the main thread that way, and takes
  // 1.5 to 2.6.
  const reading = setInterval(readSubscriptions, subscriptionsMs);
  let waiting: string[] = [];
  /** Sends all messages of one turn of the event loop together, so that libzmq's thread is woken once for them. */
  const flush = (): void => {
    const texts = waiting;
    waiting = [];
    // At its high-water mark this socket drops instead of waiting, so a send is done when the call returns (S6).
    let sent = 0;
    while (sent < texts.length && !socket.closed) sent = sendFrom(texts, sent);
  };
  /** @returns number of messages sent or failed */
  const sendFrom = (texts: readonly string[], from: number): number => {
    let at = from;
    try {
      for (; at < texts.length; at += 1) socket.send(texts[at] ?? '').catch(ignore);
    } catch (error) {
      onFault(error);
      return at + 1;
    }
    return at;
  };
  return {
    endpoint,
    get hasSubscribers() {
      return subscriptions.any;
    },
    publish: (text) => {
      if (!subscriptions.any || socket.closed) return;
      if (waiting.length === 0) {
        setImmediate(() => {
          attempt(onFault, flush);
        });
      }
      waiting.push(text);
    },
    close: () => {
      clearInterval(reading);
      flush();
      socket.close();
    },
  };
}
