import type { ChangeRequest } from '../../api/queries/changeRequest.ts';
import { type ChangeConsent, checkChange, type ChangeFacts } from '../../domain/positions/changeCheck.ts';
import type { DeskSource, Order, PersonSource } from '../../domain/orders/order.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { type ClosingChange, closingChanges } from '../../domain/positions/closingChanges.ts';
import { byPerson, type OrderOrigin } from './newOrder.ts';
import type { ChangeDraft } from './orderDrafts.ts';
import type { OpenedTrades } from './openedTrades.ts';
import type { AskAgain, ExecutingEa } from './orderPorts.ts';
import type { OrderSender } from './orderSender.ts';

type Ground = Omit<ChangeFacts, 'isOwnEa'> & { opened: OpenedTrades };

/** Changes that are sent one after the other before the event loop turns. */
const atOnce = 50;

/** Changes of open positions and pending orders: each is an order, checked against the EA's lists when it leaves. */
export class TradeChanges {
  private readonly orders: OrderSender;
  private readonly ea: Pick<ExecutingEa, 'session'>;
  private readonly facts: () => Ground;

  constructor(orders: OrderSender, ea: Pick<ExecutingEa, 'session'>, facts: () => Ground) {
    this.orders = orders;
    this.ea = ea;
    this.facts = facts;
  }

  send({ change, seen, account, away, signalId }: ChangeRequest, by: PersonSource | DeskSource): Promise<Order> {
    return this.sendFor({ change, seen, signalId }, byPerson(by), { account, away });
  }

  /** @param again asked before the order is written, and again right before it is sent */
  async sendFor(
    draft: ChangeDraft,
    origin: OrderOrigin,
    consent: ChangeConsent,
    again: AskAgain = () => null,
  ): Promise<Order> {
    const [order] = await this.sendAll([draft], origin, consent, again);
    if (order === undefined) throw new Error('A change came back without its order.');
    return order;
  }

  /** Sends changes, of which no two are the same, with one commit. */
  private sendAll(
    drafts: readonly ChangeDraft[],
    origin: OrderOrigin,
    consent: ChangeConsent,
    again: AskAgain = () => null,
  ): Promise<Order[]> {
    return this.orders.change(drafts, origin, (order) => again(order) ?? checkChange(order, consent, this.now()));
  }

  /** Records a change that was refused before any check. */
  refuse(draft: ChangeDraft, origin: OrderOrigin, refusal: Refusal): Order {
    return this.orders.refuse(draft, origin, refusal);
  }

  /** Why what is open now is against a change that nobody has sent yet; null: nothing. */
  refusal(change: StoredChange, consent: ChangeConsent): Refusal | null {
    return checkChange({ number: Number.MAX_SAFE_INTEGER, change }, consent, this.now());
  }

  /** What is open, and what is known of it now. */
  now(): ChangeFacts & Ground {
    return { ...this.facts(), isOwnEa: this.ea.session() !== null };
  }

  /**
   * Closes every listed position and, where asked, cancels every pending order, without waiting for results.
   * @param account name of the account on the screen
   * @returns null: nothing is listed in this session
   */
  async closeAll(account: string | null, pending: boolean, by: PersonSource): Promise<Order[] | null> {
    const { trades } = this.now();
    if (trades.positions === null || !trades.isCurrent) return null;
    return this.closeThese(closingChanges(trades, pending), account, by);
  }

  /**
   * Closes positions and cancels pending orders, of which no two are the same, without waiting for results.
   * @param account name of the account that they are of
   */
  async closeThese(
    asked: readonly ClosingChange[],
    account: string | null,
    by: PersonSource | DeskSource,
  ): Promise<Order[]> {
    const sent: Order[] = [];
    for (let first = 0; first < asked.length; first += atOnce) {
      const drafts = asked.slice(first, first + atOnce).map((each) => ({ ...each, signalId: '' }));
      // Between parts the event loop reads what has come.
      sent.push(...(await this.sendAll(drafts, byPerson(by), { account, away: false })));
    }
    return sent;
  }
}
