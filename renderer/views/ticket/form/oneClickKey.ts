import type { BridgeState } from '../../../../src/api/state/state.ts';

/** Key of the account for which one-click is on; another account is asked again. */
export function oneClickKey({ uuid, login, server }: BridgeState['account']): string {
  return uuid ?? `${login ?? ''}@${server ?? ''}`;
}
