import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { changedProperties } from '../../../src/api/changedProperties.ts';
import { engineSettingsSchema, type EngineSettings, type EngineState } from '../../../src/api/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { FormStatus } from '../../ui/formStatus.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { EngineFields } from './engineFields.tsx';
import { engineFormOf, readEngine, type EngineForm } from './engineForm.ts';

const formId = 'engine-limits';

const close = (): void => {
  appStore.setState({ openEngine: null });
};

/** What an engine may do. Nothing is changed before it is saved; its mode is switched in the list. */
export function EditEngine({ engine }: { engine: EngineState }): ReactElement {
  const [opened] = useState<EngineSettings>(() => settingsOf(engine));
  const [form, setForm] = useState<EngineForm>(() => engineFormOf(opened));
  const [leaving, setLeaving] = useState(false);
  const { busy, failure, run } = useCall();
  const read = readEngine(form);
  const errors = 'errors' in read ? read.errors : {};
  const wrong = Object.keys(errors).length;
  // What somebody else has changed since stays as it is now.
  const changes = 'errors' in read ? {} : changedProperties(opened, read.settings);
  const dirty = wrong > 0 || Object.keys(changes).length > 0;
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (wrong > 0 || busy) return;
    if (!dirty || (await run('updateEngine', { name: engine.name, changes }))) close();
  };
  return (
    <Sheet
      title={`Limits of ${engine.name}`}
      width="narrow"
      onClose={() => {
        if (dirty && !leaving) setLeaving(true);
        else if (!dirty) close();
      }}
      footer={
        <>
          <FormStatus failure={failure} leaving={leaving} wrong={wrong} dirty={dirty} />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} kind="primary" disabled={wrong > 0 || busy} className="min-w-24">
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        aria-label={`Limits of ${engine.name}`}
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          void save(event);
        }}
      >
        <EngineFields
          form={form}
          errors={errors}
          onChange={(next) => {
            setForm({ ...form, ...next });
            setLeaving(false);
          }}
        />
      </form>
    </Sheet>
  );
}

function settingsOf(engine: EngineState): EngineSettings {
  return engineSettingsSchema.strip().parse(engine);
}
