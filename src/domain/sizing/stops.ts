import { isPrice, type Price } from '../market/fxRates.ts';
import { type Unavailable, gaps, isUnavailable } from '../arithmetic/unavailable.ts';
import {
  compare,
  exact,
  hundredths,
  isPositive,
  minus,
  over,
  plus,
  type Rational,
  times,
  toNumber,
} from '../arithmetic/rational.ts';
import { type KnownSymbol, pointOfDigits } from '../market/symbolSpec.ts';
import type { StopUnit } from '../tradeTerms.ts';

/** Units in which a stop can be typed: distance in points or pips, a price, or money for the whole order. */
export const typedStopUnits = ['points', 'pips', 'price', 'money'] as const;
export type TypedStopUnit = (typeof typedStopUnits)[number];

/** A stop as typed; a value of 0 is none. */
export interface TypedStop {
  unit: TypedStopUnit;
  value: number;
}

/** A stop whose distance doesn't depend on the lots, unlike one in money (see moneyStop.ts). */
export interface PlacedStop extends TypedStop {
  unit: Exclude<TypedStopUnit, 'money'>;
}

export type Side = 'buy' | 'sell';
export type StopKind = 'sl' | 'tp';

/** Figures of a trade's symbol. */
export interface Instrument {
  /** The broker's name. */
  symbol: string;
  /** Null: not in the symbol table. */
  spec: KnownSymbol | null;
  /** The last price; `point` by its ticks, `digits` the decimals with which the EA writes prices. */
  quote: (Price & { point: number | null; digits?: number }) | null;
  /** Whether a person has confirmed what a pip is on this bridge. */
  pipsConfirmed: boolean;
  /** False: no person has confirmed the table's contract sizes on which brokers disagree. */
  sizesConfirmed?: boolean;
}

export const stopNames: Record<StopKind, string> = { sl: 'Stop loss', tp: 'Take profit' };

/** Price of one point: the symbol table's, unless the ticks contradict it; without one, that of the ticks. */
export function pointOf({
  symbol,
  spec,
  quote,
}: Pick<Instrument, 'symbol' | 'spec' | 'quote'>): Rational | Unavailable {
  const table = spec?.point ?? null;
  const seen = quote?.point ?? null;
  if (table === null) return isPositive(seen) ? exact(seen) : gaps.point(symbol);
  if (isPositive(seen) && compare(exact(seen), exact(table)) !== 0) return gaps.pointMismatch(symbol, table, seen);
  const digits = quote?.digits ?? 0;
  // Prices are whole points: a price with more decimals than the point means a smaller point.
  return compare(exact(pointOfDigits(digits)), exact(table)) < 0
    ? gaps.pointDecimals(symbol, table, digits)
    : exact(table);
}

/** Entry price of a trade: the ask for a buy, the bid for a sell. */
export function entryPrice(side: Side, { symbol, quote }: Instrument): Rational | Unavailable {
  return isPrice(quote) ? exact(side === 'buy' ? quote.ask : quote.bid) : gaps.price(symbol);
}

/** Distance from the entry to the stop, in price; unavailable for a stop price on the wrong side of the market. */
export function stopDistance(
  stop: PlacedStop,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
): Rational | Unavailable {
  const { unit, value } = stop;
  if (!isPositive(value)) return value === 0 ? none[kind] : gaps.noNumber(stopNames[kind]);
  if (unit !== 'price') {
    const size = unit === 'points' ? pointOf(instrument) : pipOf(instrument);
    return isUnavailable(size) ? size : times(exact(value), size);
  }
  const entry = entryPrice(side, instrument);
  if (isUnavailable(entry)) return entry;
  const below = (kind === 'sl') === (side === 'buy');
  // A stop loss is hit by the opposite side of the quote from the one at which the trade is opened.
  const market = kind === 'tp' ? entry : exact((side === 'buy' ? instrument.quote?.bid : instrument.quote?.ask) ?? 0);
  if (compare(exact(value), market) * (below ? 1 : -1) >= 0) {
    return gaps.wrongSide(stopNames[kind], side, below ? 'below' : 'above', toNumber(market) ?? 0);
  }
  return below ? minus(entry, exact(value)) : minus(exact(value), entry);
}

const none = { sl: gaps.noStop, tp: gaps.noTarget } as const;

/** Price of a stop if the trade were opened now. */
export function stopPrice(
  stop: PlacedStop,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
): Rational | Unavailable {
  const distance = stopDistance(stop, kind, side, instrument);
  if (isUnavailable(distance)) return distance;
  if (stop.unit === 'price') return exact(stop.value);
  const entry = entryPrice(side, instrument);
  if (isUnavailable(entry)) return entry;
  return (kind === 'sl') === (side === 'buy') ? minus(entry, distance) : plus(entry, distance);
}

/**
 * Converts a stop to the EA's unit (W5): whole points, or a price; 0 is none. A stop in that unit passes unchanged: the rules
 * of a signal check it.
 */
export function stopForEa(
  stop: PlacedStop,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
  unit: StopUnit | null,
): number | Unavailable {
  if (stop.value === 0 || stop.unit === unit) return stop.value;
  if (unit === null) return gaps.stopUnit;
  if (unit === 'price') {
    const price = stopPrice(stop, kind, side, instrument);
    if (isUnavailable(price)) return price;
    const value = toNumber(price) ?? 0;
    return value > 0 ? value : gaps.noNumber(stopNames[kind]);
  }
  const distance = stopDistance(stop, kind, side, instrument);
  if (isUnavailable(distance)) return distance;
  const point = pointOf(instrument);
  if (isUnavailable(point)) return point;
  const points = over(distance, point);
  return points.top % points.bottom === 0n
    ? Number(points.top / points.bottom)
    : gaps.partOfPoint(stopNames[kind], hundredths(points, 'up'));
}

/** Price of one pip, once a person has confirmed what a pip is. */
export function pipOf({ symbol, spec, pipsConfirmed }: Instrument): Rational | Unavailable {
  if (!pipsConfirmed) return gaps.pipsUnconfirmed;
  return isPositive(spec?.pip ?? null) ? exact(spec?.pip ?? 0) : gaps.pip(symbol);
}
