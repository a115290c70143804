import { noCommonLots } from './lotLimits.ts';
import { flooredReason, keepsLot, type LotRules } from './v7Lots.ts';

export const signalActions = ['buy', 'sell', 'close', 'close_all'] as const;

export type SignalAction = (typeof signalActions)[number];

/** N3: changes of one position or pending order, which its number names. Only an EA of protocol 8 takes them. */
const changeActions = ['close_position', 'close_by', 'modify_position', 'modify_order', 'cancel_order'] as const;

export type ChangeAction = (typeof changeActions)[number];

export type OrderAction = SignalAction | ChangeAction;

/** W5: unit in which a bridge's EA reads `sl` and `tp`. A setting, never guessed. */
export const stopUnits = ['points', 'price'] as const;

export type StopUnit = (typeof stopUnits)[number];

/** Position accounting: one position a trade (hedging), or one a symbol (netting). A setting: EAs don't report it. */
export const positionModes = ['hedging', 'netting'] as const;

export type PositionMode = (typeof positionModes)[number];

export type SignalField = 'action' | 'symbol' | 'lot' | 'sl' | 'tp' | 'signal_id';

export interface SignalProblem {
  field: SignalField;
  code: `invalid_${SignalField}`;
  reason: string;
}

/** W2: fields of a close besides its symbol. W3: a close_all needs a symbol too. */
export const closeFields = { lot: 0.01, tp: 0, sl: 0 } as const;

export const allSymbols = 'ALL';

/** Whether the action buys or sells: it opens risk, and counts for limits and statistics. */
export function isEntry(action: OrderAction): action is 'buy' | 'sell' {
  return action === 'buy' || action === 'sell';
}

/** Whether the action closes positions by symbol, or all. */
export function isClose(action: OrderAction): action is 'close' | 'close_all' {
  return action === 'close' || action === 'close_all';
}

/** Whether the action changes one position or pending order that is there. */
export function isChange(action: OrderAction): action is ChangeAction {
  return (changeActions as readonly string[]).includes(action);
}

/** Whether the action does nothing but close positions or delete pending orders. */
export function onlyCloses(action: OrderAction): boolean {
  return isClose(action) || action === 'close_position' || action === 'close_by' || action === 'cancel_order';
}

/**
 * W1: v7 reads to the next quote or comma, so a symbol has neither these nor backslashes nor invisible characters. The code
 * page decides which other characters a bridge can send.
 */
export const symbolPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){1,31}(?<! )$/u;

export const symbolSuffixPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){0,10}(?<! )$/u;

/** The rule, as the end of a sentence. */
export const symbolRule = '1 to 31 characters without quotation mark, comma, backslash or a blank at its ends';

const lotPattern = /^\d{1,6}(\.\d{1,2})?$/;

export function checkLot(lot: number, limits: LotRules): SignalProblem | null {
  const text = String(lot);
  if (!lotPattern.test(text)) return problem('lot', `Lots ${text} must be a number above 0 with at most 2 decimals.`);
  if (limits.min > limits.max) return problem('lot', `${noCommonLots}.`);
  if (lot < limits.min) return problem('lot', `Lots ${text} are below the minimum of ${String(limits.min)}.`);
  if (lot > limits.max) return problem('lot', `Lots ${text} are above the maximum of ${String(limits.max)}.`);
  if (Math.round(lot * 100) % Math.round(limits.step * 100) !== 0) {
    return problem('lot', `Lots ${text} are not a multiple of the step ${String(limits.step)}.`);
  }
  if (!keepsLot(lot, limits)) return problem('lot', flooredReason(lot, limits));
  return null;
}

export function problem(field: SignalField, reason: string): SignalProblem {
  return { field, code: `invalid_${field}`, reason };
}
