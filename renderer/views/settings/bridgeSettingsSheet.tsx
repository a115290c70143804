import { useEffect, useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { FormSheet } from '../../ui/formSheet.tsx';
import { BridgeSection } from './bridgeSection.tsx';
import { ConfirmLoosening } from './confirmLoosening.tsx';
import { limitsId, LimitsSection } from './limitsSection.tsx';
import { loosenedLimits } from './loosenedLimits.ts';
import { symbolsId, SymbolsSection } from './symbolsSection.tsx';
import { usePortCheck } from './usePortCheck.ts';
import { changesOf, formOf, readSettings, type SettingsForm } from './settingsForm.ts';
import { unwaited } from '../../store/unwaited.ts';

export function BridgeSettingsSheet(): ReactElement | null {
  const open = useApp(({ openSettings }) => openSettings);
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === open?.bridge)) ?? null;
  return bridge === null ? null : <BridgeSettings key={bridge.id} bridge={bridge} at={open?.at ?? null} />;
}

const close = (): void => {
  appStore.setState({ openSettings: null });
};

/** The settings of a bridge. Changes apply when saved. */
function BridgeSettings({ bridge, at }: { bridge: BridgeState; at: 'limits' | 'symbols' | null }): ReactElement {
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const [opened, setOpened] = useState(bridge);
  const [form, setForm] = useState<SettingsForm>(() => formOf(bridge));
  // Set by the installation of the EA, which opens above this form.
  if (opened.eaKind !== bridge.eaKind) {
    setOpened({ ...opened, eaKind: bridge.eaKind });
    setForm({ ...form, eaKind: bridge.eaKind });
  }
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
  };
  const loosened = 'errors' in read ? [] : loosenedLimits(opened.limits, read.settings.limits);
  const [asking, setAsking] = useState(false);
  const save = async (): Promise<boolean> => {
    const done = !dirty || (await run('updateBridge', { bridge: bridge.id, changes }));
    if (done) close();
    return done;
  };
  const parts = { form, errors, onChange: change };
  return (
    <FormSheet
      title={`Bridge settings of ${bridge.name}`}
      word="Save"
      width="wide"
      failure={failure}
      wrong={wrong}
      dirty={dirty}
      disabled={wrong > 0 || busy}
      note={
        disarms ? <span className="text-quiet">Saving disarms the bridge: a stop will mean something else.</span> : null
      }
      onSubmit={() => {
        if (loosened.length > 0) setAsking(true);
        else unwaited(save());
      }}
      onClose={close}
    >
      {asking && loosened.length > 0 && (
        <ConfirmLoosening
          bridge={bridge}
          limits={loosened}
          failure={failure}
          onConfirm={save}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
      <BridgeSection bridge={bridge} {...parts} />
      <LimitsSection limits={opened.limits} currency={form.texts.currency} {...parts} />
      <SymbolsSection quotes={quotes} toldSymbols={bridge.toldSymbols} {...parts} />
    </FormSheet>
  );
}
