import { type Context, Push, XPublisher } from 'zeromq';
import type { EaKind } from '../protocol/ea/portSettings.ts';
import type { CommandPattern } from '../protocol/ea/socketPatterns.ts';
import type { OnFault } from '../base/guard.ts';
import { eachMessage } from './eachMessage.ts';
import { commonOptions, patientOptions } from './socketOptions.ts';
import { Subscriptions } from './subscriptions.ts';
import type { CommandFrame } from '../controller/ports/link.ts';

// Bounds inbound bytes: the EA sends nothing here but subscriptions.
const common = { ...commonOptions, sendTimeout: 0, sendHighWaterMark: 1, maxMessageSize: 65_536 };

export interface CommandSocket {
  socket: Push | XPublisher;
  /** Whether a peer with a finished handshake can receive anything. */
  canTake: () => boolean;
  /** Whether the peer's subscriptions match this frame. */
  wants: (frame: CommandFrame) => boolean;
  /**
   * Reads the peer's subscriptions until the socket closes; null: the pattern has none.
   * @param changed called when `canTake` may have changed
   */
  follow: ((changed: () => void, onFault: OnFault) => Promise<void>) | null;
}

/** S2, S7: opens a command socket of either pattern. A frame goes to a connected EA now, or nowhere. */
export function openCommandSocket(context: Context, pattern: CommandPattern, eaKind: EaKind = 'other'): CommandSocket {
  const options = eaKind === 'bitten' ? { ...common, ...patientOptions } : common;
  const always = (): boolean => true;
  if (pattern === 'push') {
    const socket = new Push({ context, zapDomain: 'command', immediate: true, ...options });
    return { socket, canTake: always, wants: always, follow: null };
  }
  // Without noDrop the socket drops silently at its high-water mark.
  const socket = new XPublisher({ context, zapDomain: 'command', noDrop: true, ...options });
  const subscriptions = new Subscriptions();
  return {
    socket,
    canTake: () => subscriptions.any,
    // Topics match byte by byte.
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
