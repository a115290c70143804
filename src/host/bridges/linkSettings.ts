import { portProblem } from '../../protocol/ea/portSettings.ts';
import type { LinkOptions } from '../../zmq/openLink.ts';
import type { Config } from '../config/configSchema.ts';
import type { StartOptions } from '../config/serveFlags.ts';
import { StartFailure } from '../machine/startFailure.ts';

/**
 * Socket options of a bridge; flags of the start override the bridge's settings.
 * @throws StartFailure when the two contradict each other
 */
export function linkSettings(options: StartOptions, bridge: Config['bridge']): Omit<LinkOptions, 'logError'> {
  const settings = {
    host: options.host ?? bridge.host,
    allowPeers: options.allowPeers ?? bridge.allowPeers,
    commandPort: options.commandPort ?? bridge.commandPort,
    telemetryPort: options.telemetryPort ?? bridge.telemetryPort,
    feedbackPort: options.feedbackPort ?? bridge.feedbackPort,
    feedbackPattern: options.feedbackPattern ?? bridge.feedbackPattern,
  };
  const problem = portProblem(settings);
  if (problem !== null) {
    const flag = flagOf[problem.field];
    throw new StartFailure(flag === undefined ? problem.sentence : `${problem.sentence} On the command line: ${flag}.`);
  }
  const { feedbackPattern, ...places } = settings;
  const patterns = { command: options.commandPattern ?? bridge.commandPattern, feedback: feedbackPattern };
  return { ...places, patterns, telemetryPeers: bridge.telemetryPeers };
}

const flagOf = {
  host: '--host',
  allowPeers: '--allow-peer',
  commandPort: '--command-port',
  telemetryPort: '--telemetry-port',
  feedbackPort: '--feedback-port',
  commandPattern: '--command-pattern',
  feedbackPattern: '--feedback-pattern',
} as Partial<Record<string, string>>;

/** Flags of this start that concern the EA's sockets. */
export function socketFlags(options: StartOptions): string[] {
  return Object.entries(flagOf).flatMap(([name, flag]) =>
    flag === undefined || options[name as keyof StartOptions] === null ? [] : [flag],
  );
}
