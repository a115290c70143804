import type { SettlementRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import { orderKey, type OrderRef } from '../../domain/orders/orderRef.ts';
import { transition } from './orderLifecycle.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';

export interface OrphansContext {
  clock: Clock;
  journal: JournalOrders;
  journalWriter: JournalWriter;
  publish: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
}

/**
 * Orders in doubt of bridges that are in the journal but no longer in the app: renamed or removed from the settings.
 * Their EA may have traded them, perhaps on another bridge by now.
 */
export class Orphans {
  private readonly context: OrphansContext;
  /** Orders by {@link orderKey}. */
  private readonly orders = new Map<string, Order>();

  constructor(context: OrphansContext) {
    this.context = context;
  }

  /** The orphans, oldest first. */
  list(): Order[] {
    return [...this.orders.values()];
  }

  /** Collects orders in doubt of bridges that aren't there, and drops those whose bridge is. */
  look(isThere: (bridge: string) => boolean): void {
    for (const [key, { bridge }] of this.orders) if (isThere(bridge)) this.orders.delete(key);
    const found = new Map<string, Order[]>();
    for (const order of this.context.journal.ordersInDoubt(null)) {
      if (isThere(order.bridge) || this.orders.has(orderKey(order))) continue;
      const orphan = order.state === 'sent' ? this.keep(transition(order, { type: 'restarted' }).order) : order;
      this.put(orphan);
      found.set(order.bridge, [...(found.get(order.bridge) ?? []), orphan]);
    }
    for (const [bridge, orders] of found) this.context.alarm(tradingAlarms.orphaned(bridge, orders));
  }

  find(order: OrderRef): Order | null {
    return this.orders.get(orderKey(order)) ?? null;
  }

  /**
   * Settles an orphan with a person's finding in MT5.
   * @throws ContractFailure when it can't be written
   */
  settle(order: Order, { found, note }: SettlementRequest, by: PersonSource): Order {
    const { clock, journalWriter } = this.context;
    const settledBy = { by, at: clock.now(), note };
    const { order: settled } = transition(order, { type: 'settled_by_hand', found, settledBy });
    const failure = journalWriter.commit({ type: 'order', order: settled, frame: null });
    if (failure !== null) {
      const message = `What you found can't be written down: ${failure} Make room on the disk, then settle it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.orders.delete(orderKey(order));
    this.context.publish(settled);
    return settled;
  }

  private keep(order: Order): Order {
    this.context.journalWriter.record({ type: 'order', order, frame: null });
    return order;
  }

  private put(order: Order): void {
    this.orders.set(orderKey(order), order);
    this.context.publish(order);
  }
}

/**
 * Whether an order may be open on an account. Names of different kinds, such as a uuid and login@server, can't be
 * compared.
 */
export function mayBeOn(
  { key, names }: { key: string | null; names: readonly string[] },
  { account }: Pick<Order, 'account'>,
): boolean {
  if (key === null || account === null || account === key || names.includes(account)) return true;
  return account.includes('@') !== key.includes('@');
}
