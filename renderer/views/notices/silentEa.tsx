import { TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { refusals } from '../../../src/domain/orders/refusals.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Notice } from '../../ui/notice.tsx';

/** S3: the EA reports its account but answers nothing: another one may hold the command port. */
export function SilentEa({ bridge }: { bridge: BridgeState }): ReactElement {
  const [asking, setAsking] = useState(false);
  const { failure, run } = useCall();
  const { reason, nextStep } = refusals.commandUnproved(bridge.endpoints.command);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      <Notice
        icon={<TriangleAlert className="size-5 shrink-0 text-down" aria-hidden="true" />}
        action={
          <Button
            onClick={() => {
              setAsking(true);
            }}
          >
            Accept this EA
          </Button>
        }
      >
        <strong>{reason}</strong> {nextStep}
      </Notice>
      {asking && (
        <ConfirmDialog
          title="Accept this EA"
          word="Accept"
          failure={failure}
          onConfirm={async () => {
            const done = await run('acceptSilentEa', { bridge: bridge.id });
            if (done) close();
            return done;
          }}
          onCancel={close}
        >
          <p className="text-sm">
            Orders go to whichever EA is connected to {bridge.endpoints.command}. Accept only when you have seen in MT5
            that it is the one on this account, and that this version of it answers no pings.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
