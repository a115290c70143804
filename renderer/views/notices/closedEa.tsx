import { OctagonX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReleaseDialog } from '../killSwitch/releaseDialog.tsx';

/** N9: the EA still takes closes alone, though no kill switch is on. */
export function ClosedEa({ bridge: { id, eaCloseOnly } }: { bridge: BridgeState }): ReactElement | null {
  const [releasing, setReleasing] = useState(false);
  const isKilled = useAppState(({ killSwitch }) => killSwitch !== null) ?? false;
  const trouble = eaCloseOnly?.trouble ?? null;
  if (isKilled || trouble === null || trouble === 'not_closed') return null;
  return (
    <>
      <Notice
        icon={<OctagonX className="size-5 shrink-0 text-down" aria-hidden="true" />}
        action={
          trouble === 'found_closed' && (
            <Button
              onClick={() => {
                setReleasing(true);
              }}
            >
              Release this EA
            </Button>
          )
        }
      >
        <strong>The EA still takes closes alone.</strong>{' '}
        {trouble === 'still_closed'
          ? 'It has not confirmed the release of the kill switch, and is told again every 5 s. Look in MT5 whether it runs.'
          : 'A kill switch closed it, and not one of this desk. Nothing is bought or sold until you release it.'}
      </Notice>
      {releasing && (
        <ReleaseDialog
          title="Release this EA"
          bridge={id}
          onDone={() => {
            setReleasing(false);
          }}
        />
      )}
    </>
  );
}
