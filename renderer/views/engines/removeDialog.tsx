import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';

interface RemoveDialogProps {
  name: string;
  onDone: () => void;
}

export function RemoveEngine(props: RemoveDialogProps): ReactElement {
  return (
    <RemoveDialog what="engine" call="removeEngine" focusId="add-engine" {...props}>
      <p className="text-sm">
        Its token becomes worthless at once: whatever asks with it is refused. Signals of it that wait are dismissed. To
        let it fire again, add it anew and give it the new token.
      </p>
      <p className="text-sm text-muted">
        Its orders stay in the list of executions, and open positions stay open. To stop it for a while, pause it.
      </p>
    </RemoveDialog>
  );
}

export function RemoveFeed(props: RemoveDialogProps): ReactElement {
  return (
    <RemoveDialog what="feed" call="removeFeed" focusId="add-feed" {...props}>
      <p className="text-sm">The desk listens to it no longer. Signals of it that wait are dismissed.</p>
      <p className="text-sm text-muted">
        Its orders stay in the list of executions, and open positions stay open. It can be added again at any time.
      </p>
    </RemoveDialog>
  );
}

function RemoveDialog({
  what,
  call,
  focusId,
  name,
  onDone,
  children,
}: RemoveDialogProps & {
  what: string;
  call: 'removeEngine' | 'removeFeed';
  /** ID of the element that gets the focus, since the engine's or feed's own is gone. */
  focusId: string;
  children: ReactNode;
}): ReactElement {
  const { failure, run } = useCall();
  const removed = useRef(false);
  useEffect(
    () => () => {
      if (removed.current) document.getElementById(focusId)?.focus();
    },
    [focusId],
  );
  return (
    <ConfirmDialog
      title={`Remove ${what} ${name}`}
      word="Remove"
      kind="sell"
      failure={failure}
      onConfirm={async () => {
        removed.current = await run(call, { name });
        if (removed.current) onDone();
        return removed.current;
      }}
      onCancel={onDone}
    >
      {children}
    </ConfirmDialog>
  );
}
