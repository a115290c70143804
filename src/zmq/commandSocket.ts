import { type Context, Push, XPublisher } from 'zeromq';
import type { CommandPattern } from '../protocol/ea/socketPatterns.ts';
import type { OnFault } from '../base/guard.ts';
import { eachMessage } from './eachMessage.ts';
import { commonOptions } from './socketOptions.ts';
import { Subscriptions } from './subscriptions.ts';
import type { CommandFrame } from '../controller/ports/link.ts';

// The EA sends nothing here but subscriptions, so it may send only little.
const options = { ...commonOptions, sendTimeout: 0, sendHighWaterMark: 1, maxMessageSize: 65_536 };

export interface CommandSocket {
  socket: Push | XPublisher;
  /** Whether a peer that has shaken hands can take anything. */
  canTake: () => boolean;
  /** Whether it would take this frame. */
  wants: (frame: CommandFrame) => boolean;
  /** Reads what the peer says, for as long as the socket is open; null: it says nothing. @param changed what can be taken may have */
  follow: ((changed: () => void, onFault: OnFault) => Promise<void>) | null;
}

/** S2, S7: what a socket of either pattern takes goes to a connected EA now, or nowhere. */
export function openCommandSocket(context: Context, pattern: CommandPattern): CommandSocket {
  const always = (): boolean => true;
  if (pattern === 'push') {
    const socket = new Push({ context, zapDomain: 'command', immediate: true, ...options });
    return { socket, canTake: always, wants: always, follow: null };
  }
  // Without noDrop it would drop in silence at its high-water mark.
  const socket = new XPublisher({ context, zapDomain: 'command', noDrop: true, ...options });
  const subscriptions = new Subscriptions();
  return {
    socket,
    canTake: () => subscriptions.any,
    // A topic is compared byte by byte.
    wants: (frame) => subscriptions.match(Buffer.from(frame).toString('latin1')),
    follow: (changed, onFault) =>
      eachMessage(
        socket,
        ([frame]: Buffer[]) => {
          if (frame !== undefined) subscriptions.apply(frame);
          changed();
        },
        onFault,
      ),
  };
}
