import type { BridgeState } from '../../src/api/state/state.ts';
import { accountCurrency } from '../accountCurrency.ts';
import { limitRefusal } from './limitWords.ts';
import { refusalWords } from './refusalWords.ts';

/** Why every buy and sell of a bridge is refused now. */
export interface Block {
  /** Two or three words for a button. */
  word: string;
  reason: string;
  nextStep: string;
  /** An order on its way: it says so itself. */
  isOrder: boolean;
}

/** @param connected whether this window reaches the app */
export function blockOf(bridge: BridgeState, connected: boolean): Block | null {
  if (!connected)
    return {
      word: 'app not reached',
      reason: 'This window has lost the app, so nothing can be sent from it.',
      nextStep: 'It is tried again every second. Close in MT5 if it is urgent.',
      isOrder: false,
    };
  const { obstacle } = bridge;
  if (obstacle !== null) {
    const { code, reason, nextStep } = obstacle;
    return { word: refusalWords[code], reason, nextStep, isOrder: code === 'busy' };
  }
  // Limits are judged once the EA's current figures are there; before, another guard refuses.
  const limit = bridge.stream === 'current' ? limitRefusal(bridge.risk, accountCurrency(bridge)) : null;
  return limit === null ? null : { word: 'limit reached', ...limit, isOrder: false };
}
