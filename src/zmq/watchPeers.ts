import type { EventOfType, Socket } from 'zeromq';
import type { Admission } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

export interface PeerListener {
  joined: (address: string) => void;
  left: () => void;
  /** @param detail the rest of a sentence about who it was */
  stranger: (detail: string) => void;
}

/**
 * Follows `socket.events` (S4) from the call of the returned function until the socket closes, and keeps the
 * admission's books. Events from before that call are not lost.
 */
export function watchPeers(socket: Socket, admission: Admission, listener: PeerListener): () => Promise<void> {
  const { events } = socket;
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
          admission.handshakeFailed();
          break;
        case 'handshake:error:protocol':
        case 'handshake:error:other':
          admission.handshakeFailed();
          listener.stranger(whyFailed(event));
          break;
        case 'disconnect': {
          const what = admission.disconnected();
          if (what === 'left') listener.left();
          if (what === 'stranger') listener.stranger('it does not speak ZeroMQ, or its socket is of the wrong type.');
          break;
        }
        default:
          break;
      }
    });
}

function whyFailed(event: EventOfType<'handshake:error:protocol' | 'handshake:error:other'>): string {
  if (event.type === 'handshake:error:protocol') return 'it does not speak ZeroMQ as this port does.';
  return event.error.code === 'EAGAIN' ? 'it said nothing.' : 'it left without a word of ZeroMQ.';
}
