import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { accountStake } from '../../../../src/api/state/accountStake.ts';
import { stakeWords } from '../../../shared/stakeWords.ts';
import { StakeNotice } from '../../../shared/stakeNotice.tsx';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';

/** Confirmation of one-click, with its consequences. */
export function ConfirmOneClick({
  bridge,
  onConfirm,
  onCancel,
}: {
  bridge: BridgeState;
  onConfirm: () => void;
  onCancel: () => void;
}): ReactElement {
  return (
    <ConfirmDialog title="Switch one-click on" word="Switch on" onConfirm={onConfirm} onCancel={onCancel}>
      <StakeNotice bridge={bridge} />
      <p className="text-sm">
        One press of Sell or Buy then sends the order to <strong>{bridge.name}</strong>,{' '}
        {stakeWords[accountStake(bridge)].atStake}, with no question before it.
      </p>
      <ul className="list-disc pl-5 text-sm text-muted">
        <li>
          An order without a stop loss or take profit is still asked about, and so is one beside an unknown order, with
          a large risk, or with a stop that looks mistaken.
        </li>
        <li>The keys Alt+S and Alt+B still ask.</li>
        <li>It goes off by itself: when this window is opened anew, on another bridge, and on another account.</li>
      </ul>
    </ConfirmDialog>
  );
}
