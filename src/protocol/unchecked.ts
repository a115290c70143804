import type { StopUnit } from './signal.ts';

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
