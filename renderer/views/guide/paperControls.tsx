import type { ReactElement } from 'react';
import { paperFaults, type PaperFault } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { unwaited } from '../../store/unwaited.ts';

const faultNames: Record<PaperFault, string> = {
  none: 'fills every order',
  reject: 'rejects every order',
  delay: 'answers late',
  silent: 'trades, but never answers',
  drop: 'trades and drops the connection',
  twice: 'answers twice',
  stranger: 'also answers for an order never sent',
  fewer_lots: 'trades some lots a step too low, as v7 does',
};

/** Faults of the paper EA, to try the desk's handling of them. */
export function PaperControls(): ReactElement {
  const client = useApp((store) => store.client);
  const fault = useAppState(({ app }) => app.paperFault);
  const setFault = (chosen: PaperFault): void => {
    unwaited(callOrTell('setPaperFault', { fault: chosen }, 'The paper EA was not changed.'));
  };
  const stop = (): void => {
    client?.call('stopPaper', null).then(
      () => {
        appStore.setState({ chosenBridge: null });
      },
      () => undefined,
    );
  };
  return (
    <section aria-label="Paper EA" className="flex gap-2 border-t border-line px-4 py-2">
      <select
        aria-label="The paper EA"
        title="What the paper EA does with orders"
        value={fault ?? 'none'}
        disabled={client === null || fault === null}
        onChange={(event) => {
          const chosen = paperFaults.find((each) => each === event.target.value);
          if (chosen !== undefined) setFault(chosen);
        }}
        className="h-8 w-0 min-w-0 flex-1 rounded-[6px] border border-line bg-raised px-2 text-sm"
      >
        {paperFaults.map((each) => (
          <option key={each} value={each}>
            {faultNames[each]}
          </option>
        ))}
      </select>
      <Button disabled={client === null} onClick={stop}>
        Stop the paper EA
      </Button>
    </section>
  );
}
