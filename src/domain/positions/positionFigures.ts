import { exact, toNumber } from '../arithmetic/rational.ts';
import { isUnavailable } from '../arithmetic/unavailable.ts';
import { perLot, type SizingAccount } from '../sizing/valuePerLot.ts';
import { pointOf, type Instrument } from '../sizing/stops.ts';
import type { OpenPosition } from './openTrades.ts';

/** What a position is worth now. Null: not known. */
export interface PositionFigures {
  /** Price at which it would be closed: the bid of a buy, the ask of a sell. */
  price: number | null;
  /** From the open price, in points; a loss is below 0. */
  points: number | null;
  /** In the account's currency, without swap; a loss is below 0. */
  profit: number | null;
  /** False: the profit is what the EA told with its list, as it can't be computed by the quote of now. */
  isOfNow: boolean;
  /** From the price of now, in points; below 0: the price is beyond it. Null: it has none, or it is not known. */
  slPoints: number | null;
  tpPoints: number | null;
  /** Profit at the stop loss, without swap; null: it has none, or it is not known. */
  atStop: number | null;
}

/** What a symbol's positions are worked out from, once for all of them. Null: not known. */
export interface SymbolWorth {
  bid: number | null;
  ask: number | null;
  /** Price of one point. */
  point: number | null;
  /** Money of one lot for a move of 1 in price, in the account's currency. */
  worth: number | null;
}

/** By the quote and the exchange rates of now; where a rate or the contract size is missing, by the money that the terminal told. */
export function symbolWorth(
  instrument: Instrument,
  account: Pick<SizingAccount, 'currency' | 'rates' | 'conflict' | 'lapsed'>,
): SymbolWorth {
  const { quote, spec } = instrument;
  const point = pointOf(instrument);
  const computed = perLot(exact(1), 'in', instrument, account);
  const told = spec?.toldWorth ?? null;
  return {
    bid: quote?.bid ?? null,
    ask: quote?.ask ?? null,
    point: isUnavailable(point) ? null : toNumber(point),
    worth: isUnavailable(computed) ? (told === null ? null : told.money / told.point) : toNumber(computed),
  };
}

/** Figures of a position at the quote of now. */
export function positionFigures(
  {
    side,
    lots,
    price: opened,
    sl,
    tp,
    profit: told,
  }: Pick<OpenPosition, 'side' | 'lots' | 'price' | 'sl' | 'tp' | 'profit'>,
  { bid, ask, point, worth }: SymbolWorth,
): PositionFigures {
  const price = side === 'buy' ? bid : ask;
  const sign = side === 'buy' ? 1 : -1;
  const inPoints = (from: number | null, to: number | null): number | null =>
    from === null || to === null || point === null ? null : Math.round((sign * (to - from)) / point);
  const inMoney = (to: number | null): number | null =>
    opened === null || to === null || worth === null ? null : sign * (to - opened) * worth * lots;
  const profit = inMoney(price);
  const [stop, target] = [sl === 0 ? null : sl, tp === 0 ? null : tp];
  return {
    price,
    points: inPoints(opened, price),
    profit: profit ?? told,
    isOfNow: profit !== null,
    slPoints: inPoints(stop, price),
    tpPoints: inPoints(price, target),
    atStop: inMoney(stop),
  };
}

/** Sums of several positions in one symbol, or in all. */
export interface PositionSums {
  count: number;
  /** Bought lots minus sold ones; null: of several symbols. */
  net: number | null;
  /** Null: that of one is not known. */
  profit: number | null;
  swap: number | null;
  /** Profit if every stop is met; null: one has none, or one's is not known. */
  atStops: number | null;
  /** How many have no stop loss. */
  withoutStop: number;
}

/** Adds positions up. A figure of which one is missing is missing in the sum. */
export function positionSums(rows: readonly { position: OpenPosition; figures: PositionFigures }[]): PositionSums {
  const sum = (values: readonly (number | null)[]): number | null =>
    values.reduce<number | null>((total, value) => (total === null || value === null ? null : total + value), 0);
  const symbols = new Set(rows.map(({ position }) => position.symbol));
  const signed = rows.map(({ position: { side, lots } }) => (side === 'buy' ? lots : -lots));
  return {
    count: rows.length,
    net: symbols.size > 1 ? null : Number((sum(signed) ?? 0).toFixed(8)),
    profit: sum(rows.map(({ figures }) => figures.profit)),
    swap: sum(rows.map(({ position }) => position.swap)),
    atStops: sum(rows.map(({ figures }) => figures.atStop)),
    withoutStop: rows.filter(({ position: { sl } }) => sl === 0).length,
  };
}

/** Lots of one side at their average price; null: the price of one is not known. */
export interface SideAverage {
  side: 'buy' | 'sell';
  lots: number;
  price: number | null;
}

/** Lots and average open price of each side that has any, weighted by lots. */
export function averages(positions: readonly Pick<OpenPosition, 'side' | 'lots' | 'price'>[]): SideAverage[] {
  return (['buy', 'sell'] as const).flatMap((side): SideAverage[] => {
    const own = positions.filter((position) => position.side === side);
    if (own.length === 0) return [];
    const lots = own.reduce((total, position) => total + position.lots, 0);
    const isKnown = own.every(({ price }) => price !== null);
    const worth = own.reduce((total, position) => total + position.lots * (position.price ?? 0), 0);
    return [{ side, lots: Number(lots.toFixed(8)), price: isKnown ? Number((worth / lots).toFixed(8)) : null }];
  });
}
