import type { BridgeState } from '../../src/api/state/state.ts';

/** The chosen bridge while it exists; else the first that has an EA, else the first. */
export function chooseBridge(bridges: readonly BridgeState[], chosen: string | null): BridgeState | null {
  const wanted = bridges.find(({ id }) => id === chosen);
  const connected = bridges.find(({ channels }) => channels.command.state !== 'listening');
  return wanted ?? connected ?? bridges[0] ?? null;
}
