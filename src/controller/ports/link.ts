import type { ChannelName } from '../../api/state/state.ts';
import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import type { EaKind } from '../../protocol/ea/portSettings.ts';
import type { SocketPatterns } from '../../protocol/ea/socketPatterns.ts';

export interface LinkListener {
  /** @param reply sends the acknowledgement (S8); null: the pattern has none */
  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: ((text: string) => void) | null): void;
  peerJoined(channel: ChannelName, address: string): void;
  peerLeft(channel: ChannelName): void;
  /** ZAP refused a peer: the places are taken, or its address is not allowed (S3). */
  peerRefused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void;
  /** A connection that was no EA of the right kind for the port. */
  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void;
}

/** Frame to an EA: ASCII text, or bytes where a symbol has other characters. */
export type CommandFrame = string | Uint8Array;

/** A command as the wire log shows it. */
export interface CommandSummary {
  /** Type of the command. */
  kind: string;
  /** Action, command, or name of the parameter that is set; null: none. */
  note: string | null;
  signalId: string | null;
}

/** The part of a bridge's link that sends. */
export interface CommandLink extends Pick<Link, 'endpoints' | 'patterns'> {
  /** Like {@link Link.send}. Frames taken by the socket appear in the wire log. */
  send(frame: CommandFrame, summary: CommandSummary, still?: () => boolean): Promise<boolean>;
}

/** The EA's sockets of one bridge. */
export interface Link {
  /** Endpoints by channel. Feedback shares telemetry's unless it has a socket of its own. */
  readonly endpoints: Readonly<Record<ChannelName, string>>;
  readonly patterns: SocketPatterns;
  /** Starts the receive loops. Called once. */
  start(listener: LinkListener): void;
  /**
   * Sends a frame. False: no EA took it, and nothing is queued (S2). True: queued in the socket, not proved to be
   * delivered (S1).
   * @param still called before each try of the socket: false gives up
   */
  send(frame: CommandFrame, still?: () => boolean): Promise<boolean>;
  /**
   * Opens the command socket anew, with the patience that an EA of this kind needs. Its EA has to connect again.
   * @throws Error the port can't be bound; it is tried again until it can
   */
  rebindCommand?(eaKind: EaKind): Promise<void>;
  /** Why the sockets no longer work, as the end of a sentence; null: they work. Left out: there is nothing to check. */
  check?(): string | null;
  close(): Promise<void>;
}
