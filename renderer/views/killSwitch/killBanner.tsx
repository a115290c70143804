import { OctagonX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { KillSwitchState } from '../../../src/api/state/state.ts';
import { formatDateTime, formatWhen } from '../../format.ts';
import { useAppState, useNow } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { sourceWords } from '../../shared/orderWords.ts';
import { ReleaseDialog } from './releaseDialog.tsx';

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
          {!short && 'Nothing is bought or sold on any bridge. Pings and closes go on, and open positions stay open.'}{' '}
          <EasNotClosed />
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
          title="Release the kill switch"
          onDone={() => {
            setReleasing(false);
          }}
        />
      )}
    </>
  );
}

/** N9: the EAs that have not confirmed the switch. */
function EasNotClosed(): ReactElement | null {
  const names = useAppState(({ bridges }) =>
    bridges
      .filter(({ eaCloseOnly }) => eaCloseOnly?.trouble === 'not_closed')
      .map(({ name }) => name)
      .join(', '),
  );
  if (names === null || names === '') return null;
  return <strong>Not confirmed yet by the EA of {names}: look in MT5 whether it runs.</strong>;
}
