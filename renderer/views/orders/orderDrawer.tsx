import type { ReactElement } from 'react';
import type { Order, TimelineEntry } from '../../../src/domain/orders/order.ts';
import { isSameOrder, orderKey, type OrderRef } from '../../../src/domain/orders/orderRef.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { Latency } from './latency.tsx';
import { OrderFacts } from './orderFacts.tsx';
import { SettleOrder } from './settleOrder.tsx';
import { Timeline } from './timeline.tsx';
import { useTimeline } from './useTimeline.ts';

/** Details of one order of any age, and the settlement of an unknown one. */
export function OrderDrawer(): ReactElement | null {
  const shown = useApp(({ shownOrder }) => shownOrder);
  return shown === null ? null : <Drawer key={orderKey(shown)} shown={shown} />;
}

function Drawer({ shown }: { shown: OrderRef }): ReactElement {
  const listed = useAppState(({ orders }) => orders.find((each) => isSameOrder(each, shown))) ?? null;
  const read = useTimeline(shown, listed);
  const order = listed ?? lastOrder(read.entries ?? []);
  return (
    <Sheet
      title={order === null ? `Order number ${String(shown.number)}` : `Order ${order.signalId}`}
      width="narrow"
      onClose={() => {
        appStore.setState({ shownOrder: null });
      }}
    >
      <div className="flex flex-col gap-5">
        {order?.state === 'unknown' && <SettleOrder order={order} />}
        {order !== null && <OrderFacts order={order} />}
        {order !== null && <Latency order={order} />}
        <Timeline {...read} bridge={shown.bridge} />
      </div>
    </Sheet>
  );
}

/** The journal's last state of an order that is no longer in the app's state. */
function lastOrder(entries: readonly TimelineEntry[]): Order | null {
  return entries.reduce<Order | null>((last, entry) => (entry.type === 'order' ? entry.order : last), null);
}
