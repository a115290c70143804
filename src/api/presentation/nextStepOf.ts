import { shownState, tradedDiffers, type Order } from '../../domain/orders/order.ts';
import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import { rejectAdvice } from '../../protocol/ea/rejectAdvice.ts';

/** Advice on a rejection. A change is tried again, not fired. */
function adviceOn({ action, message }: Order): string {
  const advice = rejectAdvice(message);
  return isChange(action) ? advice.replaceAll('Fire again', 'Try again') : advice;
}

/** What a person can do about an order now; null: nothing is to be done. */
export function nextStepOf(order: Order): string | null {
  const { action, contradicted, refusal, settledBy, unverified } = order;
  if (contradicted) return 'Look in MT5 which of its results is true.';
  const state = shownState(order);
  switch (state) {
    case 'sent':
    case 'dismissed':
      return null;
    case 'refused':
      return refusal?.nextStep ?? null;
    case 'rejected':
      return settledBy === null ? adviceOn(order) : null;
    case 'unknown':
      return 'Look in MT5, then settle it here. It is not sent again.';
    case 'placed':
      return 'Change or cancel it under Positions. What fills it is found by its deal.';
    case 'cancelled':
      return null;
    case 'filled':
      if (settledBy !== null || !isEntry(action)) return null;
      if (unverified) return 'Look in MT5 whether it was traded, and at which price.';
      return tradedDiffers(order) ? 'Look in MT5 whether the position is as large as you want it.' : null;
  }
}
