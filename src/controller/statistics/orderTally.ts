import type { OrderFigures, Spread } from '../../api/queries/statistics.ts';
import { shownState, type Order, type ShownState, type UnknownReason } from '../../domain/orders/order.ts';
import { bucketOf, quantile } from '../../base/histogram.ts';

type CountName =
  | 'orders'
  | 'repeats'
  | 'contradicted'
  | ShownState
  | `doubt_${UnknownReason}`
  | `${'late' | 'hand'}_${'filled' | 'rejected'}`;

/** Sums from which an average and the extremes come. */
export interface Sums {
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** Sums over some orders, as JSON. Tallies can be added, and an order's share subtracted. */
export interface Tally {
  counts: Partial<Record<CountName, number>>;
  /** Round trips: bucket, count, bucket, count … (see logBuckets). */
  trips: number[];
  /** Slippage in the symbol's price. */
  price: Sums | null;
  /** Slippage in points; null: the point was not known. */
  points: Sums | null;
}

/** Share of one order. */
export function tallyOf(order: Order): Tally {
  const counts: Tally['counts'] = { orders: 1, [shownState(order)]: 1 };
  if (order.repeats > 0) counts.repeats = order.repeats;
  if (order.contradicted) counts.contradicted = 1;
  if (order.doubt !== null) counts[`doubt_${order.doubt}`] = 1;
  if (order.late && (order.state === 'filled' || order.state === 'rejected')) {
    counts[`${order.settledBy === null ? 'late' : 'hand'}_${order.state}`] = 1;
  }
  const slipped = slippageOf(order);
  const point = order.quote?.point ?? null;
  return {
    counts,
    trips: order.roundTripMs === null ? [] : [bucketOf(order.roundTripMs), 1],
    price: slipped === null ? null : sumsOf(slipped),
    points: slipped === null || point === null ? null : sumsOf(slipped / point),
  };
}

/**
 * Slippage of a fill against the quote at the moment of firing, in price: above 0 is worse for the trader. Null for
 * closes, and without a price or a quote.
 */
function slippageOf({ action, price, quote, state, entry = null }: Order): number | null {
  // A pending order is filled later, at the quote of then.
  if (entry !== null) return null;
  if (state !== 'filled' || price === null || quote === null) return null;
  if (action === 'buy') return rounded(price - quote.ask);
  return action === 'sell' ? rounded(quote.bid - price) : null;
}

/** Drops the errors of binary fractions: no symbol has more than ten decimals. */
function rounded(difference: number): number {
  return Number(difference.toFixed(10));
}

function sumsOf(value: number): Sums {
  return { count: 1, sum: value, min: value, max: value };
}

/** Sum of tallies. */
export class TallySum {
  private readonly counts: Tally['counts'] = {};
  private readonly trips: number[] = [];
  private price: Sums | null = null;
  private points: Sums | null = null;

  get(name: CountName): number {
    return this.counts[name] ?? 0;
  }

  /** @param times −1 subtracts a share. Extremes stay: a fill's price never changes. */
  add({ counts, trips, price, points }: Tally, times: 1 | -1 = 1): void {
    for (const name in counts) {
      const key = name as CountName;
      this.counts[key] = (this.counts[key] ?? 0) + (counts[key] ?? 0) * times;
    }
    for (let index = 0; index < trips.length; index += 2) {
      const bucket = trips[index] ?? 0;
      while (this.trips.length <= bucket) this.trips.push(0);
      this.trips[bucket] = (this.trips[bucket] ?? 0) + (trips[index + 1] ?? 0) * times;
    }
    this.price = joined(this.price, price, times);
    this.points = joined(this.points, points, times);
  }

  tally(): Tally {
    const counts = Object.fromEntries(Object.entries(this.counts).filter(([, count]) => count !== 0));
    const trips = this.trips.flatMap((count, bucket) => (count === 0 ? [] : [bucket, count]));
    return { counts, trips, price: this.price, points: this.points };
  }

  /** @param oneSymbol false: prices of several symbols have no average */
  figures(oneSymbol: boolean): OrderFigures {
    const decided = this.get('filled') + this.get('rejected') + this.get('unknown');
    const p50 = quantile(this.trips, 0.5);
    const p95 = quantile(this.trips, 0.95);
    return {
      orders: this.get('orders'),
      sent: this.get('sent'),
      filled: this.get('filled'),
      rejected: this.get('rejected'),
      refused: this.get('refused'),
      dismissed: this.get('dismissed'),
      unknown: this.get('unknown'),
      fillRate: decided === 0 ? null : this.get('filled') / decided,
      doubts: this.doubts(),
      settledLate: { filled: this.get('late_filled'), rejected: this.get('late_rejected') },
      settledByHand: { filled: this.get('hand_filled'), rejected: this.get('hand_rejected') },
      repeats: this.get('repeats'),
      contradicted: this.get('contradicted'),
      roundTrip:
        p50 === null || p95 === null ? null : { count: this.trips.reduce((sum, count) => sum + count, 0), p50, p95 },
      slippagePoints: spreadOf(this.points),
      slippagePrice: oneSymbol ? spreadOf(this.price) : null,
    };
  }

  private doubts(): OrderFigures['doubts'] {
    return Object.entries(this.counts).flatMap(([name, count]) =>
      name.startsWith('doubt_') && count > 0 ? [{ doubt: name.slice('doubt_'.length) as UnknownReason, count }] : [],
    );
  }
}

function joined(known: Sums | null, more: Sums | null, times: 1 | -1): Sums | null {
  if (more === null) return known;
  const before = known ?? { count: 0, sum: 0, min: Infinity, max: -Infinity };
  return {
    count: before.count + more.count * times,
    sum: before.sum + more.sum * times,
    min: Math.min(before.min, more.min),
    max: Math.max(before.max, more.max),
  };
}

function spreadOf(sums: Sums | null): Spread | null {
  if (sums === null || sums.count === 0) return null;
  return { count: sums.count, mean: sums.sum / sums.count, min: sums.min, max: sums.max };
}
