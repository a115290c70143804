import { OctagonX, Pause } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { engineModes, type EngineMode, type EngineState } from '../../../src/api/state/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { ConfirmAuto } from './confirmAuto.tsx';
import { EngineFigures } from './engineFigures.tsx';
import { limitWords, modeMeanings, modeNames, stoppedWords } from './engineWords.ts';
import { unwaited } from '../../store/unwaited.ts';

/** One engine: its switch, its figures against its limits, and its permissions. */
export function EngineCard({
  engine,
  names,
  onRemove,
}: {
  engine: EngineState;
  /** Names of bridges by their ID. */
  names: ReadonlyMap<string, string>;
  onRemove: () => void;
}): ReactElement {
  const { name, mode, halted } = engine;
  const connected = useApp(({ client }) => client !== null);
  const [asking, setAsking] = useState(false);
  return (
    <li
      aria-label={`Engine ${name}`}
      className={`rounded-[6px] border px-3 pt-1.5 pb-2 ${halted === null ? 'border-line' : 'border-down'}`}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="font-mono text-base font-semibold">{name}</h3>
        <ChoiceGroup
          label={`Mode of ${name}`}
          values={engineModes}
          names={modeNames}
          value={mode}
          onChange={(chosen) => {
            if (chosen === 'auto' && mode !== 'auto') setAsking(true);
            else switchMode(name, chosen);
          }}
        />
        {asking && (
          <ConfirmAuto
            engine={engine}
            onDone={() => {
              setAsking(false);
            }}
          />
        )}
        <span className="hidden text-xs text-muted @min-[52rem]:inline">{modeMeanings[mode]}</span>
        <div className="ml-auto flex gap-1.5">
          <Button
            className="h-7"
            disabled={!connected}
            aria-label={`Edit limits of ${name}`}
            onClick={() => {
              appStore.setState({ openEngine: { kind: 'edit', name } });
            }}
          >
            Edit limits
          </Button>
          <Button className="h-7" disabled={!connected} aria-label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
      <Stopped engine={engine} connected={connected} />
      <EngineFigures engine={engine} />
      <p className="mt-1.5 text-xs text-muted">{limitWords(engine, names).join(' · ')}</p>
    </li>
  );
}

/** Why the engine fires nothing, and the next step. */
function Stopped({ engine, connected }: { engine: EngineState; connected: boolean }): ReactElement | null {
  const stopped = stoppedWords(engine);
  if (stopped === null) return null;
  const halted = engine.halted !== null;
  const Icon = halted ? OctagonX : Pause;
  return (
    <div
      className={`mt-1.5 flex items-center gap-2 rounded-[6px] border px-2 py-1 text-sm ${halted ? 'border-down bg-down/10' : 'border-line bg-raised'}`}
    >
      <Icon className={`size-4 shrink-0 ${halted ? 'text-down' : 'text-quiet'}`} aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <strong className={halted ? 'text-down' : 'text-quiet'}>{stopped.word}</strong> {stopped.text}
      </p>
      <Button
        kind={halted ? 'primary' : 'plain'}
        className="h-7"
        disabled={!connected}
        aria-label={`Resume ${engine.name}`}
        onClick={() => {
          unwaited(callOrTell('resumeEngine', { name: engine.name }, `${engine.name} was not resumed.`));
        }}
      >
        Resume
      </Button>
    </div>
  );
}

function switchMode(name: string, mode: EngineMode): void {
  const title = `The mode of ${name} was not changed.`;
  if (mode === 'paused') unwaited(callOrTell('pauseEngine', { name }, title));
  else unwaited(callOrTell('updateEngine', { name, changes: { mode } }, title));
}
