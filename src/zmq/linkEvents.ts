import type { ChannelName } from '../api/state/state.ts';
import type { UnexpectedPeerKind } from '../api/state/connectionReport.ts';
import { faultsOf, guarded, type LogError } from '../base/guard.ts';
import type { LinkListener } from '../controller/ports/link.ts';

/** Events of a link for its listener; those before it listens are dropped. A bug in it costs only its own event. */
export class LinkEvents implements LinkListener {
  private readonly logError: LogError;
  private listener: LinkListener | null = null;

  constructor(logError: LogError) {
    this.logError = logError;
  }

  get isHeard(): boolean {
    return this.listener !== null;
  }

  /** Sets the listener. Called once. */
  listen(listener: LinkListener): void {
    const ofFrames = faultsOf('frame', this.logError);
    const ofPeers = faultsOf('socket event', this.logError);
    this.listener = {
      frame: guarded(ofFrames, listener.frame.bind(listener)),
      peerJoined: guarded(ofPeers, listener.peerJoined.bind(listener)),
      peerLeft: guarded(ofPeers, listener.peerLeft.bind(listener)),
      peerRefused: guarded(ofPeers, listener.peerRefused.bind(listener)),
      unexpectedPeer: guarded(ofPeers, listener.unexpectedPeer.bind(listener)),
    };
  }

  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: ((text: string) => void) | null): void {
    this.listener?.frame(bytes, channel, reply);
  }

  peerJoined(channel: ChannelName, address: string): void {
    this.listener?.peerJoined(channel, address);
  }

  peerLeft(channel: ChannelName): void {
    this.listener?.peerLeft(channel);
  }

  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void {
    this.listener?.peerRefused(channel, address, why);
  }

  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void {
    this.listener?.unexpectedPeer(channel, kind);
  }
}
