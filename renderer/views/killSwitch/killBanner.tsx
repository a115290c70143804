import { OctagonX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { KillSwitchState } from '../../../src/api/state/state.ts';
import { formatDateTime, formatWhen } from '../../format.ts';
import { useCall } from '../../store/callApp.ts';
import { useAppState, useNow } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { sourceWords } from '../../shared/orderWords.ts';

/** Banner while the kill switch is on, below everything, so that the ticket stays in place. */
export function KillBanner({ short = false }: { short?: boolean }): ReactElement | null {
  const killSwitch = useAppState((app) => app.killSwitch);
  return killSwitch === null ? null : <Banner killSwitch={killSwitch} short={short} />;
}

function Banner({ killSwitch: { at, by }, short }: { killSwitch: KillSwitchState; short: boolean }): ReactElement {
  const [releasing, setReleasing] = useState(false);
  const now = useNow();
  return (
    <>
      <div
        role="alert"
        className="flex shrink-0 items-center gap-3 border-t border-kill bg-kill px-4 py-1.5 text-sm text-on-trade"
      >
        <OctagonX className="size-5 shrink-0" aria-hidden="true" />
        <p className="min-w-0 flex-1">
          <strong>
            The kill switch is on since{' '}
            <time dateTime={new Date(at).toISOString()} title={formatDateTime(at)} className="figures">
              {formatWhen(at, now)}
            </time>
            , {by === 'app' ? 'by the desk itself at its start: see Alarms' : `pressed ${sourceWords(by)}`}.
          </strong>{' '}
          {!short && 'Nothing is bought or sold on any bridge. Pings and closes go on, and open positions stay open.'}
        </p>
        <Button
          className="min-w-24 border-on-trade/70 bg-transparent! text-on-trade! enabled:hover:border-on-trade"
          onClick={() => {
            setReleasing(true);
          }}
        >
          Release
        </Button>
      </div>
      {releasing && (
        <ReleaseDialog
          onDone={() => {
            setReleasing(false);
          }}
        />
      )}
    </>
  );
}

function ReleaseDialog({ onDone }: { onDone: () => void }): ReactElement {
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title="Release the kill switch"
      word="Release"
      failure={failure}
      onConfirm={async () => {
        const done = await run('release', null);
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        Buying and selling becomes possible again. Every bridge is disarmed: each has to be armed again before it
        trades.
      </p>
      <p className="text-sm text-muted">Find out first why the switch was pressed, and look in MT5 what is open.</p>
    </ConfirmDialog>
  );
}
