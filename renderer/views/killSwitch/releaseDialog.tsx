import type { ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';

/** Asks before the kill switch, and each EA that it has closed, is released. */
export function ReleaseDialog({ title, onDone }: { title: string; onDone: () => void }): ReactElement {
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title={title}
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
        Buying and selling becomes possible again, also in an EA that was closed for entries. Every bridge is disarmed:
        each has to be armed again before it trades.
      </p>
      <p className="text-sm text-muted">Find out first why the switch was pressed, and look in MT5 what is open.</p>
    </ConfirmDialog>
  );
}
