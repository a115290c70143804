import { isUnavailable } from '../arithmetic/unavailable.ts';
import { exact, minus, toNumber } from '../arithmetic/rational.ts';
import {
  entryPrice,
  stopDistance,
  stopNames,
  type Instrument,
  type PlacedStop,
  type Side,
  type StopKind,
  type TypedStop,
} from './stops.ts';

/** A stop farther from the entry than this share of the price is asked about. */
const farShare = 0.05;
/** So many times the median of the symbol's last stops is asked about. */
const farTimes = 10;
/** So many times the range of a day is asked about. */
const rangeTimes = 3;
/** Number of last stops in a symbol that are compared with. */
export const comparedStops = 20;
/** With fewer earlier stops than this, their median says nothing. */
const leastStops = 5;
/** A number of points within this share of the price reads like a price. */
const priceShare = 0.05;
/** A distance within this factor of an earlier one is usual. */
const usualFactor = 2;

/** What is known of a symbol's stops and moves, in price. */
export interface StopHistory {
  /** Distances of the last stops of the same kind. */
  distances: readonly number[];
  /** High minus low of a day of trading; null: not known. */
  dayRange: number | null;
}

/** Why a stop is asked about. */
export interface StopDoubt {
  /** The stop and the reason: a person's answer holds for this alone. */
  key: string;
  text: string;
}

/**
 * Why a stop is probably typed in a mistaken unit; null: nothing speaks for it. It stays rare: a question
 * that always comes is answered without reading.
 */
export function stopDoubt(
  typed: TypedStop,
  placed: PlacedStop,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
  history: StopHistory,
): StopDoubt | null {
  if (!(typed.value > 0)) return null;
  const entry = entryPrice(side, instrument);
  const exactDistance = stopDistance(placed, kind, side, instrument);
  if (isUnavailable(entry) || isUnavailable(exactDistance)) return null;
  const [price, distance] = [toNumber(entry) ?? 0, toNumber(exactDistance) ?? 0];
  if (price <= 0) return null;
  const doubt = (why: string, words: string): StopDoubt => ({
    key: `${kind} ${why}`,
    text: `${stopNames[kind]}: ${words}`,
  });
  if (distance > price * farShare)
    return doubt('far', `it is ${rounded((100 * distance) / price)} % of the price of ${instrument.symbol} away.`);
  const spread = spreadOf(instrument);
  if (kind === 'sl' && spread !== null && distance <= spread)
    return doubt('spread', `it lies within the spread of ${instrument.symbol}, so that it is hit at once.`);
  const { dayRange } = history;
  if (dayRange !== null && dayRange > 0 && distance > dayRange * rangeTimes)
    return doubt(
      'range',
      `it is ${rounded(distance / dayRange)} times as far away as ${instrument.symbol} moves in a day.`,
    );
  const median = medianOf(history.distances.slice(0, comparedStops));
  if (median !== null && distance > median * farTimes)
    return doubt(
      'median',
      `it is ${rounded(distance / median)} times as far away as your last ones in ${instrument.symbol}.`,
    );
  const isDistance = typed.unit === 'points' || typed.unit === 'pips';
  if (isDistance && Math.abs(typed.value - price) < price * priceShare && !isUsual(distance, history.distances))
    return doubt(
      'price',
      `${String(typed.value)} ${typed.unit} reads like a price of ${instrument.symbol}, which stands at ${String(price)}.`,
    );
  return null;
}

/** Whether a stop of about this distance was used before, as 150 points are in a symbol that stands at 150. */
function isUsual(distance: number, earlier: readonly number[]): boolean {
  return earlier.slice(0, comparedStops).some((each) => {
    const factor = distance / each;
    return factor <= usualFactor && factor >= 1 / usualFactor;
  });
}

/** Ask less bid, in price; null: no quote. */
function spreadOf({ quote }: Instrument): number | null {
  return quote === null ? null : toNumber(minus(exact(quote.ask), exact(quote.bid)));
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.filter((each) => each > 0).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (sorted.length < leastStops || upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function rounded(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
