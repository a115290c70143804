import type { Order, OrderQuote } from '../../domain/orders/order.ts';
import type { ChangeFacts } from '../../domain/positions/changeCheck.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { ListedTrades } from '../account/listedTrades.ts';
import { OpenedTrades } from '../orders/openedTrades.ts';
import { mayBeOn } from '../orders/orphans.ts';
import type { SentOrders } from '../orders/sentOrders.ts';
import { UnlistedChanges } from '../orders/unlistedChanges.ts';

interface ChangeGroundParts {
  identity: AccountIdentity;
  listed: ListedTrades;
  sentOrders: SentOrders;
  /** Orders in doubt of removed bridges. */
  orphans: () => Order[];
  /** The current quote of a symbol; null: none that is a price. */
  quote: (symbol: string) => OrderQuote | null;
  /** Whether each trade is a position of its own. */
  isHedging: () => boolean;
}

/** What a change of a position or pending order is compared with when it leaves. */
export class ChangeGround {
  private readonly parts: ChangeGroundParts;
  private readonly unlisted = new UnlistedChanges();
  private readonly opened: OpenedTrades;

  constructor(parts: ChangeGroundParts) {
    this.parts = parts;
    const { identity, isHedging, sentOrders } = parts;
    this.opened = new OpenedTrades({ identity, isHedging, find: (signalId) => sentOrders.findOnAny(signalId) });
  }

  /** Records an order's new state. */
  follow(order: Order): void {
    this.unlisted.follow(order, this.parts.listed.shown.now);
  }

  now(): Omit<ChangeFacts, 'isOwnEa'> & { opened: OpenedTrades } {
    const { identity, listed, sentOrders, orphans, quote } = this.parts;
    const trades = listed.shown.now;
    const open = [...sentOrders.changesUnderWay(), ...orphans()];
    return {
      ...{ account: identity.key, accountNames: identity.names, trades, quote },
      // The same number is another position on another account.
      underWay: open.filter((order) => mayBeOn(identity, order)),
      unlisted: this.unlisted.since(trades),
      opened: this.opened,
    };
  }
}
