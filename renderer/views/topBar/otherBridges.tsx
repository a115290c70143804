import { OctagonAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useAppState } from '../../store/hooks.ts';
import { troubleOf } from './trouble.ts';

const none: readonly BridgeState[] = [];

/** What needs a person on bridges that are not on screen. A press opens the bridge. */
export function OtherBridges({ current }: { current: BridgeState }): ReactElement {
  const bridges = useAppState((app) => app.bridges) ?? none;
  const orders = useAppState((app) => app.orders) ?? [];
  const troubled = bridges.flatMap((bridge) => {
    const trouble = bridge.id === current.id ? null : troubleOf(bridge, orders);
    return trouble === null ? [] : [{ bridge, trouble }];
  });
  return (
    <div role="status" aria-label="Other bridges" className="flex min-w-0 gap-2">
      {troubled.map(({ bridge, trouble }) => (
        <button
          key={bridge.id}
          type="button"
          title={`${bridge.name}: ${trouble}. Press to see it.`}
          onClick={() => {
            const unknown = orders.find((order) => order.bridge === bridge.id && order.state === 'unknown');
            appStore.setState({
              chosenBridge: bridge.id,
              ...(unknown === undefined ? {} : { shownOrder: { bridge: bridge.id, number: unknown.number } }),
            });
          }}
          className="flex h-8 max-w-56 min-w-0 items-center gap-1.5 rounded-[6px] border border-down bg-down/10 px-2 text-sm font-medium text-down hover:bg-down/20"
        >
          <OctagonAlert className="size-4 shrink-0" aria-hidden="true" />
          <span className="truncate">
            {bridge.name}: {trouble}
          </span>
        </button>
      ))}
    </div>
  );
}
