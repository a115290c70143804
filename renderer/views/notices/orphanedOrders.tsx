import { CircleHelp } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Order } from '../../../src/domain/orders/order.ts';
import { appStore } from '../../store/appStore.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Orders in doubt of removed bridges, one by one. */
export function OrphanedOrders({ orders }: { orders: readonly Order[] }): ReactElement | null {
  const [order] = orders;
  if (order === undefined) return null;
  const { bridge, number, signalId, symbol } = order;
  const more = orders.length - 1;
  return (
    <Notice
      icon={<CircleHelp className="size-5 shrink-0 text-unknown" aria-hidden="true" />}
      action={
        <Button
          onClick={() => {
            appStore.setState({ shownOrder: { bridge, number } });
          }}
        >
          Settle it
        </Button>
      }
    >
      <strong>
        Nobody knows what became of {signalId}
        {more === 0 ? '' : ` and ${String(more)} more`}: bridge “{bridge}” is not there any more.
      </strong>{' '}
      Look in MT5 whether its EA has traded it. Until it is settled, no bridge starts armed by itself, and an order in{' '}
      {symbol} that may be on the same account has to be confirmed.
    </Notice>
  );
}
