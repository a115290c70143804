import type { ReactElement } from 'react';
import type { Order } from '../../../src/domain/orders/order.ts';
import { orderKey } from '../../../src/domain/orders/orderRef.ts';
import { formatDateTime } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { State } from '../../shared/orderState.tsx';
import { orderPhrase } from '../../shared/orderWords.ts';

/** Orders in doubt of removed bridges, above the executions, since no bridge's list has them. */
export function GoneOrders({ orders }: { orders: readonly Order[] }): ReactElement | null {
  if (orders.length === 0) return null;
  return (
    <ul
      aria-label="Unknown orders of bridges that are gone"
      className="max-h-24 shrink-0 overflow-y-auto border-b border-line px-3 py-1"
      tabIndex={0}
    >
      {orders.map((order) => {
        const { account, at, bridge, number, signalId } = order;
        return (
          <li key={orderKey(order)} className="flex items-center gap-2 text-sm">
            <State order={order} />
            <button
              type="button"
              aria-haspopup="dialog"
              className="min-h-6 max-w-[50%] shrink-0 truncate font-mono underline decoration-strong-line underline-offset-2 hover:decoration-current"
              onClick={() => {
                appStore.setState({ shownOrder: { bridge, number } });
              }}
            >
              {signalId}
            </button>
            <span className="figures min-w-0 truncate text-muted">
              {orderPhrase(order)}, {formatDateTime(at)}, on {account ?? 'an account that was not named'}, of bridge “
              {bridge}”, gone
            </span>
          </li>
        );
      })}
    </ul>
  );
}
