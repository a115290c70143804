import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
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

/** Login as MT5 shows it; null: not reported. */
export function accountLogin({ account: { login, server } }: BridgeState): string | null {
  return login === null ? null : `${login} @ ${server ?? 'unknown server'}`;
}

function unnamedWords({ accountProblem }: BridgeState): string {
  return accountProblem?.kind === 'not_logged_in' ? 'Terminal not logged in' : 'No account named yet';
}

function AccountChip({ bridge }: { bridge: BridgeState }): ReactElement | null {
  if (bridge.kind === 'paper') {
    return (
      <Chip tone="paper" title="A simulated terminal: no real money">
        PAPER
      </Chip>
    );
  }
  if (bridge.account.at === null && bridge.account.login === null) return null;
  return bridge.account.trading === 'demo' ? (
    <Chip tone="demo" title={`By the name of its server, ${bridge.account.server ?? ''}`}>
      DEMO
    </Chip>
  ) : (
    <Chip tone="live" title="Not known to be a demo account, so it counts as live">
      LIVE
    </Chip>
  );
}
