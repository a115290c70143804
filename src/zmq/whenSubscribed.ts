import { attempt, type OnFault } from '../base/guard.ts';
import type { PeerListener } from './watchPeers.ts';

/** A SUB that connects subscribes at once. One that hasn't after this long, in ms, was set up wrongly. */
const patienceMs = 2_000;

interface Subscribed {
  /** Stands between the socket's events and who is told of them. */
  through: (told: PeerListener) => PeerListener;
  /** What the peer has subscribed to may have changed. */
  changed: () => void;
}

/**
 * S7: a subscriber counts as connected from its subscription on, since what is published before it never arrives. A peer
 * that shook hands and subscribes to nothing is told of as a unexpectedPeer.
 * @param canTake whether anything is subscribed to
 */
export function whenSubscribed(canTake: () => boolean, onFault: OnFault): Subscribed {
  let told: PeerListener | null = null;
  /** The address of the peer that has shaken hands. */
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
