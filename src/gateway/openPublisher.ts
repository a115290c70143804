import { Context, XPublisher } from 'zeromq';
import { attempt, faultsOf, logToLastGuard, type LogError } from '../base/guard.ts';
import { bindSocket } from '../zmq/bindSocket.ts';
import { eachMessage } from '../zmq/eachMessage.ts';
import { quietOptions } from '../zmq/socketOptions.ts';
import { Subscriptions } from '../zmq/subscriptions.ts';

/** Messages that wait for one subscriber to read them. One that is slower loses the newest, and slows nobody. */
const waitingMessages = 50_000;

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
    sendHighWaterMark: waitingMessages,
    // What subscribers send is their topics.
    maxMessageSize: 4_096,
  });
  const endpoint = await bindSocket(socket, '127.0.0.1', port, 'publish').catch((error: unknown) => {
    socket.close();
    throw error;
  });
  const subscriptions = new Subscriptions();
  const listen = (): Promise<void> =>
    eachMessage(
      socket,
      ([frame]: Buffer[]) => {
        if (frame !== undefined) subscriptions.apply(frame);
      },
      onFault,
    );
  attempt(onFault, listen);
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
      flush();
      socket.close();
    },
  };
}
