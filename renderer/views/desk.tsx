import { Group, Panel, Separator } from 'react-resizable-panels';
import type { ReactElement } from 'react';
import type { BridgeState } from '../../src/api/state.ts';
import { AccountFigures } from './account/accountFigures.tsx';
import { Charts } from './charts/charts.tsx';
import { ConnectGuide } from './guide/connectGuide.tsx';
import { PaperControls } from './guide/paperControls.tsx';
import { Lists } from './lists.tsx';
import { Notices } from './notices.tsx';
import { Ticket } from './ticket/ticket.tsx';
import { TopBar } from './topBar/topBar.tsx';

/** The one window: top bar, ticket on the left, the account in the centre, lists below. */
export function Desk({ bridge }: { bridge: BridgeState }): ReactElement {
  const everCame = bridge.channels.telemetry.state !== 'listening' || bridge.account.at !== null;
  const live = bridge.kind === 'real' && bridge.account.trading !== 'demo' && bridge.account.at !== null;
  return (
    <div className={`flex h-full flex-col ${live ? 'border-2 border-live-account' : ''}`}>
      <TopBar bridge={bridge} />
      <div className="flex min-h-0 flex-1">
        <aside className="flex w-80 shrink-0 flex-col overflow-y-auto border-r border-line bg-panel">
          <Ticket key={bridge.id} bridge={bridge} />
          {bridge.kind === 'paper' && <PaperControls />}
        </aside>
        <Group orientation="vertical" className="min-h-0 min-w-0 flex-1">
          <Panel defaultSize="60%" minSize="200px">
            <main className="flex h-full flex-col gap-3 p-3">
              <Notices bridge={bridge} />
              {everCame ? (
                <>
                  <AccountFigures bridge={bridge} />
                  <Charts bridge={bridge} />
                </>
              ) : (
                <ConnectGuide bridge={bridge} />
              )}
            </main>
          </Panel>
          <Separator
            aria-label="Height of the lists"
            className="h-1.5 cursor-row-resize border-y border-line bg-surface hover:bg-strong-line focus-visible:bg-focus"
          />
          <Panel defaultSize="40%" minSize="96px">
            <Lists bridge={bridge} />
          </Panel>
        </Group>
      </div>
    </div>
  );
}
