import type { ClosedTrade } from '../../domain/positions/deals.ts';
import type { OpenPosition, PendingOrder } from '../../domain/positions/openTrades.ts';
import type { ListType } from './listRequest.ts';

// Entries of lists for engines: one JSON object each, in the wire's spelling. Numbers of MT5 are text of digits.

/** @param own whether the engine that asks has opened it */
export function positionEntry(position: OpenPosition, own: boolean): Record<string, unknown> {
  const { symbol, side, lots, price, openedAt, sl, tp, profit, swap } = position;
  return {
    ...{ position: position.position, symbol, side, lots, price, opened_at: openedAt, sl, tp, profit, swap },
    ...originOf(position, own),
  };
}

/** @param own whether the engine that asks has placed it */
export function pendingEntry(order: PendingOrder, own: boolean): Record<string, unknown> {
  const { symbol, side, kind, lots, requested, price, limitPrice, until, placedAt, sl, tp } = order;
  return {
    ...{ order: order.order, symbol, side, kind, lots, requested, price, limit_price: limitPrice, until },
    ...{ placed_at: placedAt, sl, tp, ...originOf(order, own) },
  };
}

/** @param own whether the engine that asks has opened its position */
export function dealEntry(trade: ClosedTrade, own: boolean): Record<string, unknown> {
  const { deal, closedAt, openedAt, position, symbol, side, lots, openPrice, closePrice, profit, swap, costs } = trade;
  return {
    ...{ deal, closed_at: closedAt, opened_at: openedAt, position, symbol, side, lots, open_price: openPrice },
    ...{ close_price: closePrice, profit, swap, costs, net: trade.net, closed_by: trade.closedBy ?? trade.reason },
    ...{ signal_id: trade.signalId, opened_by: trade.source ?? trade.openReason, own },
  };
}

/** Context of a page. */
export interface ListContext {
  /** As the request stated it, for the engine to tell answers apart; null: not stated. */
  signalId: string | null;
  bridge: string;
  account: string | null;
  /** When the EA told it, epoch ms; of deals: now. */
  at: number | null;
}

/** @param next cursor of the page that follows; null: this is the last */
export function listReply(
  type: ListType,
  entries: readonly Record<string, unknown>[],
  { signalId, ...context }: ListContext,
  next: string | null,
): string {
  const id = signalId === null ? {} : { signal_id: signalId };
  return JSON.stringify({ type, ...id, ...context, [type]: entries, next });
}

function originOf({ signalId, source, reason }: OpenPosition | PendingOrder, own: boolean): Record<string, unknown> {
  return { signal_id: signalId, opened_by: source ?? reason, own };
}
