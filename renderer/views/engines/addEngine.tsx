import { useState, type ReactElement } from 'react';
import { defaultEngineSettings, engineModes } from '../../../src/api/state/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { FormSheet } from '../../ui/formSheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextField } from '../../ui/textField.tsx';
import { Choice } from '../../ui/choice.tsx';
import { AutoAccounts } from './autoAccounts.tsx';
import { EngineFields } from './engineFields.tsx';
import { engineFormOf, nameProblem, readEngine } from './engineForm.ts';
import { EngineToken } from './engineToken.tsx';
import { modeMeanings, modeNames } from './engineWords.ts';
import { unwaited } from '../../store/unwaited.ts';

const close = (): void => {
  appStore.setState({ openEngine: null });
};

/** Asks for an engine's permissions, then shows its token, once. */
export function AddEngine(): ReactElement {
  const [added, setAdded] = useState<{ name: string; token: string } | null>(null);
  return added === null ? <NewEngine onAdded={setAdded} /> : <Added {...added} />;
}

function NewEngine({ onAdded }: { onAdded: (engine: { name: string; token: string }) => void }): ReactElement {
  const taken = useAppState(({ engines }) => engines.map(({ name }) => name).join('\n')) ?? '';
  const [name, setName] = useState('');
  const [form, setForm] = useState(() => engineFormOf(defaultEngineSettings));
  const { busy, failure, ask } = useCall();
  const read = readEngine(form);
  const errors = 'errors' in read ? read.errors : {};
  const problem = nameProblem(name, taken.split('\n'));
  const wrong = Object.keys(errors).length + (problem === null || name === '' ? 0 : 1);
  const add = async (): Promise<void> => {
    if ('errors' in read) return;
    const answer = await ask('addEngine', { name, settings: read.settings });
    if (answer !== null) onAdded({ name, token: answer.output.token });
  };
  return (
    <FormSheet
      title="Add engine"
      word="Add engine"
      failure={failure}
      wrong={wrong}
      dirty={name !== ''}
      disabled={wrong > 0 || name === '' || busy}
      note={
        <span className="text-muted">{name === '' ? 'Give it a name.' : 'Its token is shown next, this once.'}</span>
      }
      onSubmit={() => {
        unwaited(add());
      }}
      onClose={close}
    >
      <div className="grid grid-cols-2 gap-x-4">
        <TextField
          label="Name"
          value={name}
          placeholder="VENOM"
          error={name === '' ? undefined : (problem ?? undefined)}
          hint={{ text: 'It stands at each of its orders.', warning: false }}
          note="at least a line"
          onChange={(typed) => {
            setName(typed.trim());
          }}
        />
        <div>
          <Choice
            label="Mode"
            values={engineModes}
            names={modeNames}
            value={form.mode}
            onChange={(mode) => {
              if (mode !== null) setForm({ ...form, mode });
            }}
          />
          <p className="pt-0.5 text-xs text-muted">{modeMeanings[form.mode]}</p>
        </div>
      </div>
      {form.mode === 'auto' && (
        <div className="mb-3 flex flex-col gap-1">
          <AutoAccounts bridges={form.bridges} />
        </div>
      )}
      <EngineFields
        form={form}
        errors={errors}
        onChange={(changes) => {
          setForm({ ...form, ...changes });
        }}
      />
    </FormSheet>
  );
}

/** Shows the token; closing before it was copied asks once. */
function Added({ name, token }: { name: string; token: string }): ReactElement {
  const [copied, setCopied] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = (): void => {
    if (copied || leaving) close();
    else setLeaving(true);
  };
  return (
    <Sheet
      title={`${name} is added`}
      width="narrow"
      onClose={leave}
      footer={
        <>
          <p aria-live="assertive" className="mr-auto text-sm">
            {copied ? (
              <span className="text-muted">The token was copied.</span>
            ) : leaving ? (
              <strong className="text-quiet">
                The token was not copied, and is not shown again. Close all the same?
              </strong>
            ) : (
              <span className="text-muted">The token was not copied yet.</span>
            )}
          </p>
          <Button kind={copied ? 'primary' : 'plain'} className="min-w-24" onClick={leave}>
            {leaving && !copied ? 'Close all the same' : 'Close'}
          </Button>
        </>
      }
    >
      <EngineToken
        name={name}
        token={token}
        onCopied={() => {
          setCopied(true);
        }}
      />
    </Sheet>
  );
}
