import { useState, type ReactElement } from 'react';
import type { AccountLockState } from '../../../src/api/state/accountState.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { isNoteTooLong, NoteField } from './noteField.tsx';

/** Ends the lock of a rule that has closed everything. */
export function UnlockAccount({
  bridge,
  lock,
  onDone,
}: {
  bridge: BridgeState;
  lock: AccountLockState;
  onDone: () => void;
}): ReactElement {
  const [note, setNote] = useState('');
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title="Unlock the account"
      word="Unlock"
      disabled={isNoteTooLong(note)}
      startOn="cancel"
      failure={failure}
      onConfirm={async () => {
        const done = await run('unlockAccount', { bridge: bridge.id, rule: lock.rule, note: note.trim() });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <StakeNotice bridge={bridge} />
      <p className="text-sm">
        The rule “{lock.name}” closed everything, so that nothing more is lost today. Unlocked, buys and sells are taken
        again as far as the rules let them.
      </p>
      <NoteField placeholder="Why" value={note} onChange={setNote} />
    </ConfirmDialog>
  );
}
