import { useEffect, useSyncExternalStore } from 'react';
import type { OrdersPage } from '../../../src/api/queries/orderQuery.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { spanOfTradingDay } from '../../../src/domain/tradingDay.ts';
import { appStore } from '../../store/appStore.ts';
import type { ListQuery, PagePart } from './listQuery.ts';
import { OrderList } from './orderList.ts';
import type { Unsubscribe } from '../../../src/base/unsubscribe.ts';

const listeners = new Set<() => void>();
let version = 0;

/** The one table of executions. */
const list = new OrderList({
  ask: askOrders,
  isWithin,
  changed: () => {
    version += 1;
    for (const listener of listeners) listener();
  },
});

export function askOrders({ match, ...query }: ListQuery, part: PagePart): Promise<OrdersPage> {
  const { client } = appStore.getState();
  if (client === null) return Promise.reject(new Error('The app is not connected. Wait until it is back.'));
  return client.call('orders', { ...query, ...match, ...part });
}

/** The list of executions, up to date while it is on screen. */
export function useOrderList(query: ListQuery): OrderList {
  useSyncExternalStore(subscribe, () => version);
  useEffect(follow, []);
  useEffect(() => {
    // An equal query changes nothing.
    list.setQuery(query);
  });
  return list;
}

function subscribe(listener: () => void): Unsubscribe {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function follow(): Unsubscribe {
  list.setOrders(appStore.getState().app?.orders ?? []);
  const unfollow = appStore.subscribe((now, before) => {
    if (now.app !== null) list.setOrders(now.app.orders);
    if (now.client !== null && now.client !== before.client) list.reconnect();
  });
  return () => {
    unfollow();
    list.stop();
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
