import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import type { LoosenedLimit } from './loosenedLimits.ts';

/** Asks before limits allow more than they did. */
export function ConfirmLoosening({
  bridge,
  limits,
  failure,
  onConfirm,
  onCancel,
}: {
  bridge: BridgeState;
  limits: readonly LoosenedLimit[];
  failure: string | null;
  /** Resolves to `false` if it failed. */
  onConfirm: () => Promise<boolean>;
  onCancel: () => void;
}): ReactElement {
  return (
    <ConfirmDialog
      title={`Loosen limits of ${bridge.name}`}
      word="Loosen"
      failure={failure}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      <p className="text-sm">From the moment that you save, this account may lose or trade more than before:</p>
      <Facts>
        {limits.map(({ name, from, to }) => (
          <Fact key={name} name={name}>
            <span className="figures">
              {from} → <strong className="text-quiet">{to}</strong>
            </span>
          </Fact>
        ))}
      </Facts>
    </ConfirmDialog>
  );
}
