import { useId, useRef, useState, type ReactElement } from 'react';
import { otherPortsText } from '../../../src/api/presentation/eaInstallationText.ts';
import type { InstalledEa } from '../../../src/api/queries/eaInstallation.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { useRepeated } from '../../store/useRepeated.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { InstalledEaResult } from './installedEaResult.tsx';
import { TerminalChoice, type Chosen } from './terminalChoice.tsx';

/** Pause before the terminals are looked for again, ms: one may be installed meanwhile. */
const lookEveryMs = 5_000;

export function InstallEaSheet(): ReactElement | null {
  const open = useApp(({ installingEa }) => installingEa);
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === open)) ?? null;
  return bridge === null ? null : <InstallEa key={bridge.id} bridge={bridge} />;
}

const close = (): void => {
  appStore.setState({ installingEa: null });
};

/** Installs the desk's own EA for a bridge, in a terminal on the machine that the desk runs on. */
function InstallEa({ bridge }: { bridge: BridgeState }): ReactElement {
  const version = useAppState(({ app }) => app.shippedEaVersion);
  const otherPorts = otherPortsText(bridge);
  const formId = useId();
  const [picked, setPicked] = useState<Chosen | null>(null);
  const [typed, setTyped] = useState('');
  const [installed, setInstalled] = useState<InstalledEa | null>(null);
  const { answer: found, failure: notFound } = useRepeated(['eaTerminals', installed], lookEveryMs, (client) =>
    client.call('eaTerminals', null),
  );
  const { busy, failure, ask } = useCall();
  const [first, second] = found?.terminals ?? [];
  const proposed: Chosen | null =
    first === undefined ? { kind: 'typed' } : second === undefined ? { kind: 'found', data: first.data } : null;
  const chosen = picked ?? proposed;
  const folder = chosen?.kind === 'found' ? chosen.data : chosen === null ? '' : typed.trim();

  const running = useRef(false);
  const install = async (): Promise<void> => {
    if (running.current || folder === '') return;
    running.current = true;
    setInstalled(null);
    const answer = await ask('installEa', { bridge: bridge.id, terminal: folder });
    running.current = false;
    if (answer !== null) setInstalled(answer.output);
  };
  return (
    <Sheet
      title={`Install the EA for ${bridge.name}`}
      width="wide"
      onClose={close}
      footer={
        <>
          <p aria-live="polite" className="mr-auto text-sm">
            {busy ? (
              <>
                Installing; MetaEditor takes up to two minutes. <Waiting />
              </>
            ) : failure !== null ? (
              <span className="text-down">{failure}</span>
            ) : (
              <span className="text-muted">
                {folder === '' && (chosen === null ? 'Choose a terminal.' : 'Type the folder of the terminal.')}
              </span>
            )}
          </p>
          <Button onClick={close}>Close</Button>
          <Button
            type="submit"
            form={formId}
            kind="primary"
            className="min-w-24 aria-disabled:opacity-50"
            // It keeps the focus while it waits.
            aria-disabled={busy}
            disabled={found === null || folder === ''}
          >
            {installed === null ? 'Install' : 'Install again'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        aria-label="Install the EA"
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          unwaited(install());
        }}
      >
        <p className="text-sm">
          BITTEN Desk EA{version === null ? '' : ` ${version}`} is copied into MetaTrader 5, compiled by its MetaEditor,
          and its inputs for this bridge are written. It needs no DLL, and nothing in it is to be changed.
        </p>
        {otherPorts !== null && <p className="text-sm text-quiet">{otherPorts}</p>}
        {found === null ? (
          <p className="text-sm text-muted">{notFound ?? 'Looking for MetaTrader 5…'}</p>
        ) : (
          <TerminalChoice found={found} chosen={chosen} typed={typed} onChoose={setPicked} onType={setTyped} />
        )}
        {installed !== null && <InstalledEaResult bridge={bridge} installed={installed} />}
      </form>
    </Sheet>
  );
}
