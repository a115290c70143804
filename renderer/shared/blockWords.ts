import type { RefusalCode } from '../../src/domain/orders/refusal.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { accountCurrency } from '../accountCurrency.ts';
import { limitRefusal } from './limitWords.ts';

/** Why every buy and sell of a bridge is refused now. */
export interface Block {
  /** Two or three words for a button. */
  word: string;
  reason: string;
  nextStep: string;
  /** An order on its way: it says so itself. */
  isOrder: boolean;
}

const words: Partial<Record<RefusalCode, string>> = {
  kill_switch: 'kill switch is on',
  no_ea: 'no EA',
  second_ea: 'second EA',
  account_changed: 'account not accepted',
  unit_unknown: 'settings missing',
  stale_telemetry: 'no fresh figures',
  no_quotes: 'no prices',
  disarmed: 'not armed',
  busy: 'EA is busy',
  journal_failed: 'journal fails',
};

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
    return { word: words[code] ?? 'blocked', reason, nextStep, isOrder: code === 'busy' };
  }
  // Limits are judged once the EA's current figures are there; before, another guard refuses.
  const limit = bridge.stream === 'current' ? limitRefusal(bridge.risk, accountCurrency(bridge)) : null;
  return limit === null ? null : { word: 'limit reached', ...limit, isOrder: false };
}
