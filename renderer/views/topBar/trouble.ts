import { channelNames, type AppState, type BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';

/** What needs a person on a bridge, in a few words; null: nothing. */
export function troubleOf(bridge: BridgeState, orders: AppState['orders']): string | null {
  const unknown = orders.filter((order) => order.bridge === bridge.id && order.state === 'unknown').length;
  if (unknown > 0) return `${formatNumber(unknown, 0)} unknown`;
  if (bridge.accountProblem?.kind === 'changed') return 'another account';
  if (bridge.secondPeer?.channel === 'command') return 'a second EA';
  if (bridge.journalFailure !== null) return 'its journal fails';
  const { armed, account, channels, risk, stream } = bridge;
  const isLost = channelNames.some((name) => channels[name].state === 'down');
  // Open positions of an EA that is gone need a person, armed or not.
  if (isLost && (armed || (account.positions ?? 0) > 0)) return 'EA lost';
  const isBroken = stream === 'current' && risk.some(({ state }) => state === 'blocked');
  return armed && isBroken ? 'a limit is reached' : null;
}
