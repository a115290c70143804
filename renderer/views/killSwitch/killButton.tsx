import { OctagonX } from 'lucide-react';
import type { ReactElement } from 'react';
import { callOrTell } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';

/** One press stops every buy and sell. Pressed again it stays on: only the banner releases it. */
export function KillButton(): ReactElement {
  const on = useAppState(({ killSwitch }) => killSwitch !== null) ?? false;
  return (
    <button
      type="button"
      aria-pressed={on}
      title={
        on
          ? 'The kill switch is on. Release it at the bottom of the window.'
          : 'Stop every buy and sell on every bridge, at once'
      }
      onClick={() => {
        unwaited(
          callOrTell(
            'kill',
            null,
            'The kill switch was not pressed.',
            'Algo Trading in the toolbar of MT5 stops the EA itself.',
          ),
        );
      }}
      className={`inline-flex h-8 w-[8.25rem] shrink-0 items-center justify-center gap-2 rounded-[6px] border-2 border-kill text-sm font-semibold ${on ? 'bg-kill text-on-trade' : 'text-kill-text hover:bg-kill/20'}`}
    >
      <OctagonX className="size-4 shrink-0" aria-hidden="true" strokeWidth={2.5} />
      Kill switch
    </button>
  );
}
