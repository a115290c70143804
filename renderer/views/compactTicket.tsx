import { useEffect, type ReactElement } from 'react';
import { isMoneyAtStake } from '../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { appStore } from '../store/appStore.ts';
import { formatAge, formatChange, formatMoney } from '../format.ts';
import { useAppState, useNow } from '../store/hooks.ts';
import { KillBanner } from './killSwitch/killBanner.tsx';
import { KillButton } from './killSwitch/killButton.tsx';
import { Notices } from './notices/notices.tsx';
import { dayResult } from './account/dayFigures.ts';
import { StakeNotice } from '../shared/stakeNotice.tsx';
import { Ticket } from './ticket/ticket.tsx';
import { AccountName } from './topBar/accountName.tsx';
import { ArmedSwitch } from './topBar/armedSwitch.tsx';
import { BridgePicker } from './topBar/bridgePicker.tsx';
import { OtherBridges } from './topBar/otherBridges.tsx';
import { Channels } from '../shared/channels.tsx';

/** Figures older than this are dim, ms. */
const staleMs = 15_000;

/**
 * The ticket in a small window of its own, with the facts needed to fire from it. Notices stand below, so it never
 * moves.
 */
export function CompactTicket({ bridge }: { bridge: BridgeState }): ReactElement {
  const isNamed = bridge.account.login !== null || bridge.account.uuid !== null;
  const live = isMoneyAtStake(bridge) && bridge.account.at !== null;
  useEffect(() => {
    document.title = `Ticket ${bridge.name} – BITTEN Desk`;
  }, [bridge.name]);
  useEffect(
    () =>
      appStore.subscribe(({ openSettings }) => {
        if (openSettings !== null) appStore.setState({ openSettings: null, banner: settingsElsewhere });
      }),
    [],
  );
  return (
    <div className={`relative flex h-full flex-col bg-panel ${live ? 'border-2 border-live-account' : ''}`}>
      <header className="flex shrink-0 flex-col gap-2 border-b border-line px-4 py-2">
        <div className="flex h-8 min-w-0 items-center gap-3">
          <BridgePicker current={bridge} />
          {isNamed ? <StakeNotice bridge={bridge} isLine className="flex-1" /> : <AccountName bridge={bridge} />}
        </div>
        <Elsewhere bridge={bridge} />
        <Channels bridge={bridge} />
        <CompactFigures bridge={bridge} />
        <div className="flex items-center justify-between">
          <ArmedSwitch bridge={bridge} />
          <KillButton />
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Ticket key={bridge.id} bridge={bridge} isCompact />
      </div>
      {/* Over the end of the ticket instead of below it: new notices must not move Sell and Buy. */}
      <div className="absolute inset-x-0 bottom-0 z-20 flex max-h-[40%] flex-col bg-panel">
        <div className="min-h-0 overflow-y-auto px-3 has-[:not(:empty)]:pt-2">
          <Notices key={bridge.id} bridge={bridge} isCompact />
        </div>
        <KillBanner short />
      </div>
    </div>
  );
}

/** Banner in this window, which is narrower than the settings' sheet. */
const settingsElsewhere = {
  title: 'That is set in the desk’s own window.',
  text: 'Press the gear there, then Bridge settings.',
};

/** What needs a person in the desk's own window. Its place stays when it is empty: Sell and Buy don't move below it. */
function Elsewhere({ bridge }: { bridge: BridgeState }): ReactElement {
  const several = useAppState(({ bridges }) => bridges.length > 1) ?? false;
  return (
    <div className={`flex min-w-0 items-center gap-2 ${several ? 'h-8' : 'h-4'}`}>
      <OtherBridges current={bridge} />
      <WaitingLine />
    </div>
  );
}

/** Signals that wait for a person: they are answered in the desk's own window. */
function WaitingLine(): ReactElement | null {
  const count = useAppState((app) => app.waiting.length) ?? 0;
  if (count === 0) return null;
  const words = `${count === 1 ? '1 signal waits' : `${String(count)} signals wait`} in the desk’s own window`;
  return (
    <p role="status" title={words} className="figures min-w-0 truncate text-sm leading-4 font-medium text-quiet">
      {words}
    </p>
  );
}

/** Equity, floating result and the day's, in one line. Old figures are dim. */
function CompactFigures({ bridge }: { bridge: BridgeState }): ReactElement {
  const now = useNow();
  const { equity, profit, at } = bridge.account;
  const day = dayResult(bridge);
  const age = at === null ? null : now - at;
  const isOld = age === null || age > staleMs || bridge.channels.telemetry.state === 'down';
  const figures = [
    [age !== null && isOld ? `Equity, ${formatAge(age)} ago` : 'Equity', equity === null ? '–' : formatMoney(equity)],
    ['P/L', profit === null ? '–' : formatChange(profit)],
    ['Today', day === null ? '–' : formatChange(day.money)],
  ] as const;
  return (
    <dl className={`figures grid grid-cols-3 gap-x-2 text-sm ${isOld ? 'text-muted' : ''}`}>
      {figures.map(([name, text]) => (
        <div key={name} className="min-w-0">
          <dt className="truncate text-xs leading-4 text-muted">{name}</dt>
          <dd className="truncate font-semibold" title={text}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
