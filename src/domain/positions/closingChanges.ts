import type { OrderChange, SeenTrade } from '../orders/orderChange.ts';
import type { OpenTrades, PendingOrder } from './openTrades.ts';
import { seenPending, seenPosition } from './seenTrades.ts';

/** A change, and what it is of as it was listed. */
export interface ClosingChange {
  change: OrderChange;
  seen: SeenTrade;
  /** The order ID by which it came; null: not known. */
  signalId: string | null;
}

/** Whether it waits to open a position. */
export function opensPosition({ kind }: Pick<PendingOrder, 'kind'>): boolean {
  return kind === 'limit' || kind === 'stop' || kind === 'stop_limit';
}

/**
 * What closes all that is listed: pending orders first, as they could still open a position. One that is listed twice is closed
 * once.
 * @param pending whether pending orders are cancelled
 */
export function closingChanges(
  { positions, orders }: Pick<OpenTrades, 'positions' | 'orders'>,
  pending: boolean,
): ClosingChange[] {
  const cancels = (pending ? (orders ?? []) : []).filter(opensPosition).map((order): ClosingChange => ({
    change: { action: 'cancel_order', order: order.order },
    seen: seenPending(order),
    signalId: order.signalId,
  }));
  const closes = (positions ?? []).map((position): ClosingChange => ({
    change: { action: 'close_position', position: position.position, lot: null },
    seen: seenPosition(position),
    signalId: position.signalId,
  }));
  return [...new Map([...cancels, ...closes].map((each) => [JSON.stringify(each.change), each])).values()];
}
