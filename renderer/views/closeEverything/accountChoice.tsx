import { useId, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { Quote } from '../../../src/domain/market/quote.ts';
import { positionSums } from '../../../src/domain/positions/positionFigures.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatChange } from '../../format.ts';
import { positionRows } from '../../shared/positionRows.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { useAppState, useNow } from '../../store/hooks.ts';
import { closable } from './closable.ts';

const noQuotes: readonly Quote[] = [];

/** An account to tick, with what it has open. */
export function AccountChoice({
  bridge,
  chosen,
  onChoose,
}: {
  bridge: BridgeState;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}): ReactElement {
  const id = useId();
  const quotes = useAppState((app) => app.quotes[bridge.id]) ?? noQuotes;
  const now = useNow();
  const { isReachable, isListed, warning } = closable(bridge);
  const { count, profit, swap } = positionSums(isListed ? positionRows(bridge, { quotes, now }) : []);
  const pending = bridge.openTrades.orders?.length ?? 0;
  const money = accountCurrency(bridge) ?? '';
  const parts = [
    count === 1 ? '1 position' : `${String(count)} positions`,
    profit === null ? 'result not known' : `${formatChange(profit + (swap ?? 0))} ${money} with swap`,
    pending === 1 ? '1 pending order' : `${String(pending)} pending orders`,
  ];
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={chosen}
        disabled={!isReachable}
        onChange={({ target }) => {
          onChoose(target.checked);
        }}
        className="mt-1 size-3.5 accent-[var(--buy)]"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm font-semibold">
          {bridge.name}
          {isListed && <span className="figures font-normal">{parts.join(' · ')}</span>}
        </label>
        <StakeNotice bridge={bridge} isLine className="mt-1" />
        {warning !== null && <p className="mt-1 text-sm text-quiet">{warning}</p>}
      </div>
    </div>
  );
}
