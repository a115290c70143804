import { channelNames, type AppState, type BridgeState } from '../../../src/api/state/state.ts';
import { formatNumber } from '../../format.ts';

/** What needs a person on a bridge, in a few words; null: nothing. */
export function troubleOf(bridge: BridgeState, orders: AppState['orders']): string | null {
  const unknown = orders.filter((order) => order.bridge === bridge.id && order.state === 'unknown').length;
  if (unknown > 0) return `${formatNumber(unknown, 0)} unknown`;
  if (bridge.accountProblem?.kind === 'changed') return 'another account';
  if (bridge.secondPeer?.channel === 'command') return 'a second EA';
  if (bridge.journalFailure !== null) return 'its journal fails';
  // Open positions of an EA that is gone need a person, armed or not.
  if (!bridge.armed && (bridge.account.positions ?? 0) === 0) return null;
  if (channelNames.some((name) => bridge.channels[name].state === 'down')) return 'EA lost';
  if (!bridge.armed) return null;
  const broken = bridge.stream === 'current' && bridge.risk.some(({ state }) => state === 'blocked');
  return broken ? 'a limit is reached' : null;
}
