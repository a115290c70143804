import { needsFeedbackPort } from '../protocol/socketPatterns.ts';
import type { LinkOptions } from '../zmq/openLink.ts';
import type { Config } from './config.ts';
import type { StartOptions } from './serveFlags.ts';
import { StartFailure } from './startFailure.ts';

/**
 * The sockets of the bridge: what the start was told goes before what the bridge is set to.
 * @throws StartFailure where the two don't go together
 */
export function linkSettings(options: StartOptions, bridge: Config['bridge']): Omit<LinkOptions, 'onTrouble'> {
  const { host, commandPort, telemetryPort, allowPeers } = options;
  const feedbackPort = options.feedbackPort ?? bridge.feedbackPort;
  const patterns = {
    command: options.commandPattern ?? bridge.commandPattern,
    feedback: options.feedbackPattern ?? bridge.feedbackPattern,
  };
  if (needsFeedbackPort({ feedbackPattern: patterns.feedback, feedbackPort })) {
    throw new StartFailure(
      'Feedback by REQ and REP needs a port of its own: name it with --feedback-port, or set it in the settings of the bridge.',
    );
  }
  const { telemetryPeers } = bridge;
  return { host, commandPort, telemetryPort, feedbackPort, patterns, allowPeers, telemetryPeers };
}
