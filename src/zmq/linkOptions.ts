import type { ChannelName } from '../api/state/state.ts';
import type { EaKind } from '../protocol/ea/portSettings.ts';
import type { SocketPatterns } from '../protocol/ea/socketPatterns.ts';

/** Addresses, patterns and places of a link's sockets. */
export interface LinkOptions {
  /** Interface to bind, an IP address. */
  host: string;
  /** TCP ports; 0 takes a free one. */
  commandPort: number;
  telemetryPort: number;
  /** Null: feedback shares the telemetry port, except with the pattern `req`. */
  feedbackPort: number | null;
  patterns: SocketPatterns;
  /** IP addresses of peers that may connect besides loopback. */
  allowPeers: readonly string[];
  /** Most EAs on the telemetry and feedback sockets (S3). The command socket takes one. */
  telemetryPeers: number;
  /** Left out: an EA that answers heartbeats from a thread of its own. */
  eaKind?: EaKind;
  /**
   * Name of the setting of a channel's port, for the sentence that the port is taken; left out: the flags of the
   * start.
   */
  portSetting?: (channel: ChannelName) => string;
  /** One sentence for the log about a bug met while a frame was read. */
  logError: (sentence: string, error: unknown) => void;
}
