import type { MarkKind, OrderMark } from './history.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { OrderAction } from '../../domain/tradeTerms.ts';

function markKind(action: OrderAction): MarkKind {
  return action === 'buy' || action === 'sell' ? action : 'close';
}

export function orderMark(order: Order, count: number): OrderMark {
  const { number, action, at, roundTripMs, signalId, symbol, lot, price } = order;
  return {
    number,
    kind: markKind(action),
    at: Math.round(at + (roundTripMs ?? 0)),
    signalId,
    symbol,
    lot,
    price,
    count,
  };
}
