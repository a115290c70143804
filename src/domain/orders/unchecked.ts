import type { StopUnit } from '../tradeTerms.ts';

/** A trade as it would leave: stops in the bridge's unit, 0 is none. */
interface UncheckedTrade {
  sl: number;
  tp: number;
  stopUnit: StopUnit | null;
}

/** Whether stops in points would leave though no quote shows the symbol's point. */
export function pointUnchecked({ sl, tp, stopUnit }: UncheckedTrade, quote: { point: number | null } | null): boolean {
  return stopUnit === 'points' && (sl !== 0 || tp !== 0) && (quote?.point ?? null) === null;
}

/** What could not be checked of an order, as people are told; empty: nothing. */
export function uncheckedWords(unchecked: readonly ('point' | 'margin_after')[]): string {
  return unchecked.map((each) => words[each]).join(', ');
}

const words = { point: 'point not checked', margin_after: 'margin after: not known' } as const;
