import type { PortChannel } from '../../api/queries/portTrouble.ts';
import { type Config, mainBridgeId } from './configSchema.ts';
import type { StartOptions } from './serveFlags.ts';

export const bridgeChannels = ['command', 'telemetry', 'feedback'] as const;
/** Port settings of a bridge and of the app, by connection. */
export const bridgePortField = {
  command: 'commandPort',
  telemetry: 'telemetryPort',
  feedback: 'feedbackPort',
} as const;
export const appPortField = { gateway: 'gatewayPort', publish: 'publishPort' } as const;

/** A port that the desk would bind, or bind later: the dashboard's opens when somebody asks for it. */
export interface DeskPort {
  /** ID; null: a port of the app. */
  bridge: string | null;
  channel: PortChannel | 'dashboard';
  /** Name of the connection, within a sentence. */
  name: string;
  /** Never 0: a connection on any free port is left out. */
  port: number;
}

/** Every fixed port of a start with these flags, the flags before the settings. */
export function deskPorts(config: Config, options: StartOptions): DeskPort[] {
  const found: DeskPort[] = [];
  const add = (port: number | null, place: Omit<DeskPort, 'port'>): void => {
    if (port !== null && port !== 0) found.push({ ...place, port });
  };
  const { settings } = config;
  for (const { id, stored } of bridgesOf(config)) {
    for (const channel of bridgeChannels) {
      const flag = id === mainBridgeId ? options[bridgePortField[channel]] : null;
      const port = flag ?? stored[bridgePortField[channel]];
      add(port, { bridge: id, channel, name: `the ${channel} connection of bridge ${stored.name}` });
    }
  }
  if (options.gateway) {
    add(options.gatewayPort ?? settings.gatewayPort, {
      bridge: null,
      channel: 'gateway',
      name: 'the gateway of this desk',
    });
    const publish = options.publishPort ?? settings.publishPort;
    add(publish, { bridge: null, channel: 'publish', name: 'the re-publication of this desk' });
  }
  if (options.http) {
    const name = 'the dashboard of this desk';
    add(options.httpPort ?? settings.httpPort, { bridge: null, channel: 'dashboard', name });
  }
  return found;
}

/** Bridges with an EA; the paper EA's gets free ports. */
export function bridgesOf(config: Config): { id: string; stored: Config['bridge'] }[] {
  return [{ id: mainBridgeId, stored: config.bridge }, ...config.bridges.map((stored) => ({ id: stored.id, stored }))];
}
