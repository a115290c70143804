import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/textField.tsx';

/** The port of the dashboard in the browser. It holds from the next start on, and is looked at before it is kept. */
export function HttpPort({ port, disabled }: { port: number; disabled: boolean }): ReactElement {
  const [typed, setTyped] = useState(String(port));
  const [taken, setTaken] = useState<string | null>(null);
  const { busy, failure, run } = useCall();
  const wrong = /^\d{1,5}$/.test(typed) && Number(typed) <= 65_535 ? null : 'A whole number from 0 to 65535.';
  const error = wrong ?? taken ?? failure;
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const httpPort = Number(typed);
    const reason = httpPort === 0 ? null : await whyTaken(httpPort);
    setTaken(reason);
    if (reason === null) await run('updateSettings', { httpPort });
  };
  return (
    <form
      className="grid grid-cols-[1fr_auto] items-start gap-2"
      onSubmit={(event) => {
        if (wrong === null && !busy) void save(event);
        else event.preventDefault();
      }}
    >
      <TextField
        label="Port of the dashboard"
        value={typed}
        error={error ?? undefined}
        note="at least a line"
        hint={{ text: 'In the browser; from the next start on.', warning: false }}
        decimal
        disabled={disabled}
        onChange={(text) => {
          setTyped(text.trim());
          setTaken(null);
        }}
      />
      <div className="pt-6">
        <Button type="submit" disabled={disabled || wrong !== null || busy || typed === String(port)}>
          Save
        </Button>
      </div>
    </form>
  );
}

async function whyTaken(port: number): Promise<string | null> {
  const answers = await appStore.getState().client?.call('checkPorts', { host: '127.0.0.1', ports: [port] });
  return answers?.[0]?.reason ?? null;
}
