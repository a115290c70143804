import type { ReactElement } from 'react';
import type { Order } from '../../../src/api/state.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp } from '../../store/hooks.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { OrderFacts } from './orderFacts.tsx';
import { SettleOrder } from './settleOrder.tsx';
import { Timeline } from './timeline.tsx';
import { useOrder } from './useOrder.ts';

/** All that is known of one order, and for an unknown one the way to settle it. */
export function OrderDrawer(): ReactElement | null {
  const number = useApp(({ shownOrder }) => shownOrder);
  const order = useOrder(number);
  return order === null ? null : <Drawer key={order.number} order={order} />;
}

function Drawer({ order }: { order: Order }): ReactElement {
  return (
    <Sheet
      title={`Order ${order.signalId}`}
      width="narrow"
      onClose={() => {
        appStore.setState({ shownOrder: null });
      }}
    >
      <div className="flex flex-col gap-5">
        {order.state === 'unknown' && <SettleOrder order={order} />}
        <OrderFacts order={order} />
        <Timeline order={order} />
      </div>
    </Sheet>
  );
}
