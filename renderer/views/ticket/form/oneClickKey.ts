import type { BridgeState } from '../../../../src/api/state/state.ts';

/** Whose orders are sent without a question; another account asks again. */
export function oneClickKey({ uuid, login, server }: BridgeState['account']): string {
  return uuid ?? `${login ?? ''}@${server ?? ''}`;
}
