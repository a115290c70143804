import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import { brokerSymbol } from '../../../../src/domain/market/symbolTable.ts';
import type { Side } from '../../../../src/domain/sizing/stops.ts';

/** An order in the same symbol and side within the duplicate window, which refuses another one. */
export interface Repetition {
  signalId: string;
  /** When it was fired, ms since the epoch. */
  at: number;
  /** Until another one is let through, ms. */
  leftMs: number;
}

/**
 * Null: nothing is repeated.
 * @param orders the newest first, of any bridge
 * @param now the app's time
 */
export function repetitionOf(
  side: Side,
  symbol: string,
  bridge: BridgeState,
  orders: readonly Order[],
  now: number,
): Repetition | null {
  const windowMs = bridge.limits.duplicateWindowS * 1_000;
  const named = brokerSymbol(bridge, symbol);
  const earlier = orders.find(
    (order) =>
      order.bridge === bridge.id &&
      order.action === side &&
      order.symbol === named &&
      order.state !== 'refused' &&
      order.state !== 'rejected',
  );
  if (earlier === undefined) return null;
  const leftMs = earlier.at + windowMs - now;
  return leftMs > 0 ? { signalId: earlier.signalId, at: earlier.at, leftMs } : null;
}
