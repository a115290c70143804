import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { formatDuration } from '../../format.ts';
import { CloseEverythingButton } from '../closeEverything/closeEverythingButton.tsx';
import { KillButton } from '../killSwitch/killButton.tsx';
import { SettingsMenu } from '../settings/settingsMenu.tsx';
import { AccountName } from './accountName.tsx';
import { ArmedSwitch } from './armedSwitch.tsx';
import { BridgePicker } from './bridgePicker.tsx';
import { Channels } from '../../shared/channels.tsx';
import { CheckButton } from './checkButton.tsx';
import { CompactTicketButton } from './compactTicketButton.tsx';
import { OtherBridges } from './otherBridges.tsx';

/** Always visible: bridge, account, channels, arming, kill switch. */
export function TopBar({ bridge }: { bridge: BridgeState }): ReactElement {
  return (
    // In one row as long as the text has room: what blocks trading must not move the buttons.
    <header className="@container shrink-0 border-b border-line bg-panel">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 px-4 @min-[60rem]:h-12 @min-[60rem]:flex-nowrap @min-[80rem]:gap-x-4">
        <h1 className="sr-only">BITTEN Desk</h1>
        <BridgePicker current={bridge} />
        <AccountName bridge={bridge} />
        <OtherBridges current={bridge} />
        <div className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-2 @min-[60rem]:shrink-0 @min-[60rem]:flex-nowrap @min-[80rem]:gap-x-4">
          <Channels bridge={bridge}>
            <CheckButton bridge={bridge} />
          </Channels>
          <div className="w-[3.875rem] leading-4 @max-[70rem]:hidden" title="A ping through the EA's own loop and back">
            <div className="text-xs whitespace-nowrap text-muted">Round trip</div>
            <div className="figures text-sm font-medium">
              {bridge.roundTripMs === null ? '–' : formatDuration(bridge.roundTripMs)}
            </div>
          </div>
          <div className="h-6 border-l border-line" />
          <ArmedSwitch bridge={bridge} />
          <CloseEverythingButton />
          <KillButton />
          <div className="flex">
            <CompactTicketButton />
            <SettingsMenu bridge={bridge} />
          </div>
        </div>
      </div>
    </header>
  );
}
