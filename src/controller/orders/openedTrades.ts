import type { EngineSource, Order } from '../../domain/orders/order.ts';
import { isSameAccount } from '../../domain/orders/seen.ts';
import type { OpenPosition, PendingOrder } from '../../domain/positions/openTrades.ts';
import { isChange, isClose, isEntry } from '../../domain/tradeTerms.ts';

/** Most that a time told by an EA may be early, ms: it is the broker's clock by its offset of now, which daylight saving moves. */
const mostShiftMs = 2 * 3_600_000;

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

  private isOf(engine: EngineSource, trade: OpenPosition | PendingOrder): boolean {
    const { signalId, source, symbol, side } = trade;
    if (signalId === null || source !== engine) return false;
    const { key, names } = this.parts.identity;
    const order = this.parts.find(signalId);
    if (order?.source !== engine || order.account === null || !mayHaveOpened(order)) return false;
    if (!isSameAccount(order.account, { account: key, accountNames: names }) || order.symbol !== symbol) return false;
    if (isClose(order.action) || isChange(order.action)) return false;
    const at = 'position' in trade ? trade.openedAt : trade.placedAt;
    // An ID that another desk has used proves nothing about what was open before.
    return (!isEntry(order.action) || order.action === side) && (at === null || at >= order.at - mostShiftMs);
  }
}

/** An EA that has had another order of this ID before answers so that nobody can tell whose the position is. */
function mayHaveOpened({ state, doubt }: Order): boolean {
  return state !== 'rejected' && doubt !== 'unclear_status';
}
