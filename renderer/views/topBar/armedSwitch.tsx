import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useConnectedBlock } from '../../shared/useConnectedBlock.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Switch } from '../../ui/switch.tsx';

/** Permits a bridge to trade. Where nothing can be traded all the same, it is grey and says why. */
export function ArmedSwitch({ bridge }: { bridge: BridgeState }): ReactElement {
  const connected = useApp(({ client }) => client !== null);
  const block = useConnectedBlock(bridge);
  const why = bridge.armed && block !== null && !block.isOrder ? block : null;
  const setArmed = (armed: boolean): void => {
    // The switch shows the app's state; a refusal is shown as a banner.
    unwaited(
      callOrTell(
        armed ? 'arm' : 'disarm',
        { bridge: bridge.id },
        armed ? 'The bridge was not armed.' : 'The bridge was not disarmed.',
      ),
    );
  };
  return (
    <div
      className="flex flex-col"
      title={why === null ? undefined : `Armed, but nothing can be traded. ${why.reason} ${why.nextStep}`}
    >
      <Switch label="Armed" checked={bridge.armed} disabled={!connected} isIdle={why !== null} onChange={setArmed} />
      <span role="status" className="h-3.5 max-w-24 truncate text-xs leading-3.5 text-quiet empty:hidden">
        {why?.word}
      </span>
    </div>
  );
}
