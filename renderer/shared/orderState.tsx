import { Hand } from 'lucide-react';
import type { ReactElement } from 'react';
import { type Order, shownState } from '../../src/domain/orders/order.ts';
import { isChange } from '../../src/domain/tradeTerms.ts';
import { stateColours, stateIcons } from './stateLook.tsx';

/** State of an order; a hand marks one settled by a person. */
export function State({ order }: { order: Order }): ReactElement {
  const state = shownState(order);
  const Icon = stateIcons[state];
  return (
    <span className={`inline-flex items-center gap-1.5 align-top font-medium ${stateColours[state]}`}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {state === 'filled' && isChange(order.action) ? 'done' : state}
      {order.settledBy !== null && (
        <span title="Settled by hand">
          <Hand className="size-3.5" aria-hidden="true" />
          <span className="sr-only"> by hand</span>
        </span>
      )}
    </span>
  );
}
