import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { exact, hundredths, isPositive, over, times, type Rational } from '../arithmetic/rational.ts';
import { perLot, type SizingAccount } from './valuePerLot.ts';
import { pointOf, stopNames, type Instrument, type PlacedStop, type StopKind, type TypedStop } from './stops.ts';

/**
 * A stop in money of the account's currency, for the whole order, as whole points: a stop loss never costs more than was
 * typed, a take profit never brings less. Other stops stay as they are.
 */
export function placeStop(
  { unit, value }: TypedStop,
  kind: StopKind,
  lots: Rational | Unavailable,
  instrument: Instrument,
  account: Pick<SizingAccount, 'currency' | 'rates'>,
): PlacedStop | Unavailable {
  if (unit !== 'money') return { unit, value };
  if (value === 0) return { unit: 'points', value: 0 };
  if (!isPositive(value)) return gaps.noNumber(stopNames[kind]);
  if (isUnavailable(lots)) return lots;
  if (lots.top <= 0n) return gaps.noNumber('Lots');
  const point = pointOf(instrument);
  if (isUnavailable(point)) return point;
  const lotsPoint = perLot(point, kind === 'sl' ? 'out' : 'in', instrument, account);
  if (isUnavailable(lotsPoint)) return lotsPoint;
  const onePoint = times(lotsPoint, lots);
  const points = over(exact(value), onePoint);
  const whole = points.top / points.bottom;
  const rounded = kind === 'tp' && points.top % points.bottom > 0n ? whole + 1n : whole;
  return rounded > 0n
    ? { unit: 'points', value: Number(rounded) }
    : gaps.lessThanPoint(stopNames[kind], account.currency ?? '', hundredths(onePoint, 'up'));
}
