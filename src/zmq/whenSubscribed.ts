import { attempt, type OnFault } from '../base/guard.ts';
import type { PeerListener } from './watchPeers.ts';

/** Longest wait for a SUB's subscription after its handshake, ms. A correct SUB subscribes at once. */
const patienceMs = 2_000;

interface Subscribed {
  /** Wraps a listener of the socket's events. */
  through: (told: PeerListener) => PeerListener;
  /** Call when the peer's subscriptions may have changed. */
  changed: () => void;
}

/**
 * S7: delays `joined` until the peer subscribes, since messages published earlier never reach it. A peer that shakes
 * hands and subscribes to nothing within 2 s is an unexpected peer (`no_subscription`).
 * @param canTake whether any topic is subscribed to
 */
export function whenSubscribed(canTake: () => boolean, onFault: OnFault): Subscribed {
  let told: PeerListener | null = null;
  /** Address of the peer with a finished handshake; null: none. */
  let peer: string | null = null;
  let joined = false;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    const ready = peer !== null && canTake();
    if (ready === joined) return;
    joined = ready;
    clearTimeout(timer);
    if (ready) told?.joined(peer ?? '');
    else told?.left();
  };
  return {
    changed: look,
    through: (listener) => {
      told = listener;
      return {
        ...listener,
        joined: (address) => {
          peer = address;
          look();
          if (joined) return;
          timer = setTimeout(() => {
            attempt(onFault, () => {
              listener.unexpectedPeer('no_subscription');
            });
          }, patienceMs).unref();
        },
        left: () => {
          peer = null;
          clearTimeout(timer);
          look();
        },
      };
    },
  };
}
