import { type ReactElement, type SyntheticEvent, useState } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { useRestingAnswer } from '../../store/useRestingAnswer.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/textField.tsx';
import { type AppPort, appPortProblem, appPorts } from './appPortRules.ts';
import { unwaited } from '../../store/unwaited.ts';
import type { Settings } from '../../../src/api/settings/appSettings.ts';

const none: readonly BridgeState[] = [];

/** The ports of the app itself, in force from the next start on and checked while typed. */
export function AppPorts({ settings, disabled }: { settings: Settings; disabled: boolean }): ReactElement {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-semibold">Ports</legend>
      <p className="text-xs text-muted">
        Where programs on this computer reach the desk: 1 to 65535, each once. With 0 the desk picks a free one at each
        start. A change counts from the next start.
      </p>
      {appPorts.map(({ key }) => (
        <AppPortField key={key} of={key} settings={settings} disabled={disabled} />
      ))}
    </fieldset>
  );
}

function AppPortField({
  of,
  settings,
  disabled,
}: {
  of: AppPort;
  settings: Settings;
  disabled: boolean;
}): ReactElement {
  const bridges = useAppState((app) => app.bridges) ?? none;
  const [typed, setTyped] = useState(String(settings[of]));
  const { busy, failure, run } = useCall();
  const wrong = appPortProblem(of, typed, settings, bridges);
  const asked = wrong === null && typed !== String(settings[of]) && Number(typed) !== 0;
  const taken = useRestingAnswer(asked ? Number(typed) : null, whyTaken, null);
  const error = wrong ?? taken ?? failure;
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (wrong !== null || busy || (await whyTaken(Number(typed))) !== null) return;
    await run('updateSettings', { [of]: Number(typed) });
  };
  const { label, hint } = appPorts.find(({ key }) => key === of) ?? { label: of, hint: '' };
  return (
    <form
      className="grid grid-cols-[1fr_auto] items-start gap-2"
      onSubmit={(event) => {
        unwaited(save(event));
      }}
    >
      <TextField
        label={label}
        value={typed}
        error={error ?? undefined}
        note="at least a line"
        hint={{ text: hint, warning: false }}
        decimal
        disabled={disabled}
        onChange={(text) => {
          setTyped(text.trim());
        }}
      />
      <div className="pt-6">
        <Button
          type="submit"
          aria-label={`Save the ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
          disabled={disabled || error !== null || busy || typed === String(settings[of])}
        >
          Save
        </Button>
      </div>
    </form>
  );
}

/** Checks a port; no answer means no error, since the app checks again at its start. */
async function whyTaken(port: number): Promise<string | null> {
  if (port === 0) return null;
  try {
    const answers = await appStore.getState().client?.call('checkPorts', { host: '127.0.0.1', ports: [port] });
    return answers?.[0]?.reason ?? null;
  } catch {
    return null;
  }
}
