import type { StopUnit } from '../tradeTerms.ts';

/** A trade before it is sent: stops in the bridge's unit, 0 is none. */
interface UncheckedTrade {
  sl: number;
  tp: number;
  stopUnit: StopUnit | null;
}

/** Whether the order has stops in points although no quote confirms the symbol's point. */
export function pointUnchecked({ sl, tp, stopUnit }: UncheckedTrade, quote: { point: number | null } | null): boolean {
  return stopUnit === 'points' && (sl !== 0 || tp !== 0) && (quote?.point ?? null) === null;
}

/** Sentence for a person about the checks that were impossible for an order; empty: none. */
export function uncheckedWords(unchecked: readonly ('point' | 'margin_after')[]): string {
  return unchecked.map((each) => words[each]).join(', ');
}

const words = { point: 'point not checked', margin_after: 'margin after: not known' } as const;
