import { Context, Subscriber } from 'zeromq';
import { attempt, faultsOf, type LogError, logToLastGuard } from '../base/guard.ts';
import type { FeedSettings } from '../api/state/engines.ts';
import { eachMessage } from '../zmq/eachMessage.ts';
import { quietOptions } from '../zmq/socketOptions.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import type { FeedListener } from '../controller/ports/stores.ts';

/** Longest message, in bytes; a longer one ends the connection. A signal has a few hundred. */
const maxFeedBytes = 64 * 1024;

/** Most unread messages in the queue; further ones are dropped. */
const waitingMessages = 1_000;

/**
 * Subscribes to a feed, and reconnects when the connection ends.
 * @param logError one sentence about a bug met while a message was read
 * @returns ends the subscription
 */
export function listenToFeed(
  { endpoint, topics }: FeedSettings,
  listener: FeedListener,
  logError: LogError = logToLastGuard,
): Unsubscribe {
  const onFault = faultsOf('feed', logError);
  const context = new Context();
  context.blocky = false;
  const socket = new Subscriber({
    context,
    ...quietOptions,
    receiveHighWaterMark: waitingMessages,
    maxMessageSize: maxFeedBytes,
    reconnectInterval: 250,
    reconnectMaxInterval: 5_000,
    heartbeatInterval: 1_000,
    heartbeatTimeout: 3_000,
  });
  const followEvents = (): Promise<void> =>
    eachMessage(
      socket.events,
      ({ type }: { type: string }) => {
        if (type === 'handshake') listener.connected(true);
        if (type === 'disconnect') listener.connected(false);
      },
      onFault,
    );
  attempt(onFault, followEvents);
  if (topics.length === 0) socket.subscribe();
  else socket.subscribe(...topics);
  socket.connect(endpoint);
  const listen = (): Promise<void> =>
    eachMessage(
      socket,
      (parts: Buffer[]) => {
        listener.frame(Buffer.concat(parts));
      },
      onFault,
    );
  attempt(onFault, listen);
  return () => {
    socket.close();
  };
}
