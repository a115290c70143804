import type { Order } from '../../domain/orders/order.ts';
import { targetNames } from '../../domain/orders/orderChange.ts';
import { jsonTicket } from '../../domain/orders/ticket.ts';

/**
 * State of an order for subscribers: one JSON object, `type` "order", in the wire's spelling. The order is a nested
 * object, because readers of quotes take any message with a `symbol` for a tick (G6).
 */
export function publishedOrder(order: Order): string {
  const { refusal, settledBy, change = null } = order;
  return JSON.stringify({
    type: 'order',
    bridge: order.bridge,
    account: order.account,
    order: {
      number: order.number,
      signal_id: order.signalId,
      ...(order.longId === null ? {} : { long_id: order.longId }),
      source: order.source,
      state: order.state,
      action: order.action,
      symbol: order.symbol,
      ...(change === null ? {} : targetNames(change)),
      ...waiting(order),
      lot: order.lot,
      traded_lot: order.tradedLot,
      sl: order.sl,
      tp: order.tp,
      stop_unit: order.stopUnit,
      fired_at: order.at,
      ticket: jsonTicket(order.ticket),
      price: order.price,
      message: order.message,
      code: refusal?.code ?? null,
      reason: refusal?.reason ?? null,
      doubt: order.doubt,
      unverified: order.unverified,
      late: order.late,
      settled_by: settledBy?.by ?? null,
      round_trip_ms: order.roundTripMs,
    },
  });
}

/** What a pending order waits for; nothing for other orders. `until`: `gtc`, `day`, or epoch ms. */
function waiting({ entry = null }: Order): Record<string, unknown> {
  if (entry === null) return {};
  const { kind, price, limitPrice, until } = entry;
  return { entry: kind, entry_price: price, ...(limitPrice === null ? {} : { limit_price: limitPrice }), until };
}
