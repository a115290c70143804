import { LogOut } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';

/** Ends every browser's session, for a person who suspects a foreign one. */
export function WebSessions({ disabled }: { disabled: boolean }): ReactElement {
  const { busy, failure, run } = useCall();
  const [asking, setAsking] = useState(false);
  const [ended, setEnded] = useState(false);
  return (
    <fieldset className="flex flex-col gap-1 text-xs">
      <legend className="mb-1 text-sm font-medium">Browser sessions</legend>
      <p className="text-muted">
        Browsers that opened the desk stay signed in until it ends. “npx bitten-desk open” lets one in again.
      </p>
      <div className="flex items-center gap-3">
        <Button
          disabled={disabled || busy}
          onClick={() => {
            setEnded(false);
            setAsking(true);
          }}
        >
          <LogOut className="size-4" aria-hidden="true" />
          End browser sessions
        </Button>
        <p role="status" className={failure === null ? 'text-muted' : 'text-down'}>
          {failure ?? (ended ? 'Every browser needs a fresh link now.' : '')}
        </p>
      </div>
      {asking && (
        <ConfirmDialog
          title="End the sessions of all browsers?"
          word="End them"
          onConfirm={async () => {
            const done = await run('endSessions', null);
            setEnded(done);
            setAsking(false);
          }}
          onCancel={() => {
            setAsking(false);
          }}
        >
          <p>Every browser needs a fresh link afterwards, one that shows this window too. Trading goes on.</p>
        </ConfirmDialog>
      )}
    </fieldset>
  );
}
