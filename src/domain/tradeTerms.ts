import { flooredReason, keepsLot, type LotRules } from './v7Lots.ts';

export const signalActions = ['buy', 'sell', 'close', 'close_all'] as const;

export type SignalAction = (typeof signalActions)[number];

/** W5: what the EA of a bridge takes `sl` and `tp` for. A setting, never guessed. */
export const stopUnits = ['points', 'price'] as const;

export type StopUnit = (typeof stopUnits)[number];

/** How the account books positions: one a symbol, or each trade its own. A setting: EAs don't tell. */
export const positionModes = ['hedging', 'netting'] as const;

export type PositionMode = (typeof positionModes)[number];

export type SignalField = 'action' | 'symbol' | 'lot' | 'sl' | 'tp' | 'signal_id';

export interface SignalProblem {
  field: SignalField;
  code: `invalid_${SignalField}`;
  reason: string;
}

/** W2: what a close carries beside its symbol. W3: a close_all needs a symbol all the same. */
export const closeFields = { lot: 0.01, tp: 0, sl: 0 } as const;

export const allSymbols = 'ALL';

/** An exit that v7 answers to by itself: it opens no risk. */
export function isClose(action: SignalAction): boolean {
  return action === 'close' || action === 'close_all';
}

/**
 * W1: v7 reads to the next quote or comma, so those, backslashes and what nobody can see are all that a symbol can't have.
 * Which other characters a bridge can send is its code page's matter.
 */
export const symbolPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){1,31}(?<! )$/u;

export const symbolSuffixPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){0,10}(?<! )$/u;

/** The end of a sentence. */
export const symbolRule = '1 to 31 characters without quotation mark, comma, backslash or a blank at its ends';

const lotPattern = /^\d{1,6}(\.\d{1,2})?$/;

export function checkLot(lot: number, limits: LotRules): SignalProblem | null {
  const text = String(lot);
  if (!lotPattern.test(text)) return problem('lot', `Lots ${text} must be a number above 0 with at most 2 decimals.`);
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
