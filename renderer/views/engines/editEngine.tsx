import { useState, type ReactElement } from 'react';
import { changedProperties } from '../../../src/base/changedProperties.ts';
import { engineSettingsSchema, type EngineSettings, type EngineState } from '../../../src/api/state/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { FormSheet } from '../../ui/formSheet.tsx';
import { EngineFields } from './engineFields.tsx';
import { engineFormOf, readEngine, type EngineForm } from './engineForm.ts';
import { unwaited } from '../../store/unwaited.ts';

const close = (): void => {
  appStore.setState({ openEngine: null });
};

/** An engine's limits. Changes apply when saved; its mode is switched in the list. */
export function EditEngine({ engine }: { engine: EngineState }): ReactElement {
  const [opened] = useState<EngineSettings>(() => settingsOf(engine));
  const [form, setForm] = useState<EngineForm>(() => engineFormOf(opened));
  const { busy, failure, run } = useCall();
  const read = readEngine(form);
  const errors = 'errors' in read ? read.errors : {};
  const wrong = Object.keys(errors).length;
  // Only the person's changes are sent: somebody else's since then stay.
  const changes = 'errors' in read ? {} : changedProperties(opened, read.settings);
  const dirty = wrong > 0 || Object.keys(changes).length > 0;
  const save = async (): Promise<void> => {
    if (!dirty || (await run('updateEngine', { name: engine.name, changes }))) close();
  };
  return (
    <FormSheet
      title={`Limits of ${engine.name}`}
      word="Save"
      failure={failure}
      wrong={wrong}
      dirty={dirty}
      disabled={wrong > 0 || busy}
      onSubmit={() => {
        unwaited(save());
      }}
      onClose={close}
    >
      <EngineFields
        form={form}
        errors={errors}
        onChange={(next) => {
          setForm({ ...form, ...next });
        }}
      />
    </FormSheet>
  );
}

function settingsOf(engine: EngineState): EngineSettings {
  return engineSettingsSchema.strip().parse(engine);
}
