import { channelNames, type AppState, type BridgeState } from '../src/api/state/state.ts';

/** State shown by the tray's icon: the one of the bridge that needs a person most. */
export type TrayLook = 'kill' | 'down' | 'quiet' | 'connected' | 'live' | 'listening';

export interface TrayWords {
  look: TrayLook;
  tooltip: string;
}

/** Most characters that Windows shows of a tooltip. */
const maxTooltip = 127;
const order: readonly TrayLook[] = ['down', 'quiet', 'connected', 'live'];

export function trayWords({ bridges, killSwitch }: AppState): TrayWords {
  const used = bridges.filter((bridge) => statesOf(bridge).some((state) => state !== 'listening'));
  const states: readonly TrayLook[] = used.flatMap(statesOf);
  // A listening channel beside live ones is a connection being set up.
  const worst = order.find((look) => states.includes(look)) ?? 'listening';
  const look = worst === 'live' && states.includes('listening') ? 'connected' : worst;
  const lines = (used.length === 0 ? bridges : used).map(describe);
  if (killSwitch !== null) lines.unshift('KILL SWITCH ON');
  const text = lines.join('\n');
  return {
    look: killSwitch === null ? look : 'kill',
    tooltip: text.length > maxTooltip ? `${text.slice(0, maxTooltip - 1)}…` : text,
  };
}

function statesOf({ channels }: BridgeState): BridgeState['channels']['command']['state'][] {
  return channelNames.map((name) => channels[name].state);
}

function describe(bridge: BridgeState): string {
  const lamps = channelNames.map((name) => `${name} ${bridge.channels[name].state}`).join(', ');
  return `${bridge.name}: ${lamps} · ${bridge.armed ? 'armed' : 'disarmed'}`;
}
