import { useEffect, useState, type SyntheticEvent, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { FormStatus } from '../../ui/formStatus.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BridgeSection } from './bridgeSection.tsx';
import { limitsId, LimitsSection } from './limitsSection.tsx';
import { symbolsId, SymbolsSection } from './symbolsSection.tsx';
import { usePortCheck } from './usePortCheck.ts';
import { changesOf, formOf, readSettings, type SettingsForm } from './settingsForm.ts';

export function BridgeSettingsSheet(): ReactElement | null {
  const open = useApp(({ openSettings }) => openSettings);
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === open?.bridge)) ?? null;
  return bridge === null ? null : <BridgeSettings key={bridge.id} bridge={bridge} at={open?.at ?? null} />;
}

const close = (): void => {
  appStore.setState({ openSettings: null });
};

const formId = 'bridge-settings';

/** What a bridge's EA takes, and what it may trade. Nothing is changed before it is saved. */
function BridgeSettings({ bridge, at }: { bridge: BridgeState; at: 'limits' | 'symbols' | null }): ReactElement {
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const [opened] = useState(bridge);
  const [form, setForm] = useState<SettingsForm>(() => formOf(bridge));
  const [leaving, setLeaving] = useState(false);
  const { busy, failure, run } = useCall();
  useEffect(() => {
    if (at !== null) document.getElementById(at === 'limits' ? limitsId : symbolsId)?.scrollIntoView();
  }, [at]);
  const read = readSettings(form, opened);
  const taken = usePortCheck('errors' in read ? null : read.settings);
  const errors = 'errors' in read ? read.errors : taken;
  const wrong = Object.keys(errors).length;
  const changes = 'errors' in read ? {} : changesOf(opened, read.settings, bridge);
  const dirty = wrong > 0 || Object.keys(changes).length > 0;
  const disarms = changes.stopUnit !== undefined || changes.positionMode !== undefined;

  const change = (next: Partial<SettingsForm>): void => {
    setForm({ ...form, ...next });
    setLeaving(false);
  };
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (wrong > 0 || busy) return;
    if (!dirty || (await run('updateBridge', { bridge: bridge.id, changes }))) close();
  };
  const parts = { form, errors, onChange: change };
  return (
    <Sheet
      title="Bridge settings"
      width="wide"
      onClose={() => {
        if (dirty && !leaving) setLeaving(true);
        else if (!dirty) close();
      }}
      footer={
        <>
          <FormStatus
            failure={failure}
            leaving={leaving}
            wrong={wrong}
            dirty={dirty}
            note={
              disarms ? (
                <span className="text-quiet">Saving disarms the bridge: a stop will mean something else.</span>
              ) : null
            }
          />
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form={formId} kind="primary" disabled={wrong > 0 || busy} className="min-w-24">
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        aria-label="Bridge settings"
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          void save(event);
        }}
      >
        <BridgeSection bridge={bridge} {...parts} />
        <LimitsSection limits={opened.limits} currency={form.texts.currency} {...parts} />
        <SymbolsSection quotes={quotes} {...parts} />
      </form>
    </Sheet>
  );
}
