import type { ChangeRequest } from '../../api/contract.ts';
import { checkChange, type ChangeFacts } from '../../domain/positions/changeCheck.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import { byPerson } from './newOrder.ts';
import type { ExecutingEa } from './orderPorts.ts';
import type { OrderSender } from './orderSender.ts';

/** Changes of open positions and pending orders: each is an order, checked against the EA's lists when it leaves. */
export class TradeChanges {
  private readonly orders: OrderSender;
  private readonly ea: Pick<ExecutingEa, 'session'>;
  private readonly facts: () => Omit<ChangeFacts, 'isOwnEa'>;

  constructor(orders: OrderSender, ea: Pick<ExecutingEa, 'session'>, facts: () => Omit<ChangeFacts, 'isOwnEa'>) {
    this.orders = orders;
    this.ea = ea;
    this.facts = facts;
  }

  send({ change, seen, account, away, signalId }: ChangeRequest, by: PersonSource): Promise<Order> {
    return this.orders.change({ change, seen, signalId }, byPerson(by), (order) =>
      checkChange(order, { account, away }, { ...this.facts(), isOwnEa: this.ea.session() !== null }),
    );
  }
}
