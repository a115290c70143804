import { type PortField, type portFields, portProblem, type PortSettings } from '../../protocol/ea/portSettings.ts';
import type { LinkOptions } from '../../zmq/linkOptions.ts';
import { type Config, mainBridgeId } from '../config/configSchema.ts';
import { bridgeChannels, bridgePortField } from '../config/deskPorts.ts';
import type { StartOptions } from '../config/serveFlags.ts';
import { PortFailure } from '../machine/portFailure.ts';
import { StartFailure } from '../machine/startFailure.ts';

/**
 * Socket options of a bridge; flags of the start override the bridge's settings.
 * @throws StartFailure when the two contradict each other; PortFailure when two connections have one port
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
    const words = flag === undefined ? problem.sentence : `${problem.sentence} On the command line: ${flag}.`;
    throw contradiction(words, mainBridgeId, problem.field, settings);
  }
  const { feedbackPattern, ...places } = settings;
  const patterns = { command: options.commandPattern ?? bridge.commandPattern, feedback: feedbackPattern };
  return { ...places, patterns, telemetryPeers: bridge.telemetryPeers, eaKind: bridge.eaKind };
}

/** Failure of a start whose settings of one bridge contradict each other. @param field to change */
export function contradiction(
  sentence: string,
  bridge: string,
  field: PortField,
  settings: Pick<PortSettings, 'host' | (typeof portFields)[number]>,
): StartFailure {
  const channel = bridgeChannels.find((each) => bridgePortField[each] === field);
  const port = channel === undefined ? null : settings[bridgePortField[channel]];
  // Without a port one is missing, and another number would not be another choice.
  if (channel === undefined || port === null) return new StartFailure(sentence);
  return new PortFailure(sentence, { bridge, channel, host: settings.host, port, reason: 'twice' });
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
