import { portFields, portProblem } from '../../protocol/ea/portSettings.ts';
import type { LinkOptions } from '../../zmq/openLink.ts';
import { mainBridgeId, type Config } from '../config/configSchema.ts';
import { linkSettings, socketFlags } from './linkSettings.ts';
import type { StartOptions } from '../config/serveFlags.ts';
import { StartFailure } from '../machine/startFailure.ts';

/** A bridge with an EA, as it is started. */
export interface RealBridge {
  id: string;
  /** Its part of config.json. */
  stored: Config['bridge'];
  link: Omit<LinkOptions, 'logError'>;
  startFlags: string[];
}

/**
 * Every bridge with a real EA. Flags of the start apply to the first one only.
 * @throws StartFailure when two want the same port, or the settings of one contradict each other
 */
export function realBridges(config: Config, options: StartOptions): RealBridge[] {
  const bridges: RealBridge[] = [
    {
      id: mainBridgeId,
      stored: config.bridge,
      link: linkSettings(options, config.bridge),
      startFlags: socketFlags(options),
    },
    ...config.bridges.map((stored) => ({ id: stored.id, stored, link: furtherLink(stored), startFlags: [] })),
  ];
  const owners = new Map<number, string>();
  for (const { id, link } of bridges) {
    for (const field of portFields) {
      const port = link[field];
      if (port === null || port === 0) continue;
      const owner = owners.get(port);
      if (owner !== undefined) {
        const sentence = `Bridges ${owner} and ${id} can't both have port ${String(port)}: change one of them in config.json.`;
        throw new StartFailure(
          owner === id ? `Bridge ${id} has port ${String(port)} twice: change one of them.` : sentence,
        );
      }
      owners.set(port, id);
    }
  }
  return bridges;
}

function furtherLink(stored: Config['bridges'][number]): RealBridge['link'] {
  const { id, host, allowPeers, commandPort, telemetryPort, feedbackPort, telemetryPeers } = stored;
  const problem = portProblem(stored);
  if (problem !== null) throw new StartFailure(`Bridge ${id}: ${problem.sentence}`);
  return {
    host,
    allowPeers,
    commandPort,
    telemetryPort,
    feedbackPort,
    telemetryPeers,
    patterns: { command: stored.commandPattern, feedback: stored.feedbackPattern },
    portSetting: (channel) => `"${channel}Port" of bridge ${id} in config.json`,
  };
}
