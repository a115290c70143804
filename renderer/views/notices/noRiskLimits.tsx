import { ShieldAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { isMoneyAtStake } from '../../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { termsOf } from '../../../src/domain/market/accountTerms.ts';
import { appStore } from '../../store/appStore.ts';
import { store, stored } from '../../store/browserStorage.ts';
import { useCall } from '../../store/callApp.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { proposedLimits } from '../guide/accountTerms.ts';

/**
 * Proposes limits of the risk where money is at stake and none is set, as when the EA came before the guide was read.
 * A dismissal holds in this browser.
 */
export function NoRiskLimits({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const { account, limits } = bridge;
  const key = `bitten-desk.no-risk-limits.${bridge.id}`;
  const [dismissed, setDismissed] = useState(() => stored(key) !== null);
  const { busy, failure, run } = useCall();
  const isUnlimited = limits.riskPercent === null && limits.dailyLossPercent === null;
  if (dismissed || !isUnlimited || !isMoneyAtStake(bridge) || account.at === null) return null;
  const { currency, leverage } = termsOf(bridge, account);
  const isKnown = currency !== null && leverage !== null;
  const proposed = `${String(proposedLimits.riskPercent)} % of equity a trade, ${String(proposedLimits.dailyLossPercent)} % a day`;
  return (
    <Notice
      icon={<ShieldAlert className="size-5 shrink-0 text-quiet" aria-hidden="true" />}
      action={
        <span className="flex shrink-0 gap-2">
          <Button
            disabled={busy}
            onClick={() => {
              if (isKnown)
                unwaited(
                  run('updateBridge', { bridge: bridge.id, changes: { limits: { ...limits, ...proposedLimits } } }),
                );
              else appStore.setState({ openSettings: { bridge: bridge.id, at: null } });
            }}
          >
            {isKnown ? 'Set both' : 'Set currency and leverage'}
          </Button>
          <Button
            onClick={() => {
              store(key, 'dismissed');
              setDismissed(true);
            }}
          >
            Without
          </Button>
        </span>
      }
    >
      <strong>Nothing limits the risk of this account.</strong>{' '}
      {failure ??
        (isKnown
          ? `Proposed: ${proposed}. An order without a stop loss is refused then.`
          : `Proposed: ${proposed}. That takes the account’s currency and leverage.`)}
    </Notice>
  );
}
