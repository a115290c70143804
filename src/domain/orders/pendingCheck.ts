import { compare, exact, isPositive, minus, over, type Rational, times } from '../arithmetic/rational.ts';
import { isUnavailable } from '../arithmetic/unavailable.ts';
import type { KnownSymbol } from '../market/symbolSpec.ts';
import { pointOf } from '../sizing/stops.ts';
import type { StopUnit } from '../tradeTerms.ts';
import { type Expiry, opensAt, type PendingEntry, waitsAbove } from './pendingEntry.ts';
import { pendingRefusals } from './pendingRefusals.ts';
import type { Refusal } from './refusal.ts';

/** A pending order before it is sent. `sl` and `tp` in the bridge's stop unit, 0 is none. */
export interface PendingTrade {
  side: 'buy' | 'sell';
  symbol: string;
  entry: PendingEntry;
  sl: number;
  tp: number;
}

export interface PendingFacts {
  /** W5; null: not set. */
  stopUnit: StopUnit | null;
  /** Null: there is no price of now, so that the EA decides. */
  quote: { bid: number; ask: number; point: number | null } | null;
  spec: KnownSymbol | null;
  /** Epoch ms. */
  now: number;
  /** The EA takes pending orders: it speaks protocol 8. */
  takesPending: boolean;
}

/** Least time that an order has to live, ms: a shorter one would end before its price can come. */
const leastLifeMs = 60_000;

/**
 * The first reason why a pending order can't be placed (E16); null: none is known. Prices are compared as the decimals that
 * they are written with. What the EA has not told is left to it: it refuses the same.
 */
export function checkPending(trade: PendingTrade, facts: PendingFacts): Refusal | null {
  if (!facts.takesPending) return pendingRefusals.notSupported();
  return (
    checkPrices(trade.entry) ??
    checkGrid(trade, facts) ??
    checkSides(trade, facts) ??
    checkStops(trade, facts) ??
    checkExpiry(trade.entry.until, trade.symbol, facts)
  );
}

function checkPrices({ kind, price, limitPrice }: PendingEntry): Refusal | null {
  if (!isPositive(price)) return pendingRefusals.noPrice('price');
  if (kind !== 'stop_limit') return limitPrice === null ? null : pendingRefusals.noLimitPrice(kind);
  return isPositive(limitPrice) ? null : pendingRefusals.noPrice('limit price');
}

function checkGrid({ symbol, entry, sl, tp }: PendingTrade, facts: PendingFacts): Refusal | null {
  const tick = tickOf(facts);
  if (tick === null) return null;
  const off = (value: number): boolean => {
    const { top, bottom } = over(exact(value), exact(tick));
    return top % bottom !== 0n;
  };
  if (off(entry.price)) return pendingRefusals.offGrid('invalid_price', 'price', entry.price, symbol, tick);
  if (entry.limitPrice !== null && off(entry.limitPrice))
    return pendingRefusals.offGrid('invalid_limit_price', 'limit price', entry.limitPrice, symbol, tick);
  if (facts.stopUnit !== 'price') return null;
  if (sl > 0 && off(sl)) return pendingRefusals.offGrid('invalid_sl', 'stop loss', sl, symbol, tick);
  return tp > 0 && off(tp) ? pendingRefusals.offGrid('invalid_tp', 'take profit', tp, symbol, tick) : null;
}

/** Size of one tick, else of one point; null: not known. */
export function tickOf({ spec, quote }: Pick<PendingFacts, 'spec' | 'quote'>): number | null {
  const told = spec?.toldPending?.tickSize ?? null;
  if (isPositive(told)) return told;
  return spec?.point ?? quote?.point ?? null;
}

/** The price waits on the right side of the market, and not within the broker's stops level. */
function checkSides({ side, symbol, entry }: PendingTrade, facts: PendingFacts): Refusal | null {
  const { kind, price, limitPrice } = entry;
  if (kind === 'stop_limit' && limitPrice !== null) {
    const isBeyond = side === 'buy' ? limitPrice >= price : limitPrice <= price;
    if (isBeyond) return pendingRefusals.limitSide(side, limitPrice, price);
  }
  const { quote } = facts;
  if (quote === null) return null;
  const market = side === 'buy' ? quote.ask : quote.bid;
  const above = waitsAbove(side, kind);
  const distance = above ? minus(exact(price), exact(market)) : minus(exact(market), exact(price));
  if (compare(distance, exact(0)) <= 0) return pendingRefusals.wrongSide(side, kind, price, market, above);
  const level = levelOf(symbol, facts);
  return level !== null && compare(distance, level.price) < 0
    ? pendingRefusals.tooClose('invalid_price', 'price', price, market, level.points)
    : null;
}

/** The broker's stops level in price; null: not told, or none. */
function levelOf(
  symbol: string,
  { spec, quote }: Pick<PendingFacts, 'spec' | 'quote'>,
): { price: Rational; points: number } | null {
  const points = spec?.toldPending?.stopsLevel ?? null;
  const point = pointOf({ symbol, spec, quote });
  return !isPositive(points) || isUnavailable(point) ? null : { price: times(exact(points), point), points };
}

/** Stops against the price at which the position would be opened. */
function checkStops(trade: PendingTrade, facts: PendingFacts): Refusal | null {
  const { side, symbol, entry } = trade;
  const level = levelOf(symbol, facts);
  const at = opensAt(entry);
  for (const [field, name] of [
    ['sl', 'stop loss'],
    ['tp', 'take profit'],
  ] as const) {
    const stop = trade[field];
    if (stop === 0) continue;
    const code = field === 'sl' ? 'invalid_sl' : 'invalid_tp';
    if (facts.stopUnit === 'points') {
      if (level !== null && stop < level.points) return pendingRefusals.pointsTooClose(code, name, stop, level.points);
      continue;
    }
    const isBelow = (field === 'sl') === (side === 'buy');
    const distance = isBelow ? minus(exact(at), exact(stop)) : minus(exact(stop), exact(at));
    if (compare(distance, exact(0)) <= 0) return pendingRefusals.stopSide(code, name, side, stop, at, isBelow);
    if (level !== null && compare(distance, level.price) < 0)
      return pendingRefusals.tooClose(code, name, stop, at, level.points);
  }
  return null;
}

/** MT5's SYMBOL_EXPIRATION_MODE. */
const expiryFlags = { gtc: 1, day: 2, time: 4 } as const;

/** Expiries that a symbol takes, by what the EA tells; null: it does not tell. */
function expiriesOf(spec: KnownSymbol | null): readonly (keyof typeof expiryFlags)[] | null {
  const flags = spec?.toldPending?.expirations ?? null;
  if (flags === null) return null;
  return (['gtc', 'day', 'time'] as const).filter((kind) => (flags & expiryFlags[kind]) !== 0);
}

function checkExpiry(until: Expiry, symbol: string, { spec, now }: PendingFacts): Refusal | null {
  const allowed = expiriesOf(spec);
  const kind = typeof until === 'number' ? 'time' : until;
  // An EA that does not tell them can't convert a time either.
  if (allowed === null) return kind === 'gtc' ? null : pendingRefusals.expiryUntold(symbol);
  if (!allowed.includes(kind)) return pendingRefusals.expiryKind(kind, symbol, allowed);
  return typeof until === 'number' && until < now + leastLifeMs ? pendingRefusals.past(until) : null;
}
