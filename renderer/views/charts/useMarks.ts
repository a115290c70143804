import { useMemo } from 'react';
import { mostMarks, type OrderMark } from '../../../src/api/queries/history.ts';
import { orderMark } from '../../../src/api/queries/orderMark.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { Span } from '../../store/chartView.ts';
import { useAppState } from '../../store/hooks.ts';
import { useAnswer } from '../../store/useAnswer.ts';

const everyMs = 1_000;
const none: readonly Order[] = [];

/** Fills in the time that the samples cover, and newer ones. */
export function useMarks(
  bridge: string,
  covers: { from: number | null; to: number | null } | null,
  span: Span,
): readonly OrderMark[] {
  const asked = covers ?? { from: null, to: 0 };
  const answer = useAnswer(
    ['fills', bridge, asked],
    async (client) => ({ bridge, ...(await client.call('fills', { bridge, ...asked })) }),
    everyMs,
  );
  const orders = useAppState((app) => app.orders) ?? none;
  const { from, to } = span;
  return useMemo(() => {
    const told = answer?.bridge === bridge ? answer.marks : [];
    return withOrders(
      told,
      orders.filter((order) => order.bridge === bridge),
    ).filter(({ at }) => at >= from && at <= to);
  }, [answer, orders, bridge, from, to]);
}

/** Adds marks of newer filled orders, oldest first. */
export function withOrders(told: readonly OrderMark[], orders: readonly Order[]): OrderMark[] {
  const newest = told.reduce((highest, { number }) => Math.max(highest, number), 0);
  const since = orders
    .filter(({ state, number }) => state === 'filled' && number > newest)
    .map((order) => orderMark(order, 1))
    .sort((one, other) => one.at - other.at);
  return [...told, ...since].slice(-mostMarks);
}
