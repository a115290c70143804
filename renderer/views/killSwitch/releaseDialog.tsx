import type { ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';

interface ReleaseDialogProps {
  title: string;
  /** The bridge whose EA alone is released; left out: the kill switch, and each EA that it has closed. */
  bridge?: string;
  onDone: () => void;
}

/** Asks before the kill switch or an EA is released. */
export function ReleaseDialog({ title, bridge, onDone }: ReleaseDialogProps): ReactElement {
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title={title}
      word="Release"
      failure={failure}
      onConfirm={async () => {
        const done = await (bridge === undefined ? run('release', null) : run('releaseEa', { bridge }));
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        {bridge === undefined
          ? 'Buying and selling becomes possible again, also in an EA that was closed for entries. Every bridge is disarmed: each has to be armed again before it trades.'
          : 'Buying and selling becomes possible again in this EA. Its bridge is disarmed: it has to be armed again before it trades.'}
      </p>
      <p className="text-sm text-muted">Find out first why the switch was pressed, and look in MT5 what is open.</p>
    </ConfirmDialog>
  );
}
