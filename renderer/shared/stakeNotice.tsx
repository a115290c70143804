import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { isMoneyAtStake } from '../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { stakeLine } from './stakeWords.ts';

/** What an order of this account can lose: red with money at stake. Stands in every place that sends. */
export function StakeNotice({
  bridge,
  isLine = false,
  className = '',
}: {
  bridge: BridgeState;
  /** Cut at the end of its line instead of wrapped. */
  isLine?: boolean;
  className?: string;
}): ReactElement {
  const cut = isLine ? 'truncate' : 'break-words';
  const line = stakeLine(bridge);
  return isMoneyAtStake(bridge) ? (
    <p
      title={line}
      className={`flex min-w-0 items-center gap-1.5 rounded-[4px] border border-live-account bg-live-account/15 px-2 text-sm font-semibold text-live-account ${className}`}
    >
      <TriangleAlert className="size-4 shrink-0" aria-hidden="true" />
      <span className={`min-w-0 ${cut}`}>{line}</span>
    </p>
  ) : (
    <p
      title={line}
      className={`min-w-0 ${cut} rounded-[4px] border border-line px-2 text-sm font-medium text-muted ${className}`}
    >
      {line}
    </p>
  );
}
