import type { EventOfType, Socket } from 'zeromq';
import type { UnexpectedPeerKind } from '../api/state/connectionReport.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { Admission, RefusedPeer } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

export interface PeerListener {
  joined: (address: string) => void;
  left: () => void;
  unexpectedPeer: (kind: UnexpectedPeerKind) => void;
  /** A peer of the right type was refused because the places are taken. */
  second: (address: string) => void;
}

/** Wait for ZAP's question about a peer that has already disconnected, ms: it can come later than the event. */
const askedWithinMs = 100;

/**
 * How long one peer of the wrong type explains the next short connections, ms. libzmq closes such a peer before it
 * asks ZAP in two of three tries (121 of 368), which then looks like an HTTP client. The peer reconnects every 0.1 to
 * 1.1 s.
 */
const wrongTypeExplainsMs = 5_000;

/**
 * Follows `socket.events` (S4) from the call of the returned function until the socket closes, and updates the
 * admission. Events from before that call are not lost.
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
      const comesAgain = kind === 'not_zeromq' && performance.now() - wrongTypeAt < wrongTypeExplainsMs;
      // The peer's own libzmq may notice first that the types don't fit (8 of 240 tries on a busy machine). Then it
      // does not reconnect.
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
