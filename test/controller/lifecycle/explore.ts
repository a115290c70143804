import { transition, type OrderEvent } from '../../../src/controller/orders/orderLifecycle.ts';
import { isClose, isEntry } from '../../../src/domain/tradeTerms.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { sentOrder } from '../../support/sentOrder.ts';
import { allEvents } from './events.ts';

export interface Step {
  kind: 'trade' | 'pending' | 'close' | 'change';
  from: Order;
  event: OrderEvent;
  to: Order;
}

const half: Order = {
  ...sentOrder,
  ...{ action: 'close_position', lot: 0.05, sl: 0, tp: 0, session: 'a' },
  change: {
    ...{ action: 'close_position', position: '11', lot: 0.05 },
    before: { symbol: sentOrder.symbol, side: 'buy', lots: 0.1, price: 2400, sl: 0, tp: 0 },
  },
};

/** A buy limit order, which waits for its price. */
const limit: Order = {
  ...{ ...sentOrder, session: 'a' },
  entry: { kind: 'limit', price: 2.5, limitPrice: null, until: 'gtc' },
};

function kindOf({ action, entry = null }: Order): Step['kind'] {
  if (entry !== null) return 'pending';
  return isEntry(action) ? 'trade' : isClose(action) ? 'close' : 'change';
}

/** Every step that an order can make, from a buy, a buy limit, a close by symbol, and a change of one position that were sent. */
export function explore(): Step[] {
  const found: Step[] = [];
  const seen = new Set<string>();
  const waiting: Order[] = [sentOrder, { ...sentOrder, action: 'close', lot: 0.01, sl: 0, tp: 0 }, half, limit];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const event of allEvents()) {
      // What is known not to have been sent hears of nothing any more, and only what is on its way is kept here.
      if (event.type === 'not_sent' && from.state !== 'sent') continue;
      const { order: to } = transition(from, event);
      found.push({ kind: kindOf(from), from, event, to });
      const key = likeness(to);
      if (to.state === 'refused' || seen.has(key)) continue;
      seen.add(key);
      waiting.push(to);
    }
  }
  return found;
}

/** Orders that are alike take the same steps. Words and counts make no difference but by whether they are there. */
function likeness(order: Order): string {
  const { action, state, doubt, ticket, price, tradedLot, unverified, assumed, late, contradicted } = order;
  const { closeReported, settledBy, brokenFeedback, roundTripMs, message } = order;
  const deals = order.deals?.length ?? 0;
  const are = [closeReported, settledBy, brokenFeedback, roundTripMs].map((value) => value !== null);
  const words = state === 'unknown' ? message : null;
  return JSON.stringify([
    action,
    state,
    doubt,
    ticket,
    price,
    tradedLot,
    unverified,
    assumed,
    late,
    contradicted,
    are,
    words,
    order.entry?.kind,
    deals,
  ]);
}
