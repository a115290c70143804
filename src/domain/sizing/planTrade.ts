import { type Unavailable, gaps, isUnavailable } from '../arithmetic/unavailable.ts';
import { placeStop } from './moneyStop.ts';
import { wholeUnits } from '../market/currency.ts';
import { perLot, type SizingAccount } from './valuePerLot.ts';
import {
  compare,
  exact,
  hundredths,
  isKnown,
  isPositive,
  over,
  percentOf,
  plus,
  type Rational,
  times,
  toNumber,
  wholeTimes,
} from '../arithmetic/rational.ts';
import { keepsLot, type LotRules, nearestKept } from '../v7Lots.ts';
import { quoteCurrencyOf } from '../market/symbolTable.ts';
import {
  entryPrice,
  type Instrument,
  type PlacedStop,
  type Side,
  stopDistance,
  stopForEa,
  type StopKind,
  stopNames,
  stopPrice,
  type TypedStop,
} from './stops.ts';
import type { StopUnit } from '../tradeTerms.ts';

/** Size of an order: lots, or the loss at the stop loss in % of equity or in the account's currency (R3). */
export interface OrderSize {
  by: 'lots' | 'percent' | 'money';
  value: number;
}

export interface OrderIntent {
  side: Side;
  size: OrderSize;
  sl: TypedStop;
  tp: TypedStop;
}

/** Figures of a trade before it is fired, each a number or the reason why there is none. */
export interface TradePlan {
  lots: number | Unavailable;
  /** In the bridge's stop unit; 0 is none. */
  sl: number | Unavailable;
  tp: number | Unavailable;
  /** From the entry to the stop loss, in price. */
  distance: number | Unavailable;
  stopPrice: number | Unavailable;
  targetPrice: number | Unavailable;
  /** Loss at the stop loss and profit at the take profit, without slippage, commission and swap. */
  atRisk: number | Unavailable;
  reward: number | Unavailable;
  marginNeeded: number | Unavailable;
  /** Equity / margin × 100 with this trade open, in % (R1). */
  marginLevel: number | Unavailable;
}

/** @param lots of the symbol @param unit W5 */
export function planTrade(
  { side, size, sl, tp }: OrderIntent,
  instrument: Instrument,
  account: SizingAccount,
  lots: LotRules,
  unit: StopUnit | null,
): TradePlan {
  // Lots by risk come from the stop loss, so that a stop loss in money can't come from them.
  const typedLots =
    size.by !== 'lots' ? gaps.moneyWithoutLots(stopNames.sl) : lotsFor(size, gaps.noStop, account, lots);
  const stop = placeStop(sl, 'sl', typedLots, instrument, account);
  const distance = distanceOf(stop, 'sl', side, instrument);
  const loss = perLot(distance, 'out', instrument, account);
  const traded = lotsFor(size, loss, account, lots);
  const target = placeStop(tp, 'tp', traded, instrument, account);
  const gain = perLot(distanceOf(target, 'tp', side, instrument), 'in', instrument, account);
  const margin = isUnavailable(traded) ? traded : marginFor(traded, side, instrument, account);
  return {
    lots: figure(traded),
    sl: isUnavailable(stop) ? stop : stopForEa(stop, 'sl', side, instrument, unit),
    tp: isUnavailable(target) ? target : stopForEa(target, 'tp', side, instrument, unit),
    distance: figure(distance),
    stopPrice: isUnavailable(stop) ? stop : figure(stopPrice(stop, 'sl', side, instrument)),
    targetPrice: isUnavailable(target) ? target : figure(stopPrice(target, 'tp', side, instrument)),
    atRisk: figure(product(traded, loss)),
    reward: figure(product(traded, gain)),
    marginNeeded: figure(margin),
    marginLevel: figure(levelWith(margin, account)),
  };
}

function distanceOf(
  stop: PlacedStop | Unavailable,
  kind: StopKind,
  side: Side,
  instrument: Instrument,
): Rational | Unavailable {
  return isUnavailable(stop) ? stop : stopDistance(stop, kind, side, instrument);
}

/** R3: lots whose stop loss costs at most the amount given, rounded down to the step, at most the largest lots. */
export function lotsFor(
  { by, value }: OrderSize,
  lossPerLot: Rational | Unavailable,
  { currency, equity, conflict }: Pick<SizingAccount, 'currency' | 'equity' | 'conflict'>,
  rules: LotRules,
): Rational | Unavailable {
  const { min, max, step } = rules;
  if (!isPositive(value)) return gaps.noNumber(by === 'lots' ? 'Lots' : 'Risk');
  if (by === 'lots') return exact(value);
  if (min > max) return gaps.noCommonLots;
  if (conflict !== null && conflict !== undefined) return conflict;
  const money = by === 'money' ? exact(value) : shareOf(equity, value);
  if (isUnavailable(money)) return money;
  if (isUnavailable(lossPerLot)) return lossPerLot;
  const steps = wholeTimes(money, times(lossPerLot, exact(step)));
  const mostSteps = wholeTimes(exact(max), exact(step));
  const lots = times({ top: steps < mostSteps ? steps : mostSteps, bottom: 1n }, exact(step));
  if (compare(lots, exact(min)) >= 0 && lots.top > 0n) return keptLots(lots, rules);
  const least = times(lossPerLot, exact(min));
  return gaps.belowMinimum(min, hundredths(least, 'up'), hundredths(money, 'down'), currency ?? '');
}

/** R3: rounds down to lots that the EA trades unchanged. */
function keptLots(lots: Rational, rules: LotRules): Rational {
  const wanted = toNumber(lots);
  if (wanted === null || keepsLot(wanted, rules)) return lots;
  const kept = nearestKept(wanted, rules, -1);
  return kept === null ? lots : exact(kept);
}

function shareOf(equity: number | null, percent: number): Rational | Unavailable {
  if (!isKnown(equity)) return gaps.equity;
  return isPositive(equity) ? over(times(exact(equity), exact(percent)), exact(100)) : gaps.noEquity;
}

/** Contract size × lots × price ÷ leverage; a base that is the account's own currency needs no price. */
export function marginFor(
  lots: Rational,
  side: Side,
  instrument: Instrument,
  account: SizingAccount,
): Rational | Unavailable {
  const { spec } = instrument;
  const { conflict, currency, lapsed, leverage } = account;
  if (conflict !== null && conflict !== undefined) return conflict;
  if (!isPositive(leverage)) return lapsed?.includes('leverage') === true ? gaps.termLapsed('leverage') : gaps.leverage;
  const whole = currency === null ? null : wholeUnits(currency);
  const baseIsAccounts =
    spec !== null && whole !== null && spec.symbol === `${whole.currency}${quoteCurrencyOf(spec) ?? ''}`;
  const size = spec?.contractSize ?? null;
  const value =
    baseIsAccounts && isPositive(size)
      ? times(exact(size), exact(whole.parts))
      : perLot(entryPrice(side, instrument), 'out', instrument, account);
  return isUnavailable(value) ? value : over(times(value, lots), exact(leverage));
}

function levelWith(needed: Rational | Unavailable, { equity, margin }: SizingAccount): Rational | Unavailable {
  if (isUnavailable(needed)) return needed;
  if (!isKnown(equity)) return gaps.equity;
  if (!isKnown(margin) || margin < 0) return gaps.margin;
  return percentOf(exact(equity), plus(exact(margin), needed));
}

function product(a: Rational | Unavailable, b: Rational | Unavailable): Rational | Unavailable {
  if (isUnavailable(a)) return a;
  return isUnavailable(b) ? b : times(a, b);
}

function figure(value: Rational | Unavailable): number | Unavailable {
  return isUnavailable(value) ? value : (toNumber(value) ?? 0);
}
