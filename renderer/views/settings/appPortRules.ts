import type { BridgeState } from '../../../src/api/state/state.ts';
import type { Settings } from '../../../src/api/settings/appSettings.ts';

export type AppPort = 'httpPort' | 'gatewayPort' | 'publishPort';

/** The ports of the app itself, with their names and what they are for. */
export const appPorts: readonly { key: AppPort; label: string; hint: string }[] = [
  { key: 'httpPort', label: 'Port of the dashboard', hint: 'Your browser opens the desk on it.' },
  {
    key: 'gatewayPort',
    label: 'Port of the gateway',
    hint: 'Your engines send their signals to it. Give them the same port.',
  },
  {
    key: 'publishPort',
    label: 'Port of the re-publication',
    hint: 'Other programs of yours read here what the EAs send: prices, account figures, results.',
  },
];

type OwnPorts = Pick<BridgeState, 'name' | 'commandPort' | 'telemetryPort' | 'feedbackPort'>;

/** The error in a typed port, apart from another program's use; 0 takes a free one. */
export function appPortProblem(
  key: AppPort,
  typed: string,
  settings: Pick<Settings, AppPort>,
  bridges: readonly OwnPorts[],
): string | null {
  const port = Number(typed);
  if (!/^\d{1,5}$/.test(typed) || port > 65_535) return 'A whole number from 0 to 65535.';
  if (port === 0) return null;
  const other = appPorts.find((each) => each.key !== key && settings[each.key] === port);
  if (other !== undefined) return `That is the ${other.label.replace('Port', 'port')}. Choose another.`;
  const bridge = bridges.find(({ commandPort, telemetryPort, feedbackPort }) =>
    [commandPort, telemetryPort, feedbackPort].includes(port),
  );
  return bridge === undefined ? null : `Bridge ${bridge.name} has this port. Choose another.`;
}
