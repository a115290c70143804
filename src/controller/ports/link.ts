import type { ChannelName } from '../../api/state/state.ts';
import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import type { SocketPatterns } from '../../protocol/ea/socketPatterns.ts';

export interface LinkListener {
  /** @param reply answers the EA that waits for one (S8); null where the pattern has none */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: ((text: string) => void) | null): void;
  peerJoined(channel: ChannelName, address: string): void;
  peerLeft(channel: ChannelName): void;
  /** ZAP turned a peer away: the places are taken, or its address is not allowed (S3). */
  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void;
  /** Somebody connected who is no EA that fits this port. */
  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void;
}

/** What goes to an EA: text in ASCII, or bytes where a symbol has other characters. */
export type CommandFrame = string | Uint8Array;

/** A command as the wire log shows it. */
export interface CommandSummary {
  /** Its type. */
  kind: string;
  /** Its action, the command or the parameter that it sets. */
  note: string | null;
  signalId: string | null;
}

/** The part of a bridge's link that sends. */
export interface CommandLink extends Pick<Link, 'endpoints' | 'patterns'> {
  /** As {@link Link.send}. What the socket has taken stands in the wire log. */
  send(frame: CommandFrame, summary: CommandSummary, still?: () => boolean): Promise<boolean>;
}

/** The EA's sockets of one bridge. */
export interface Link {
  /** Feedback shares telemetry's endpoint unless it has a socket of its own. */
  readonly endpoints: Readonly<Record<ChannelName, string>>;
  readonly patterns: SocketPatterns;
  /** Starts the receive loops. Called once. */
  start(listener: LinkListener): void;
  /**
   * False: no EA took it, and nothing is queued (S2). True: queued in the socket, not proved to be delivered (S1).
   * @param still asked each time before the socket is tried: false gives up at once
   */
  send(frame: CommandFrame, still?: () => boolean): Promise<boolean>;
  /** Why its sockets work no more, as the end of a sentence; null: they do. Left out: there is nothing to look at. */
  check?(): string | null;
  close(): Promise<void>;
}
