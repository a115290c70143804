import { type CodePage, defaultCodePage, missingIn } from './codePage.ts';
import { isSignalId } from '../../domain/signalId.ts';
import { visible } from '../../base/visibleText.ts';
import type { PendingEntry } from '../../domain/orders/pendingEntry.ts';
import type { LotLimits } from '../../domain/lotLimits.ts';
import type { LotRules } from '../../domain/v7Lots.ts';
import {
  checkLot,
  isClose,
  problem,
  type SignalAction,
  signalActions,
  type SignalProblem,
  type StopUnit,
  symbolPattern,
  symbolRule,
} from '../../domain/tradeTerms.ts';

/** A trade command in the wire's field names (W2). `lot` is in lots, `sl` and `tp` are in the bridge's stop unit, 0 is none. */
export interface Signal {
  action: SignalAction;
  symbol: string;
  lot: number;
  tp: number;
  sl: number;
  signal_id: string;
  /** Of an order that waits for its price, which only an EA of protocol 8 takes; null or left out: at the market. */
  entry?: PendingEntry | null;
}

/** Limits of what one bridge's EA accepts: stop unit and lots. */
export interface SignalRules {
  /** Null: not set; then only orders without stops can be written. */
  stopUnit: StopUnit | null;
  lots: LotRules;
  /** Code page of the terminal (W13); left out: Windows-1252. */
  codePage?: CodePage | undefined;
}

/** Lots of a close are ignored by the EA, so no limit of a bridge applies to them. */
const anyLots: LotLimits = { min: 0.01, max: 999_999, step: 0.01 };
const pricePattern = /^\d{1,12}(\.\d{1,8})?$/;
const pointsPattern = /^\d{1,7}$/;

/**
 * The first problem of a signal that must not reach an EA (W1–W6), or null. Checks read numbers as written on the
 * wire, so that 0.1 + 0.2 or 1e-7 can't slip through a rounding.
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

const stopNames = { sl: 'Stop loss', tp: 'Take profit' } as const;

function checkStop(field: 'sl' | 'tp', value: number, rules: SignalRules): SignalProblem | null {
  const text = String(value);
  if (rules.stopUnit === null) {
    return value === 0
      ? null
      : problem(
          field,
          `${stopNames[field]} ${text} can't be sent: it is not set whether this EA reads stops as points or as prices. Set the stop unit of the bridge.`,
        );
  }
  if (rules.stopUnit === 'points') {
    return pointsPattern.test(text)
      ? null
      : problem(
          field,
          `${stopNames[field]} ${text} is not a whole number of points. Type the distance from the price in points, such as 150, at most 9999999; 0 is none.`,
        );
  }
  return pricePattern.test(text)
    ? null
    : problem(
        field,
        `${stopNames[field]} ${text} is not a price. Type one with at most 8 decimals, such as 1.0835; 0 is none.`,
      );
}
