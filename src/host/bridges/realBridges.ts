import { portFields, portProblem } from '../../protocol/ea/portSettings.ts';
import type { LinkOptions } from '../../zmq/linkOptions.ts';
import { mainBridgeId, type Config } from '../config/configSchema.ts';
import { contradiction, linkSettings, socketFlags } from './linkSettings.ts';
import type { StartOptions } from '../config/serveFlags.ts';

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
 * @throws PortFailure when two want the same port; StartFailure when the settings of one contradict each other
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
        const words = owner === id ? `Bridge ${id} has port ${String(port)} twice: change one of them.` : sentence;
        throw contradiction(words, id, field, link);
      }
      owners.set(port, id);
    }
  }
  return bridges;
}

function furtherLink(stored: Config['bridges'][number]): RealBridge['link'] {
  const { id, host, allowPeers, commandPort, telemetryPort, feedbackPort, telemetryPeers, eaKind } = stored;
  const problem = portProblem(stored);
  if (problem !== null) throw contradiction(`Bridge ${id}: ${problem.sentence}`, id, problem.field, stored);
  return {
    host,
    allowPeers,
    commandPort,
    telemetryPort,
    feedbackPort,
    telemetryPeers,
    eaKind,
    patterns: { command: stored.commandPattern, feedback: stored.feedbackPattern },
    portSetting: (channel) => `"${channel}Port" of bridge ${id} in config.json`,
  };
}
