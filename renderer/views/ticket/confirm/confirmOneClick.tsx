import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
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
      <p className="text-sm">
        One press of Sell or Buy then sends the order to <strong>{bridge.name}</strong>
        {bridge.kind === 'paper'
          ? ', no real money'
          : bridge.account.trading === 'demo'
            ? ', a demo account'
            : ', real money'}
        , with no question before it.
      </p>
      <ul className="list-disc pl-5 text-sm text-muted">
        <li>
          An order without a stop loss or take profit is still asked about, and so is one beside an unknown order.
        </li>
        <li>The keys S and B still ask.</li>
        <li>It goes off by itself: when this window is opened anew, on another bridge, and on another account.</li>
      </ul>
    </ConfirmDialog>
  );
}
