import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state.ts';
import { Chip } from '../../ui/chip.tsx';

/** Whose money it is. What the EA hasn't told is not guessed: it counts as live. */
export function AccountName({ bridge }: { bridge: BridgeState }): ReactElement {
  const { uuid, login, server } = bridge.account;
  const name = login === null ? null : `${login} @ ${server ?? 'unknown server'}`;
  return (
    <div className="flex min-w-0 flex-[1_1_7rem] items-center gap-3">
      <AccountChip bridge={bridge} />
      <div className="min-w-0 leading-4">
        <div className="truncate text-sm font-medium">{name ?? uuid ?? 'No account named yet'}</div>
        {name !== null && uuid !== null && <div className="truncate font-mono text-xs text-muted">{uuid}</div>}
      </div>
    </div>
  );
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
