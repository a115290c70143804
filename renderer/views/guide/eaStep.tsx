import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { eaKinds } from '../../../src/protocol/ea/portSettings.ts';
import { eaKindNames } from '../../shared/eaKindWords.ts';
import { EaLines } from '../../shared/eaLines.tsx';
import { callOrTell } from '../../store/callApp.ts';
import { unwaited } from '../../store/unwaited.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { InstallEaButton } from '../installEa/installEaButton.tsx';

/** Asks which EA it is, and gives it this desk's addresses: by installing the desk's own one, or by two lines of another. */
export function EaStep({ bridge }: { bridge: BridgeState }): ReactElement {
  const { eaKind, id } = bridge;
  return (
    <>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <ChoiceGroup
          label="EA"
          values={eaKinds}
          names={eaKindNames}
          value={eaKind}
          onChange={(kind) => {
            unwaited(callOrTell('updateBridge', { bridge: id, changes: { eaKind: kind } }, 'The EA was not set.'));
          }}
        />
        <InstallEaButton bridge={id} word="Install the desk’s own EA" />
        {eaKind !== 'bitten' && (
          <p className="text-sm text-muted">
            {eaKind === 'v7'
              ? 'or set these lines in the source of v7 and compile it (F7):'
              : 'or set these addresses in your EA:'}
          </p>
        )}
      </div>
      {eaKind === 'bitten' ? (
        <p className="mt-1 text-sm text-muted">
          It needs no DLL. It is copied into MetaTrader 5, compiled there, and given the ports of this bridge.
        </p>
      ) : (
        <EaLines bridge={bridge} />
      )}
    </>
  );
}
