import { OctagonAlert, Unplug, X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { refusals } from '../../../src/domain/orders/refusals.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { unwaited } from '../../store/unwaited.ts';
import { useApp, useOrphans } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AccountChanged } from './accountChanged.tsx';
import { AccountUnnamed } from './accountUnnamed.tsx';
import { ClosedEa } from './closedEa.tsx';
import { EaVersion } from './eaVersion.tsx';
import { LostEa } from './lostEa.tsx';
import { NoRiskLimits } from './noRiskLimits.tsx';
import { OrphanedOrders } from './orphanedOrders.tsx';
import { OtherDesk } from './otherDesk.tsx';
import { SecondEa } from './secondEa.tsx';
import { SilentEa } from './silentEa.tsx';
import { ToldDiffers } from './toldDiffers.tsx';

const red = <OctagonAlert className="size-5 shrink-0 text-down" aria-hidden="true" />;
const amber = <OctagonAlert className="size-5 shrink-0 text-quiet" aria-hidden="true" />;

/** Warnings above everything else in the centre. */
export function Notices({
  bridge,
  isCompact = false,
}: {
  bridge: BridgeState;
  /** Below a ticket, whose message says what blocks an order: only what can be done here, or is said nowhere else. */
  isCompact?: boolean;
}): ReactElement {
  const connection = useApp((store) => store.connection);
  const orphans = useOrphans(bridge);
  const { accountProblem, commandProved, helloProblem, journalFailure, secondPeer, stopUnit, positionMode } = bridge;
  return (
    <div aria-live="assertive" className="flex max-h-[60%] shrink-0 flex-col gap-2 overflow-y-auto not-empty:mb-3">
      {connection !== 'open' && (
        <Notice icon={<Unplug className="size-5 shrink-0 text-down" aria-hidden="true" />}>
          <strong>The connection to the app was lost.</strong> What you see is the last that was known. It is tried
          again every second.
        </Notice>
      )}
      {!isCompact && <LostEa bridge={bridge} />}
      <BannerNotice />
      {secondPeer?.channel === 'command' && <SecondEa bridge={bridge} address={secondPeer.address} />}
      {helloProblem !== null && <OtherDesk bridge={bridge} problem={helloProblem} isCompact={isCompact} />}
      <ClosedEa bridge={bridge} />
      {!isCompact && !commandProved && secondPeer === null && <SilentEa bridge={bridge} />}
      {accountProblem?.kind === 'changed' && <AccountChanged bridge={bridge.id} {...accountProblem} />}
      {accountProblem?.kind === 'unnamed' && bridge.stream === 'current' && <AccountUnnamed bridge={bridge.id} />}
      {!isCompact && accountProblem?.kind === 'not_logged_in' && <NotLoggedIn />}
      <OrphanedOrders orders={orphans} />
      {journalFailure !== null && <JournalFailing why={journalFailure} />}
      {!isCompact && stopUnit === null && (
        <Notice icon={amber} action={<SettingsButton bridge={bridge.id} word="Set the stop unit" />}>
          <strong>It is not set how this EA reads stops.</strong> Nothing is bought or sold until you say whether it
          takes points or prices.
        </Notice>
      )}
      {!isCompact && positionMode === null && (
        <Notice icon={amber} action={<SettingsButton bridge={bridge.id} word="Set the position mode" />}>
          <strong>It is not set whether the account is hedging or netting.</strong> Nothing is bought or sold until you
          have looked in MT5 and set it.
        </Notice>
      )}
      {!isCompact && <ToldDiffers bridge={bridge} />}
      {!isCompact && <EaVersion bridge={bridge} />}
      {!isCompact && bridge.speaks8 && bridge.kind !== 'paper' && bridge.eaKind !== 'bitten' && (
        <Notice
          icon={amber}
          action={
            <Button
              onClick={() => {
                unwaited(callOrTell('setOwnEa', { bridge: bridge.id }, 'The EA of the bridge was not set.'));
              }}
            >
              Set the EA of this bridge
            </Button>
          }
        >
          <strong>This is the desk’s own EA.</strong> Say so, so that a terminal that stands still for a moment stays
          connected. The EA connects anew; the bridge must be disarmed, with no order open.
        </Notice>
      )}
      {!isCompact && <NoRiskLimits key={bridge.id} bridge={bridge} />}
      {bridge.stream === 'history' && bridge.backlog > 0 && (
        <Notice icon={null}>
          <span className="figures">
            Reading what the EA queued before it connected: {bridge.backlog} frames so far.
          </span>
        </Notice>
      )}
    </div>
  );
}

function NotLoggedIn(): ReactElement {
  const { reason, nextStep } = refusals.notLoggedIn();
  return (
    <Notice icon={amber}>
      <strong>{reason}</strong> {nextStep}
    </Notice>
  );
}

function JournalFailing({ why }: { why: string }): ReactElement {
  const { reason, nextStep } = refusals.journalFailed(why);
  return (
    <Notice icon={red}>
      <strong>{reason}</strong> {nextStep}
    </Notice>
  );
}

/** The banner of a failed request. */
function BannerNotice(): ReactElement | null {
  const banner = useApp((store) => store.banner);
  if (banner === null) return null;
  return (
    <Notice
      icon={red}
      action={
        <Button
          aria-label="Dismiss"
          title="Dismiss"
          className="w-8 px-0!"
          onClick={() => {
            appStore.setState({ banner: null });
          }}
        >
          <X className="size-4" aria-hidden="true" />
        </Button>
      }
    >
      <strong>{banner.title}</strong> {banner.text}
    </Notice>
  );
}

function SettingsButton({ bridge, word }: { bridge: string; word: string }): ReactElement {
  return (
    <Button
      onClick={() => {
        appStore.setState({ openSettings: { bridge, at: null } });
      }}
    >
      {word}
    </Button>
  );
}
