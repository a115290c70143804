import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state.ts';
import { formatDuration } from '../../format.ts';
import { useApp } from '../../store/hooks.ts';
import { Switch } from '../../ui/switch.tsx';
import { SettingsMenu } from '../settings/settingsMenu.tsx';
import { AccountName } from './accountName.tsx';
import { BridgePicker } from './bridgePicker.tsx';
import { Channels } from './channels.tsx';

/** Always visible: which bridge, whose account, do the channels work, is it armed. */
export function TopBar({ bridge }: { bridge: BridgeState }): ReactElement {
  const client = useApp((store) => store.client);
  const setArmed = (armed: boolean): void => {
    // A failure is a lost connection, which the window shows by itself; the switch stays as the app has it.
    client?.call(armed ? 'arm' : 'disarm', { bridge: bridge.id }).catch(() => undefined);
  };
  return (
    <header className="flex h-12 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
      <BridgePicker current={bridge} />
      <AccountName bridge={bridge} />
      <div className="ml-auto flex items-center gap-5">
        <Channels bridge={bridge} />
        <div className="w-[68px] leading-4" title="A ping through the EA's own loop and back">
          <div className="text-xs text-muted">Round trip</div>
          <div className="figures text-sm font-medium">
            {bridge.roundTripMs === null ? '–' : formatDuration(bridge.roundTripMs)}
          </div>
        </div>
        <div className="h-6 border-l border-line" />
        <Switch label="Armed" checked={bridge.armed} disabled={client === null} onChange={setArmed} />
        <SettingsMenu />
      </div>
    </header>
  );
}
