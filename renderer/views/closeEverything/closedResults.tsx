import type { ReactElement } from 'react';
import type { AccountClosed } from '../../../src/api/queries/closeEverything.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { asSentence } from '../../../src/base/asSentence.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { orderKey } from '../../../src/domain/orders/orderRef.ts';
import { errorWords, orderPhrase } from '../../shared/orderWords.ts';
import { State } from '../../shared/orderState.tsx';
import { useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const noOrders: readonly Order[] = [];

/** What became of each close. */
export function ClosedResults({
  closed,
  bridges,
  onClose,
}: {
  closed: readonly AccountClosed[];
  bridges: readonly BridgeState[];
  onClose: () => void;
}): ReactElement {
  const now = new Map((useAppState((app) => app.orders) ?? noOrders).map((order) => [orderKey(order), order]));
  const accounts = closed.map((each) => ({
    ...each,
    orders: each.orders.map((order) => now.get(orderKey(order)) ?? order),
  }));
  const orders = accounts.flatMap((each) => each.orders);
  const done = orders.filter(({ state }) => state === 'filled').length;
  const waiting = orders.filter(({ state }) => state === 'sent').length;
  const failed = orders.length - done - waiting;
  return (
    <Dialog title="Close everything" onClose={onClose}>
      <div className="flex flex-col gap-3 px-5 py-4">
        <p role="status" className="text-lg font-semibold">
          {String(done)} of {String(orders.length)} done
          {waiting > 0 && <span className="ml-2 text-sm font-normal text-muted">{String(waiting)} on their way</span>}
          {failed > 0 && <span className="ml-2 text-sm font-medium text-down">{String(failed)} not done</span>}
        </p>
        {accounts.map(({ bridge, orders: own, problem }) => (
          <section key={bridge} aria-label={bridge} className="flex flex-col gap-1">
            <h3 className="text-sm font-semibold">{bridges.find(({ id }) => id === bridge)?.name ?? bridge}</h3>
            {problem !== null && <p className="text-sm text-quiet">{problem}</p>}
            {own.length === 0 && problem === null && <p className="text-sm text-muted">Nothing was open.</p>}
            <ul className="flex max-h-60 flex-col gap-1 overflow-y-auto">
              {own.map((order) => (
                <li key={order.number} className="flex flex-wrap items-baseline gap-x-2 text-sm">
                  <State order={order} />
                  {orderPhrase(order)}
                  <Why order={order} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="sticky bottom-0 flex justify-end border-t border-line bg-panel px-5 py-3">
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function Why({ order }: { order: Order }): ReactElement | null {
  if (order.state === 'filled' || order.state === 'sent') return null;
  const { what, nextStep } = errorWords(order);
  return <span className="text-muted">{[asSentence(what), nextStep ?? ''].join(' ').trim()}</span>;
}
