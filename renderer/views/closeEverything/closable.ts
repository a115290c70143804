import type { BridgeState } from '../../../src/api/state/state.ts';

/** What can be closed on a bridge's account. */
export interface Closable {
  /** An EA is connected. */
  isReachable: boolean;
  /** Each position is closed by its number. */
  isListed: boolean;
  /** What stays open, or why nothing can be sent; null: nothing is known to. */
  warning: string | null;
}

export function closable({ account, channels, openTrades, speaks8 }: BridgeState): Closable {
  if (channels.command.peer === null) {
    return { isReachable: false, isListed: false, warning: 'No EA is connected: close in MT5.' };
  }
  if (speaks8 && openTrades.isCurrent && openTrades.positions !== null) {
    return { isReachable: true, isListed: true, warning: null };
  }
  const count = account.positions === null ? '' : ` (${String(account.positions)} on the account)`;
  const warning = `This EA lists no positions${count}. It is told to close those that it opened itself: what was opened by hand or by another EA, and pending orders, stay.`;
  return { isReachable: true, isListed: false, warning };
}
