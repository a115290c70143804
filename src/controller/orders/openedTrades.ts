import type { EngineSource, Order } from '../../domain/orders/order.ts';
import { isSameAccount } from '../../domain/orders/seen.ts';
import type { OpenPosition, PendingOrder } from '../../domain/positions/openTrades.ts';
import { isChange, isClose } from '../../domain/tradeTerms.ts';

interface OpenedTradesParts {
  /** The order sent under an ID, of whatever bridge; null: none. Throws when the journal can't be read. */
  find: (signalId: string) => Order | null;
  identity: { readonly key: string | null; readonly names: readonly string[] };
  /** Whether each trade is a position of its own. */
  isHedging: () => boolean;
}

/** Which open positions and pending orders an engine has opened, as its orders in the journal prove. */
export class OpenedTrades {
  private readonly parts: OpenedTradesParts;

  constructor(parts: OpenedTradesParts) {
    this.parts = parts;
  }

  /**
   * Whether an order of this engine has opened the position, on this account. On a netting account a position is what all
   * have bought and sold in its symbol, so that it is nobody's own.
   */
  isPositionOf(engine: EngineSource, position: OpenPosition): boolean {
    return this.parts.isHedging() && this.isOf(engine, position);
  }

  /** Whether an order of this engine has placed the pending order, on this account. */
  isPendingOf(engine: EngineSource, order: PendingOrder): boolean {
    return this.isOf(engine, order);
  }

  private isOf(engine: EngineSource, { signalId, source, symbol }: OpenPosition | PendingOrder): boolean {
    if (signalId === null || source !== engine) return false;
    const { key, names } = this.parts.identity;
    const order = this.parts.find(signalId);
    return (
      order?.source === engine &&
      order.account !== null &&
      isSameAccount(order.account, { account: key, accountNames: names }) &&
      order.symbol === symbol &&
      !isClose(order.action) &&
      !isChange(order.action)
    );
  }
}
