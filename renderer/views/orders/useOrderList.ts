import { useEffect, useSyncExternalStore } from 'react';
import type { OrdersPage } from '../../../src/api/queries/orderQuery.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { spanOfTradingDay } from '../../../src/domain/tradingDay.ts';
import { appStore } from '../../store/appStore.ts';
import type { ListQuery, PagePart } from './listQuery.ts';
import { OrderList } from './orderList.ts';
import type { Unsubscribe } from '../../../src/base/unsubscribe.ts';

const listeners = new Set<() => void>();

/** The one table of executions. It changes in place: what is drawn is a {@link ShownOrders}. */
export const orderList = new OrderList({
  ask: askOrders,
  isWithin,
  changed: () => {
    shown = shownOrders();
    for (const listener of listeners) listener();
  },
});
let shown = shownOrders();

/** The list as it is now: another object after each change (ADR 40). */
export type ShownOrders = Readonly<
  Pick<OrderList, 'count' | 'isCounted' | 'choices' | 'waiting' | 'ready' | 'failure'>
> & { rowAt: (index: number) => Order | undefined };

function shownOrders(): ShownOrders {
  const { count, isCounted, choices, waiting, ready, failure } = orderList;
  return { count, isCounted, choices, waiting, ready, failure, rowAt: (index) => orderList.rowAt(index) };
}

export function askOrders({ match, ...query }: ListQuery, part: PagePart): Promise<OrdersPage> {
  const { client } = appStore.getState();
  if (client === null) return Promise.reject(new Error('The app is not connected. Wait until it is back.'));
  return client.call('orders', { ...query, ...match, ...part });
}

/** The list of executions, up to date while it is on screen. */
export function useOrderList(query: ListQuery): ShownOrders {
  const now = useSyncExternalStore(subscribe, () => shown);
  useEffect(follow, []);
  useEffect(() => {
    // An equal query changes nothing.
    orderList.setQuery(query);
  });
  return now;
}

function subscribe(listener: () => void): Unsubscribe {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function follow(): Unsubscribe {
  orderList.setOrders(appStore.getState().app?.orders ?? []);
  const unfollow = appStore.subscribe((now, before) => {
    if (now.app !== null) orderList.setOrders(now.app.orders);
    if (now.client !== null && now.client !== before.client) orderList.reconnect();
  });
  return () => {
    unfollow();
    orderList.stop();
  };
}

/** Whether an order lies within the query's days, by the bridge's present setting, as in the journal. */
function isWithin({ at }: Order, { bridge, from, to }: ListQuery): boolean {
  if (from === null && to === null) return true;
  const day = appStore.getState().app?.bridges.find(({ id }) => id === bridge)?.limits.day;
  if (day === undefined) return false;
  return (
    (from === null || at >= spanOfTradingDay(from, day).from) && (to === null || at < spanOfTradingDay(to, day).until)
  );
}
