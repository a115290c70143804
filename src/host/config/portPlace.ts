import type { PortFacts } from '../../api/queries/portTrouble.ts';
import { readConfig, saveConfig, setConfigAside } from './config.ts';
import { type Config, mainBridgeId } from './configSchema.ts';
import { appPortField, bridgePortField } from './deskPorts.ts';
import type { StartOptions } from './serveFlags.ts';

type BridgeKey = 'host' | (typeof bridgePortField)[keyof typeof bridgePortField];
type AppKey = (typeof appPortField)[keyof typeof appPortField];

/** The setting that would have to change for a start to get past a port: an interface, or a port, of a bridge or the app. */
export type PortPlace = { bridge: string; key: BridgeKey } | { bridge: null; key: AppKey };

export function placeOf({ bridge, channel, reason }: PortFacts): PortPlace {
  if (channel === 'gateway' || channel === 'publish') return { bridge: null, key: appPortField[channel] };
  return { bridge: bridge ?? mainBridgeId, key: reason === 'no_address' ? 'host' : bridgePortField[channel] };
}

/** The start's flag for a setting, which counts instead of it; null: there is none, or it was not given. */
export function flagFor(place: PortPlace, options: StartOptions): string | null {
  if (place.bridge !== null && place.bridge !== mainBridgeId) return null;
  return options[place.key] === null ? null : flags[place.key];
}

const flags: Record<BridgeKey | AppKey, string> = {
  host: '--host',
  commandPort: '--command-port',
  telemetryPort: '--telemetry-port',
  feedbackPort: '--feedback-port',
  gatewayPort: '--gateway-port',
  publishPort: '--publish-port',
};

/**
 * Writes one port or interface to config.json as it is now, with everything else that stands there.
 * @param now epoch ms
 * @throws StartFailure when the settings can't be read; Error when the file can't be written: nothing has changed
 */
export function savePlace(dataDir: string, place: PortPlace, value: string | number, now: number): void {
  const { config, recovery } = readConfig(dataDir);
  // A file that could not be read is kept beside, as at a start.
  if (recovery !== null) setConfigAside(dataDir, now);
  saveConfig(dataDir, withValue(config, place, value));
}

function withValue(config: Config, { bridge, key }: PortPlace, value: string | number): Config {
  const change = { [key]: value };
  if (bridge === null) return { ...config, settings: { ...config.settings, ...change } };
  if (bridge === mainBridgeId) return { ...config, bridge: { ...config.bridge, ...change } };
  return { ...config, bridges: config.bridges.map((each) => (each.id === bridge ? { ...each, ...change } : each)) };
}
