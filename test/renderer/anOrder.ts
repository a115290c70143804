import type { Order } from '../../src/domain/orders/order.ts';
import { sentOrder } from '../support/sentOrder.ts';

/** The same order right after it was sent. */
export function aSentOrder(changes: Partial<Order> = {}): Order {
  return { ...sentOrder, account: 'paper-001', signalId: 'VENOM_XAU_001', sl: 2000, tp: 4000, ...changes };
}

/** An order that was filled, unless it is said otherwise. */
export function anOrder(changes: Partial<Order> = {}): Order {
  return aSentOrder({ state: 'filled', ticket: '8412389', price: 2341.47, roundTripMs: 88, ...changes });
}
