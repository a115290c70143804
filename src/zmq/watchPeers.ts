import type { EventOfType, Socket } from 'zeromq';
import type { StrangerKind } from '../api/connectionProof.ts';
import type { Admission } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

export interface PeerListener {
  joined: (address: string) => void;
  left: () => void;
  stranger: (kind: StrangerKind) => void;
}

/** ZAP's question about a peer can come after the news that it has gone: so long is waited for it, in ms. */
const askedWithinMs = 100;

/**
 * Follows `socket.events` (S4) from the call of the returned function until the socket closes, and keeps the
 * admission's books. Events from before that call are not lost.
 */
export function watchPeers(socket: Socket, admission: Admission, listener: PeerListener): () => Promise<void> {
  const { events } = socket;
  const tell = (kind: StrangerKind): void => {
    setTimeout(() => {
      listener.stranger(admission.wasAskedInVain() ? 'wrong_type' : kind);
    }, askedWithinMs).unref();
  };
  return () =>
    eachMessage(events, (event) => {
      switch (event.type) {
        case 'accept':
          admission.accepted();
          break;
        case 'handshake':
          listener.joined(admission.handshaken());
          break;
        case 'handshake:error:auth':
          // ZAP refused it, and has told who it was.
          admission.handshakeFailed('refused');
          break;
        case 'handshake:error:protocol':
        case 'handshake:error:other':
          admission.handshakeFailed();
          tell(whyFailed(event));
          break;
        case 'disconnect': {
          const what = admission.disconnected();
          if (what === 'left') listener.left();
          if (what === 'stranger') tell('not_zeromq');
          break;
        }
        default:
          break;
      }
    });
}

function whyFailed(event: EventOfType<'handshake:error:protocol' | 'handshake:error:other'>): StrangerKind {
  if (event.type === 'handshake:error:protocol') return 'not_zeromq';
  return event.error.code === 'EAGAIN' ? 'silent' : 'left';
}
