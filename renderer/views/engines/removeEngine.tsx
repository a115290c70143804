import type { ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';

export function RemoveEngine({ name, onDone }: { name: string; onDone: () => void }): ReactElement {
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title={`Remove engine ${name}`}
      word="Remove"
      kind="sell"
      failure={failure}
      onConfirm={async () => {
        const done = await run('removeEngine', { name });
        if (done) onDone();
        // What had the focus is gone with the engine.
        if (done) document.getElementById('add-engine')?.focus();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        Its token becomes worthless at once: whatever asks with it is refused. Signals of it that wait are dismissed. To
        let it fire again, add it anew and give it the new token.
      </p>
      <p className="text-sm text-muted">
        Its orders stay in the list of executions, and open positions stay open. To stop it for a while, pause it.
      </p>
    </ConfirmDialog>
  );
}
