import { Context, XPublisher } from 'zeromq';
import { attempt, faultsOf, guarded, logToLastGuard, type LogError } from '../base/guard.ts';
import { bindSocket } from '../zmq/bindSocket.ts';
import { quietOptions } from '../zmq/socketOptions.ts';
import { Subscriptions } from '../zmq/subscriptions.ts';

/** Messages that wait for one subscriber to read them. One that is slower loses the newest, and slows nobody. */
const waitingMessages = 50_000;
/** How often subscriptions are read, in ms. */
const subscriptionsMs = 20;

export interface Publisher {
  endpoint: string;
  /** Whether anybody listens. */
  readonly hasSubscribers: boolean;
  /** One JSON object. Returns at once; it goes out with this turn of the event loop. */
  publish: (text: string) => void;
  close: () => void;
}

const ignore = (): void => undefined;

/**
 * The XPUB on which everything that EAs send is published again, on loopback.
 * @param logError one sentence about a bug met while something was published
 * @throws PortUnavailable
 */
export async function openPublisher(port: number, logError: LogError = logToLastGuard): Promise<Publisher> {
  const onFault = faultsOf('publication', logError);
  const context = new Context();
  context.blocky = false;
  const socket = new XPublisher({
    context,
    // No heartbeats: one that pauses would be cut off with all that waits for it, and on loopback TCP tells who is gone.
    ...quietOptions,
    sendTimeout: 0,
    receiveTimeout: 0,
    sendHighWaterMark: waitingMessages,
    // What subscribers send is their topics.
    maxMessageSize: 4_096,
  });
  const endpoint = await bindSocket(socket, '127.0.0.1', port, 'publish').catch((error: unknown) => {
    socket.close();
    throw error;
  });
  const subscriptions = new Subscriptions();
  const readSubscriptions = guarded(onFault, async () => {
    while (!socket.closed && socket.readable) {
      const [frame] = await socket.receive();
      if (frame !== undefined) subscriptions.apply(frame);
    }
  });
  // No receive waits meanwhile: with one, zeromq.js looks at the socket's state after each send, with two system calls. At
  // 50,000 messages a second a send took 9.4 µs of the main thread so, and takes 1.5.
  const reading = setInterval(readSubscriptions, subscriptionsMs);
  let waiting: string[] = [];
  /** All that one turn of the event loop brought goes out together, so that libzmq's thread is woken once for it. */
  const flush = (): void => {
    const texts = waiting;
    waiting = [];
    // At its high-water mark this socket drops instead of waiting, so that a send is done when the call returns (S6).
    let sent = 0;
    while (sent < texts.length && !socket.closed) sent = sendFrom(texts, sent);
  };
  /** @returns how many are sent, or have failed */
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
