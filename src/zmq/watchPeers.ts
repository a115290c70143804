import type { EventOfType, Socket } from 'zeromq';
import type { UnexpectedPeerKind } from '../api/state/connectionReport.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { Admission, RefusedPeer } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

export interface PeerListener {
  joined: (address: string) => void;
  left: () => void;
  unexpectedPeer: (kind: UnexpectedPeerKind) => void;
  /** One that fits, beyond the places, was refused. */
  second: (address: string) => void;
}

/** ZAP's question about a peer can come after the news that it has gone: so long is waited for it, in ms. */
const askedWithinMs = 100;

/**
 * libzmq closes a peer of a wrong type before it asks ZAP in two of three tries (121 of 368), and then its end looks like an
 * HTTP client's. The peer comes again every 0.1 to 1.1 s, so one that was known for what it is explains the next ones, in ms.
 */
const knocksWithinMs = 5_000;

/**
 * Follows `socket.events` (S4) from the call of the returned function until the socket closes, and keeps the
 * admission's books. Events from before that call are not lost.
 */
export function watchPeers(
  socket: Socket,
  admission: Admission,
  listener: PeerListener,
  onFault: OnFault,
): () => Promise<void> {
  const { events } = socket;
  let wrongTypeAt = Number.NEGATIVE_INFINITY;
  const tell = (kind: UnexpectedPeerKind): void => {
    const look = (): void => {
      const asked = admission.wasAskedInVain();
      if (asked) wrongTypeAt = performance.now();
      const comesAgain = kind === 'not_zeromq' && performance.now() - wrongTypeAt < knocksWithinMs;
      // Its own libzmq may see first that the types don't fit (8 of 240 tries on a busy machine). Then it does not come again.
      const wentAtOnce = kind === 'left' && asked && admission.peers === 0;
      listener.unexpectedPeer(comesAgain || wentAtOnce ? 'wrong_type' : kind);
    };
    setTimeout(() => {
      attempt(onFault, look);
    }, askedWithinMs).unref();
  };
  const tellSecond = (peer: RefusedPeer | null): void => {
    if (peer?.answer === 'second') listener.second(peer.address);
  };
  return () =>
    eachMessage(
      events,
      (event) => {
        switch (event.type) {
          case 'accept':
            admission.accepted();
            break;
          case 'handshake':
            listener.joined(admission.handshaken());
            break;
          case 'handshake:error:auth':
            tellSecond(admission.wasRefused());
            break;
          case 'handshake:error:protocol':
          case 'handshake:error:other':
            admission.handshakeFailed();
            tell(whyFailed(event));
            break;
          case 'disconnect': {
            const what = admission.disconnected();
            if (what === 'left') listener.left();
            if (what === 'unexpected') tell('not_zeromq');
            break;
          }
          default:
            break;
        }
      },
      onFault,
    );
}

function whyFailed(event: EventOfType<'handshake:error:protocol' | 'handshake:error:other'>): UnexpectedPeerKind {
  if (event.type === 'handshake:error:protocol') return 'not_zeromq';
  return event.error.code === 'EAGAIN' ? 'silent' : 'left';
}
