import type { OrderChange, SeenTrade } from '../../domain/orders/orderChange.ts';
import type { OpenTrades } from '../../domain/positions/openTrades.ts';
import { seenPending, seenPosition } from '../../domain/positions/seenTrades.ts';
import { opensPosition } from './openRisk.ts';

/** The key of all that an EA which lists nothing has opened. */
export const everything = 'all';

/** A position or pending order that is to be closed. */
export interface Target {
  key: string;
  /** The order ID by which it came; null: not known. */
  signalId: string | null;
  change: OrderChange;
  seen: SeenTrade;
}

/** What is listed as open. One that is listed twice is closed once. */
export function openTargets(trades: OpenTrades): Target[] {
  const { positions, orders } = trades;
  const all = [
    // First what could still open a position.
    ...(orders ?? []).filter(opensPosition).map((order): Target => ({
      ...{ key: `order ${order.order}`, change: { action: 'cancel_order', order: order.order } },
      ...{ signalId: order.signalId, seen: seenPending(order) },
    })),
    ...(positions ?? []).map((position): Target => ({
      key: `position ${position.position}`,
      change: { action: 'close_position', position: position.position, lot: null },
      ...{ signalId: position.signalId, seen: seenPosition(position) },
    })),
  ];
  return [...new Map(all.map((target) => [target.key, target])).values()];
}

/** The key of what a buy or sell opens that the EA does not list yet. */
export function entryKey(signalId: string): string {
  return `entry ${signalId}`;
}

/** Whether it is one of those of which the keys are. */
export function isOf({ key, signalId }: Target, only: ReadonlySet<string>): boolean {
  return key === everything || only.has(key) || (signalId !== null && only.has(entryKey(signalId)));
}
