import { defaultCodePage, missingIn, type CodePage } from './codePage.ts';
import { isSignalId } from '../../domain/signalId.ts';
import { visible } from '../../base/visibleText.ts';
import type { LotLimits } from '../../domain/lotLimits.ts';
import { flooredReason, keepsLot, type LotRules } from '../../domain/v7Lots.ts';

export const signalActions = ['buy', 'sell', 'close', 'close_all'] as const;
export type SignalAction = (typeof signalActions)[number];

/** W5: what the EA of a bridge takes `sl` and `tp` for. A setting, never guessed. */
export const stopUnits = ['points', 'price'] as const;
export type StopUnit = (typeof stopUnits)[number];

/** A trade command in the wire's field names (W2). `lot` is in lots, `sl` and `tp` are in the bridge's stop unit, 0 is none. */
export interface Signal {
  action: SignalAction;
  symbol: string;
  lot: number;
  tp: number;
  sl: number;
  signal_id: string;
}

/** How the account books positions: one a symbol, or each trade its own. A setting: EAs don't tell. */
export const positionModes = ['hedging', 'netting'] as const;
export type PositionMode = (typeof positionModes)[number];

/** What the EA of one bridge takes: its stop unit and its lots. */
export interface SignalRules {
  /** Null: not set, and only orders without stops can be written. */
  stopUnit: StopUnit | null;
  lots: LotRules;
  /** Of the terminal (W13); Windows-1252 when left out. */
  codePage?: CodePage | undefined;
}

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

/** The lots of a close mean nothing: no limit of a bridge may stand in its way. */
const anyLots: LotLimits = { min: 0.01, max: 999_999, step: 0.01 };

/**
 * W1: v7 reads to the next quote or comma, so those, backslashes and what nobody can see are all that a symbol can't have.
 * Which other characters a bridge can send is its code page's matter.
 */
export const symbolPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){1,31}(?<! )$/u;
export const symbolSuffixPattern = /^(?! )(?:(?![",\\\p{C}\p{Zl}\p{Zp}]).){0,10}(?<! )$/u;
/** The end of a sentence. */
export const symbolRule = '1 to 31 characters without quotation mark, comma, backslash or a blank at its ends';
const lotPattern = /^\d{1,6}(\.\d{1,2})?$/;
const pricePattern = /^\d{1,12}(\.\d{1,8})?$/;
const pointsPattern = /^\d{1,7}$/;

/**
 * The first thing about a signal that must not reach an EA (W1–W6), or null. Every check reads the number as it
 * would be written on the wire, so that 0.1 + 0.2 or 1e-7 can't slip through a rounding.
 */
export function checkSignal(signal: Signal, rules: SignalRules): SignalProblem | null {
  if (!signalActions.includes(signal.action)) {
    return problem('action', `Action "${signal.action}" is not one of ${signalActions.join(', ')}.`);
  }
  if (!symbolPattern.test(signal.symbol)) {
    return problem('symbol', `Symbol "${visible(signal.symbol)}" must have ${symbolRule}.`);
  }
  const missing = missingIn(signal.symbol, rules.codePage);
  if (missing.length > 0) {
    const page = rules.codePage ?? defaultCodePage;
    return problem(
      'symbol',
      `Symbol "${signal.symbol}" has ${missing.join(' ')}, which the code page ${page} of this bridge lacks.`,
    );
  }
  if (!isSignalId(signal.signal_id)) {
    return problem('signal_id', `Signal ID "${signal.signal_id}" must be 1 to 31 letters, digits or _ . -.`);
  }
  const lots = isClose(signal.action) ? anyLots : rules.lots;
  return checkLot(signal.lot, lots) ?? checkStop('sl', signal.sl, rules) ?? checkStop('tp', signal.tp, rules);
}

function checkLot(lot: number, limits: LotRules): SignalProblem | null {
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

const stopNames = { sl: 'Stop loss', tp: 'Take profit' } as const;

function checkStop(field: 'sl' | 'tp', value: number, rules: SignalRules): SignalProblem | null {
  const text = String(value);
  if (rules.stopUnit === null) {
    return value === 0
      ? null
      : problem(field, `${stopNames[field]} ${text} can't be written: the stop unit of this bridge is not set.`);
  }
  if (rules.stopUnit === 'points') {
    return pointsPattern.test(text)
      ? null
      : problem(
          field,
          `${stopNames[field]} ${text} must be a whole number of points from 0 to 9999999: this bridge's EA reads stops as points.`,
        );
  }
  return pricePattern.test(text)
    ? null
    : problem(
        field,
        `${stopNames[field]} ${text} must be a price, or 0 for none: this bridge's EA reads stops as prices.`,
      );
}

function problem(field: SignalField, reason: string): SignalProblem {
  return { field, code: `invalid_${field}`, reason };
}
