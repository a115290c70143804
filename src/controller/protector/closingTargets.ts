import type { OpenTrades } from '../../domain/positions/openTrades.ts';
import { type ClosingChange, closingChanges } from '../../domain/positions/closingChanges.ts';

/** The key of all that an EA which lists nothing has opened. */
export const everything = 'all';

/** A position or pending order that is to be closed. */
export interface Target extends ClosingChange {
  key: string;
}

/** What is listed as open. */
export function openTargets(trades: OpenTrades): Target[] {
  return closingChanges(trades, true).map((each) => ({
    ...each,
    key: 'order' in each.change ? `order ${each.change.order}` : `position ${each.change.position}`,
  }));
}

/** The key of what a buy or sell opens that the EA does not list yet. */
export function entryKey(signalId: string): string {
  return `entry ${signalId}`;
}

/** Whether it is one of those of which the keys are. */
export function isOf({ key, signalId }: Target, only: ReadonlySet<string>): boolean {
  return key === everything || only.has(key) || (signalId !== null && only.has(entryKey(signalId)));
}
