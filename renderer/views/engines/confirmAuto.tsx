import { useState, type ReactElement } from 'react';
import type { EngineState } from '../../../src/api/state/engines.ts';
import { useCall } from '../../store/callApp.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { TextField } from '../../ui/textField.tsx';
import { AutoAccounts, useAutoStake } from './autoAccounts.tsx';
import { autoWords } from './engineWords.ts';

/** Asks before an engine fires without a person: on which accounts, and within which limits. */
export function ConfirmAuto({ engine, onDone }: { engine: EngineState; onDone: () => void }): ReactElement {
  const { name, bridges } = engine;
  const [typed, setTyped] = useState('');
  const atStake = useAutoStake(bridges);
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title={`Let ${name} fire without you`}
      word="Switch to Auto"
      disabled={atStake && typed.trim() !== name}
      startOn={atStake ? 'content' : 'cancel'}
      failure={failure}
      onConfirm={async () => {
        const done = await run('updateEngine', { name, changes: { mode: 'auto' } });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <p className="text-sm">
        Each of its signals becomes an order at once, without a question, on every armed bridge of these:
      </p>
      <AutoAccounts bridges={bridges} />
      <p className="text-sm text-muted">
        Its limits: {autoWords(engine).join(' · ')}. Those of each bridge hold besides.
      </p>
      {atStake && <TextField label={`Type ${name} to confirm`} value={typed} onChange={setTyped} />}
    </ConfirmDialog>
  );
}
