import type { ReactElement } from 'react';
import { useApp, useAppState } from '../../store/hooks.ts';
import { AddEngine } from './addEngine.tsx';
import { AddFeed } from './addFeed.tsx';
import { EditEngine } from './editEngine.tsx';

/** Adds an engine or a feed, or changes what an engine may do. */
export function EngineSheet(): ReactElement | null {
  const open = useApp(({ openEngine }) => openEngine);
  const engine = useAppState(({ engines }) =>
    open?.kind === 'edit' ? engines.find(({ name }) => name === open.name) : undefined,
  );
  if (open?.kind === 'add') return <AddEngine />;
  if (open?.kind === 'addFeed') return <AddFeed />;
  return engine === undefined || engine === null ? null : <EditEngine key={engine.name} engine={engine} />;
}
