import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useAppState } from '../../store/hooks.ts';

/** The bridge on screen, with its colour; a list to choose from when there are several. */
export function BridgePicker({ current }: { current: BridgeState }): ReactElement {
  const bridges = useAppState(({ bridges: all }) => all) ?? [];
  return (
    <div className="flex shrink-0 items-center gap-2">
      <svg viewBox="0 0 10 10" className="size-2.5" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={current.colour} />
      </svg>
      {bridges.length > 1 ? (
        <select
          aria-label="Bridge"
          value={current.id}
          onChange={(event) => {
            appStore.setState({ chosenBridge: event.target.value });
          }}
          className="h-8 rounded-[6px] border border-line bg-raised px-2 text-base font-semibold"
        >
          {bridges.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <span className="text-base font-semibold">{current.name}</span>
      )}
    </div>
  );
}
