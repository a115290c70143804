import { isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { Side, StopKind, TypedStopUnit } from '../../../../src/domain/sizing/stops.ts';
import type { StopViews } from '../../ticket/form/stopHint.ts';

/** What a dragged price is rounded and limited by. */
export interface DragGround {
  bid: number;
  ask: number;
  /** The symbol's smallest step of price. */
  point: number;
  digits: number;
}

/**
 * The nearest price at which a stop can stand: a whole number of points, on its own side of the market. A stop loss
 * of a buy stands below the bid, which hits it, its take profit above the ask; of a sell the other way round.
 */
export function stopPriceAt(price: number, kind: StopKind, side: Side, ground: DragGround): number {
  const { bid, ask, point, digits } = ground;
  const rounded = Math.round(price / point) * point;
  const isBelow = (kind === 'sl') === (side === 'buy');
  const allowed = isBelow ? Math.min(rounded, bid - point) : Math.max(rounded, ask + point);
  return Number(Math.max(allowed, point).toFixed(digits));
}

/**
 * A stop's text in the ticket.
 * @param views the stop at its price, in every unit
 * @param pips decimals of a pip that one point makes
 * @returns the text, or why there is none
 */
export function stopText(views: StopViews, unit: TypedStopUnit, digits: number, pips: number): string | Unavailable {
  const value = views[unit];
  if (isUnavailable(value)) return value;
  switch (unit) {
    case 'points':
      return String(Math.round(value));
    case 'pips':
      return String(Number(value.toFixed(pips)));
    case 'price':
      return value.toFixed(digits);
    case 'money':
      return value.toFixed(2);
  }
}

/** Decimals of pips that whole points need; 1 where a pip is ten points. */
export function pipDecimals(point: number, pip: number | null): number {
  return pip === null ? 1 : Math.max(0, Math.round(Math.log10(pip / point)));
}
