import type { BridgeState } from '../state/state.ts';

/**
 * Name of the account whose positions are on the screen: its login at its server, which no other account has, else its key. Null:
 * the EA has named none. An EA can keep its uuid when it changes accounts.
 */
export function shownAccount({ account: { login, server }, accountKey }: BridgeState): string | null {
  return login === null || server === null || server === '' ? accountKey : `${login}@${server}`;
}
