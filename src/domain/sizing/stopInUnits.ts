import { isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { placeStop } from './moneyStop.ts';
import { perLot, type SizingAccount } from './valuePerLot.ts';
import { exact, over, times, toNumber, type Rational } from '../arithmetic/rational.ts';
import {
  pipOf,
  pointOf,
  stopDistance,
  stopPrice,
  type Instrument,
  type Side,
  type StopKind,
  type TypedStop,
  type TypedStopUnit,
} from './stops.ts';

/**
 * Converts a stop to every unit in which it can be typed; each is a number or the reason why there is none.
 * @param lots of the order, for the amount in money
 */
export function stopInUnits(
  stop: TypedStop,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
  account: Pick<SizingAccount, 'currency' | 'rates'>,
  lots: number | Unavailable,
): Record<TypedStopUnit, number | Unavailable> {
  const traded = isUnavailable(lots) ? lots : exact(lots);
  const placed = placeStop(stop, kind, traded, instrument, account);
  if (isUnavailable(placed)) return { points: placed, pips: placed, price: placed, money: placed };
  const distance = stopDistance(placed, kind, side, instrument);
  const money = perLot(distance, kind === 'sl' ? 'out' : 'in', instrument, account);
  return {
    points: figure(combine(distance, pointOf(instrument), over)),
    pips: figure(combine(distance, pipOf(instrument), over)),
    price: figure(stopPrice(placed, kind, side, instrument)),
    money: figure(combine(money, traded, times)),
  };
}

function combine(
  a: Rational | Unavailable,
  b: Rational | Unavailable,
  how: (a: Rational, b: Rational) => Rational,
): Rational | Unavailable {
  if (isUnavailable(a)) return a;
  return isUnavailable(b) ? b : how(a, b);
}

function figure(value: Rational | Unavailable): number | Unavailable {
  return isUnavailable(value) ? value : (toNumber(value) ?? 0);
}
