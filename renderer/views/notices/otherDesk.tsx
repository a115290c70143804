import { TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState, HelloProblem } from '../../../src/api/state/state.ts';
import { refusals } from '../../../src/domain/orders/refusals.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/textField.tsx';
import { InstallEaButton } from '../installEa/installEaButton.tsx';

/** N1: the EA obeys another or a newer desk, or speaks another protocol. A person may take over the former, by name. */
export function OtherDesk({
  bridge,
  problem,
  isCompact,
}: {
  bridge: BridgeState;
  problem: HelloProblem;
  /** In a window without room for an installation. */
  isCompact: boolean;
}): ReactElement {
  const [asking, setAsking] = useState(false);
  const { reason, nextStep } =
    problem.kind === 'epoch'
      ? refusals.otherDesk(problem.theirs, problem.ours)
      : refusals.otherProtocol(problem.protocol);
  return (
    <>
      <Notice
        icon={<TriangleAlert className="size-5 shrink-0 text-down" aria-hidden="true" />}
        action={
          problem.kind === 'epoch' ? (
            <Button
              onClick={() => {
                setAsking(true);
              }}
            >
              Take over this EA
            </Button>
          ) : (
            !isCompact && <InstallEaButton bridge={bridge.id} />
          )
        }
      >
        <strong>{reason}</strong> {nextStep}
      </Notice>
      {asking && problem.kind === 'epoch' && (
        <TakeOver
          bridge={bridge}
          theirs={problem.theirs}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function TakeOver({
  bridge,
  theirs,
  onClose,
}: {
  bridge: BridgeState;
  theirs: number;
  onClose: () => void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const { failure, run } = useCall();
  const name = bridge.accountKey ?? bridge.name;
  return (
    <ConfirmDialog
      title="Take over this EA"
      word="Take over"
      disabled={typed.trim() !== name}
      startOn="content"
      failure={failure}
      onConfirm={async () => {
        const done = await run('takeOverEa', { bridge: bridge.id, theirs });
        if (done) onClose();
        return done;
      }}
      onCancel={onClose}
    >
      <p className="text-sm">
        The EA obeys this desk from then on, and the other one no more: its orders are refused. End the other desk
        first. The bridge is disarmed, and what happened meanwhile must be looked up in MT5 before you trade.
      </p>
      <TextField label={`Type ${name} to confirm`} value={typed} onChange={setTyped} />
    </ConfirmDialog>
  );
}
