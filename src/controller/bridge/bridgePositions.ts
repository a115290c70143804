import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { ExecutionReports } from '../orders/executionReports.ts';
import { PositionReconciler } from '../orders/positionReconciler.ts';
import type { SentOrders } from '../orders/sentOrders.ts';
import { watchedKey } from '../orders/watchMemory.ts';
import type { Platform } from '../records/platform.ts';
import type { BridgeOfOrders } from './bridgeParts.ts';

/** Compares a bridge's orders with the positions that its EA reports. */
export function bridgePositions(
  { id, settings }: BridgeOfOrders,
  { clock, journalWriter }: Platform,
  account: ReportedFigures,
  sentOrders: SentOrders,
  reports: () => ExecutionReports,
): PositionReconciler {
  return new PositionReconciler({
    clock,
    closed: (number, remaining) => {
      reports().closeConfirmed(number, remaining);
    },
    open: (except) => sentOrders.openTrades(except),
    hedging: () => (account.positionMode ?? settings().positionMode) === 'hedging',
    rose: (order, interest, before, now) => {
      reports().positionsSay(order, { type: 'positions_rose', interest, before, now });
    },
    quiet: (order) => {
      reports().positionsSay(order, { type: 'positions_quiet' });
    },
    remember: (watched) => {
      journalWriter.record({ type: 'remember', key: watchedKey(id), value: watched });
    },
  });
}
