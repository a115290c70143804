import type { ReactElement } from 'react';
import { appStore } from '../../store/appStore.ts';
import { useAppState } from '../../store/hooks.ts';
import { wireFollower } from './wireFollower.ts';

/** The ID in a frame; a button that opens its order, if the bridge's list has it. */
export function OrderLink({ signalId, bridge }: { signalId: string; bridge: string }): ReactElement {
  // A refused order was never sent: no frame is about it.
  const number = useAppState(
    ({ orders }) =>
      orders.find((order) => order.signalId === signalId && order.bridge === bridge && order.state !== 'refused')
        ?.number ?? null,
  );
  if (number === null) {
    return (
      <span className="font-mono" title={signalId}>
        {signalId}
      </span>
    );
  }
  return (
    <button
      type="button"
      title={`Open the order ${signalId}`}
      aria-haspopup="dialog"
      onClick={() => {
        wireFollower.open(null);
        appStore.setState({ shownOrder: { bridge, number } });
      }}
      className="block min-h-6 max-w-full truncate font-mono underline decoration-strong-line underline-offset-2 hover:decoration-current focus-visible:-outline-offset-2"
    >
      {signalId}
    </button>
  );
}
