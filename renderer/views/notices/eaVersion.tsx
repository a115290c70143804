import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import { eaVersionGap } from '../../../src/api/presentation/eaVersionText.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useAppState } from '../../store/hooks.ts';
import { Notice } from '../../ui/notice.tsx';
import { InstallEaButton } from '../installEa/installEaButton.tsx';

/** The desk's own EA in another version than the one that comes with the desk. */
export function EaVersion({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const shipped = useAppState(({ app }) => app.shippedEaVersion);
  const gap = eaVersionGap(shipped, bridge);
  if (gap === null) return null;
  return (
    <Notice
      icon={<TriangleAlert className="size-5 shrink-0 text-quiet" aria-hidden="true" />}
      action={gap.isEaOlder && <InstallEaButton bridge={bridge.id} word="Update the EA" />}
    >
      <strong>{gap.reason}</strong> {gap.nextStep}
    </Notice>
  );
}
