import { Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { EngineState } from '../../../src/api/state/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copyButton.tsx';
import { EngineCard } from './engineCard.tsx';
import { Feeds } from './feeds.tsx';
import { RemoveEngine } from './removeDialog.tsx';

/** Engines of the gateway and feeds: permissions and results. */
export function Engines(): ReactElement {
  const engines = useAppState((app) => app.engines) ?? [];
  const bridges = useAppState((app) => app.bridges) ?? [];
  const [removing, setRemoving] = useState<EngineState | null>(null);
  const names = new Map(bridges.map(({ id, name }) => [id, name]));
  return (
    <div className="@container flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1">
        <GatewayAddress />
        <div className="ml-auto">
          <AddButton />
        </div>
      </div>
      <div role="group" aria-label="Engines, scrollable" tabIndex={0} className="min-h-0 flex-1 overflow-auto">
        {engines.length === 0 ? (
          <NoEngines />
        ) : (
          <ul aria-label="Engines" className="flex flex-col gap-2 p-3">
            {engines.map((engine) => (
              <EngineCard
                key={engine.name}
                engine={engine}
                names={names}
                onRemove={() => {
                  setRemoving(engine);
                }}
              />
            ))}
          </ul>
        )}
        <Feeds names={names} />
      </div>
      {removing !== null && (
        <RemoveEngine
          name={removing.name}
          onDone={() => {
            setRemoving(null);
          }}
        />
      )}
    </div>
  );
}

function NoEngines(): ReactElement {
  return (
    <section aria-label="No engine yet" className="flex max-w-[44rem] flex-col gap-1 px-3 py-3">
      <h3 className="text-base font-semibold">No engine yet</h3>
      <p className="text-sm text-muted">
        An engine is a program of yours, such as VENOM or CITADEL, that sends signals to this desk over ZeroMQ. Each has
        a name, a token and limits of its own. It fires by itself, or a person fires each of its signals with one click.
      </p>
    </section>
  );
}

function AddButton(): ReactElement {
  return (
    <Button
      kind="primary"
      id="add-engine"
      className="h-7"
      onClick={() => {
        appStore.setState({ openEngine: { kind: 'add' } });
      }}
    >
      <Plus className="size-4" aria-hidden="true" />
      Add engine
    </Button>
  );
}

/** Endpoint of the gateway, for engines. */
function GatewayAddress(): ReactElement {
  const gateway = useAppState((app) => app.app.gateway);
  if (gateway === null) {
    return (
      <p className="text-sm text-quiet">
        The app was started with <code className="font-mono text-xs">--no-gateway</code>: no engine can connect. Start
        it without that flag.
      </p>
    );
  }
  return (
    <p className="flex items-center gap-1.5 text-sm text-muted">
      Engines connect to <code className="font-mono text-xs text-text">{gateway}</code>
      <CopyButton text={gateway} label="Copy the gateway's address" />
    </p>
  );
}
