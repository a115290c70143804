import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { accountStake } from '../../../src/api/state/accountStake.ts';
import { accountLogin, stakeWords } from '../../shared/stakeWords.ts';
import { Chip } from '../../ui/chip.tsx';

/** Name of the account. One whose kind the EA hasn't reported counts as live. */
export function AccountName({ bridge }: { bridge: BridgeState }): ReactElement {
  const { uuid } = bridge.account;
  const name = accountLogin(bridge);
  return (
    <div className="flex min-w-0 flex-[1_1_7rem] items-center gap-3">
      <AccountChip bridge={bridge} />
      <div className="min-w-0 leading-4">
        <div className="truncate text-sm font-medium">{name ?? uuid ?? unnamedWords(bridge)}</div>
        {name !== null && uuid !== null && <div className="truncate font-mono text-xs text-muted">{uuid}</div>}
      </div>
    </div>
  );
}

function unnamedWords({ accountProblem }: BridgeState): string {
  return accountProblem?.kind === 'not_logged_in' ? 'Terminal not logged in' : 'No account named yet';
}

const tones = { paper: 'paper', demo: 'demo', challenge: 'live', live: 'live' } as const;

function AccountChip({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const stake = accountStake(bridge);
  if (stake !== 'paper' && bridge.account.at === null && bridge.account.login === null) return null;
  const { chip, why } = stakeWords[stake];
  return (
    <Chip tone={tones[stake]} title={why}>
      {chip}
    </Chip>
  );
}
