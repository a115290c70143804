import { accountStake, type AccountStake } from '../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../src/api/state/state.ts';

/** Chip of the account and what its orders can lose. */
export const stakeWords: Record<AccountStake, { chip: string; atStake: string; why: string }> = {
  paper: { chip: 'PAPER', atStake: 'no real money', why: 'A simulated terminal: no real money' },
  demo: { chip: 'DEMO', atStake: 'no real money', why: 'A demo account, by the name of its server' },
  challenge: {
    chip: 'CHALLENGE',
    atStake: 'the account is at stake',
    why: 'A contest or a funded account, by the name of its server: a broken rule ends it',
  },
  live: { chip: 'LIVE', atStake: 'real money', why: 'Not known to be a demo account, so it counts as live' },
};

/** Login as MT5 shows it; null: not reported. */
export function accountLogin({ account: { login, server } }: Pick<BridgeState, 'account'>): string | null {
  return login === null ? null : `${login} @ ${server ?? 'unknown server'}`;
}

/** "LIVE · real money · 5512345 @ Broker-Live". */
export function stakeLine(bridge: BridgeState): string {
  const { chip, atStake } = stakeWords[accountStake(bridge)];
  const name = accountLogin(bridge) ?? bridge.account.uuid ?? 'account not named yet';
  return [chip, atStake, name].join(' · ');
}
