import type { BridgeState } from '../state/state.ts';

/** Why positions and orders are not listed, and what to do. */
export function untoldTrades({
  account,
  channels,
  speaks8,
  kind,
}: Pick<BridgeState, 'account' | 'channels' | 'speaks8' | 'kind'>): string {
  if (speaks8) return 'The EA has not told its list yet.';
  if (channels.telemetry.state === 'listening') return 'No EA is connected, so that nothing is known of the account.';
  const count =
    account.positions === null
      ? 'This EA does not tell positions.'
      : `This EA tells ${told(account.positions)}, not which.`;
  // A paper account has no MT5, and nothing to install.
  if (kind === 'paper') return count;
  return `${count} Look in MT5, or install the desk's own EA, which lists them: gear, Bridge settings, Connection to the EA, Install the EA.`;
}

function told(count: number): string {
  return count === 1 ? 'that 1 position is open' : `how many positions are open (${String(count)})`;
}
