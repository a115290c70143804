import type { ReactElement } from 'react';
import { isMoneyAtStake } from '../../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { useAppState } from '../../store/hooks.ts';

const none: readonly BridgeState[] = [];

/**
 * The accounts on which an engine fires without a person.
 * @param bridges IDs of those permitted; null: every one
 */
export function AutoAccounts({ bridges }: { bridges: readonly string[] | null }): ReactElement {
  const permitted = usePermitted(bridges);
  return (
    <ul aria-label="Accounts that it fires on" className="flex flex-col gap-1">
      {permitted.map((bridge) => (
        <li key={bridge.id} className="flex items-center gap-2 text-sm">
          <span className="shrink-0 font-medium">{bridge.name}</span>
          <StakeNotice bridge={bridge} isLine className="flex-1" />
          {!bridge.armed && <span className="shrink-0 text-xs text-muted">not armed</span>}
        </li>
      ))}
    </ul>
  );
}

/** Whether money is at stake on one of an engine's accounts. */
export function useAutoStake(bridges: readonly string[] | null): boolean {
  return usePermitted(bridges).some(isMoneyAtStake);
}

function usePermitted(bridges: readonly string[] | null): readonly BridgeState[] {
  const all = useAppState((app) => app.bridges) ?? none;
  return bridges === null ? all : all.filter(({ id }) => bridges.includes(id));
}
