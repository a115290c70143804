import type { BridgeState } from '../state/state.ts';

/** Why positions and orders are not listed, and what to do. */
export function untoldTrades({
  account,
  channels,
  speaks8,
}: Pick<BridgeState, 'account' | 'channels' | 'speaks8'>): string {
  if (speaks8) return 'The EA has not told its list yet.';
  if (channels.telemetry.state === 'listening') return 'No EA is connected, so that nothing is known of the account.';
  const count =
    account.positions === null
      ? 'This EA does not tell positions.'
      : `This EA tells ${told(account.positions)}, not which.`;
  return `${count} Look in MT5, or install the desk's own EA, which lists them: Settings, Install EA.`;
}

function told(count: number): string {
  return count === 1 ? 'that 1 position is open' : `how many positions are open (${String(count)})`;
}
