import { ChangeDialogs } from './positions/changes/changeDialogs.tsx';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { lazy, Suspense, type ReactElement } from 'react';
import { isMoneyAtStake } from '../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { useApp } from '../store/hooks.ts';
import { useLow } from '../store/windowSize.ts';
import { AccountFigures } from './account/accountFigures.tsx';
import { ConnectGuide } from './guide/connectGuide.tsx';
import { PaperControls } from './guide/paperControls.tsx';
import { KillBanner } from './killSwitch/killBanner.tsx';
import { Lists } from './lists.tsx';
import { Notices } from './notices/notices.tsx';
import { AccountRulesSheet } from './accountRules/accountRulesSheet.tsx';
import { BridgeSettingsSheet } from './settings/bridgeSettingsSheet.tsx';
import { Ticket } from './ticket/ticket.tsx';
import { TopBar } from './topBar/topBar.tsx';

const FrameDrawer = lazy(async () => ({ default: (await import('./wire/frameDrawer.tsx')).FrameDrawer }));
// Loaded on demand: half of the bundle, and nothing to draw before an EA has reported figures.
const Charts = lazy(async () => ({ default: (await import('./charts/charts.tsx')).Charts }));
const ProofSheet = lazy(async () => ({ default: (await import('./proof/proofSheet.tsx')).ProofSheet }));
const InstallEaSheet = lazy(async () => ({
  default: (await import('./installEa/installEaSheet.tsx')).InstallEaSheet,
}));
const Inbox = lazy(async () => ({ default: (await import('./inbox/inbox.tsx')).Inbox }));
const EngineSheet = lazy(async () => ({ default: (await import('./engines/engineSheet.tsx')).EngineSheet }));
/** Loaded after the first paint, before anybody can open it. */
const OrderDrawer = lazy(async () => ({ default: (await import('./orders/orderDrawer.tsx')).OrderDrawer }));

/** The one window: top bar, ticket on the left, the account in the centre, lists below. */
export function Desk({ bridge }: { bridge: BridgeState }): ReactElement {
  const everCame = bridge.channels.telemetry.state !== 'listening' || bridge.account.at !== null;
  const live = isMoneyAtStake(bridge) && bridge.account.at !== null;
  const isLow = useLow();
  const engineOpen = useApp((store) => store.openEngine !== null);
  const installing = useApp((store) => store.installingEa !== null);
  const checking = useApp((store) => store.checking === bridge.id);
  return (
    <div className={`flex h-full flex-col ${live ? 'border-2 border-live-account' : ''}`}>
      <TopBar bridge={bridge} />
      <div className="relative flex min-h-0 flex-1">
        <aside className="w-80 shrink-0 min-[160rem]:w-96 overflow-y-auto border-r border-line bg-panel">
          <Ticket key={bridge.id} bridge={bridge} />
          {bridge.kind === 'paper' && <PaperControls />}
        </aside>
        <Group orientation="vertical" className="min-h-0 min-w-0 flex-1">
          <Panel defaultSize={isLow ? '70%' : '60%'} minSize="200px">
            <div className="flex h-full flex-col">
              <main className="flex min-h-0 flex-1 flex-col overflow-y-auto p-3">
                <Notices key={bridge.id} bridge={bridge} />
                <div className="flex min-h-min flex-1 flex-col gap-3">
                  {everCame ? (
                    <>
                      <AccountFigures bridge={bridge} />
                      <Suspense>
                        <Charts bridge={bridge} />
                      </Suspense>
                    </>
                  ) : (
                    <ConnectGuide bridge={bridge} />
                  )}
                </div>
              </main>
              <Suspense>
                <Inbox />
              </Suspense>
            </div>
          </Panel>
          <Separator
            aria-label="Height of the lists"
            className="h-1.5 cursor-row-resize border-y border-line bg-surface hover:bg-strong-line focus-visible:bg-focus"
          />
          <Panel defaultSize={isLow ? '30%' : '40%'} minSize="96px">
            <Lists bridge={bridge} />
          </Panel>
        </Group>
        <BridgeSettingsSheet />
        <AccountRulesSheet />
        {checking && (
          <Suspense fallback={null}>
            <ProofSheet key={bridge.id} bridge={bridge} />
          </Suspense>
        )}
        {installing && (
          <Suspense fallback={null}>
            <InstallEaSheet />
          </Suspense>
        )}
        {engineOpen && (
          <Suspense fallback={null}>
            <EngineSheet />
          </Suspense>
        )}
        <Suspense>
          <FrameDrawer />
        </Suspense>
        <Suspense>
          <OrderDrawer />
          <ChangeDialogs />
        </Suspense>
      </div>
      <KillBanner />
    </div>
  );
}
