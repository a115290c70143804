import type { BridgeState } from '../src/api/state/state.ts';
import { termsOf } from '../src/domain/market/accountTerms.ts';

/** The account's currency as it is set, else as the EA tells it; null: neither. */
export function accountCurrency(bridge: Pick<BridgeState, 'currency' | 'leverage' | 'account'>): string | null {
  return termsOf(bridge, bridge.account).currency;
}
