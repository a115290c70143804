import { rateOf, type Rates } from './conversion.ts';
import { gaps, isGap, type Gap } from './gaps.ts';
import {
  compare,
  exact,
  hundredths,
  isKnown,
  isPositive,
  over,
  percentOf,
  plus,
  times,
  toNumber,
  wholeTimes,
  type Ratio,
} from './ratio.ts';
import type { LotLimits, StopUnit } from './signal.ts';
import { quoteCurrencyOf } from './symbolTable.ts';
import { entryPrice, stopDistance, stopForEa, stopPrice, type Instrument, type Side, type TypedStop } from './stops.ts';

/** How much to trade: lots, or what the stop loss may cost in % of equity or in the account's currency (R3). */
export interface SizeWish {
  by: 'lots' | 'percent' | 'money';
  value: number;
}

/** Amounts are in the account's currency; null is not known. */
export interface SizingAccount {
  /** ISO code in capitals. */
  currency: string | null;
  equity: number | null;
  /** Margin in use. */
  margin: number | null;
  /** 100 for 1:100. */
  leverage: number | null;
  rates: Rates;
}

export interface TradeWish {
  side: Side;
  size: SizeWish;
  sl: TypedStop;
  tp: TypedStop;
}

/** What a trade amounts to before it is fired. Each figure is a number or why there is none. */
export interface TradePlan {
  lots: number | Gap;
  /** As the EA takes them, in the bridge's stop unit; 0 is none. */
  sl: number | Gap;
  tp: number | Gap;
  /** From the entry to the stop loss, in price. */
  distance: number | Gap;
  stopPrice: number | Gap;
  targetPrice: number | Gap;
  /** What the stop loss would cost and the take profit would bring, without slippage, commission and swap. */
  atRisk: number | Gap;
  reward: number | Gap;
  marginNeeded: number | Gap;
  /** Equity / margin × 100 with this trade open, in % (R1). */
  marginLevel: number | Gap;
}

/** @param lots of the symbol @param unit W5 */
export function planTrade(
  { side, size, sl, tp }: TradeWish,
  instrument: Instrument,
  account: SizingAccount,
  lots: LotLimits,
  unit: StopUnit | null,
): TradePlan {
  const distance = stopDistance(sl, 'sl', side, instrument);
  const loss = perLot(distance, 'out', instrument, account);
  const gain = perLot(stopDistance(tp, 'tp', side, instrument), 'in', instrument, account);
  const traded = lotsFor(size, loss, account, lots);
  const margin = isGap(traded) ? traded : marginFor(traded, side, instrument, account);
  return {
    lots: figure(traded),
    sl: stopForEa(sl, 'sl', side, instrument, unit),
    tp: stopForEa(tp, 'tp', side, instrument, unit),
    distance: figure(distance),
    stopPrice: figure(stopPrice(sl, 'sl', side, instrument)),
    targetPrice: figure(stopPrice(tp, 'tp', side, instrument)),
    atRisk: figure(product(traded, loss)),
    reward: figure(product(traded, gain)),
    marginNeeded: figure(margin),
    marginLevel: figure(levelWith(margin, account)),
  };
}

/** What a move of `distance` in price makes or costs with one lot, in the account's currency. */
export function perLot(
  distance: Ratio | Gap,
  way: 'out' | 'in',
  { symbol, spec }: Pick<Instrument, 'symbol' | 'spec'>,
  { currency, rates }: Pick<SizingAccount, 'currency' | 'rates'>,
): Ratio | Gap {
  const size = spec?.contractSize ?? null;
  if (!isPositive(size)) return gaps.contractSize(symbol);
  if (currency === null) return gaps.accountCurrency;
  const priced = quoteCurrencyOf(spec ?? { symbol, quoteCurrency: null });
  if (priced === null) return gaps.quoteCurrency(symbol);
  if (isGap(distance)) return distance;
  const rate = rateOf(priced, currency, way, rates);
  return isGap(rate) ? rate : times(times(distance, exact(size)), rate);
}

/** R3: the lots whose stop loss costs at most what was asked, down to the step and at most the largest. */
export function lotsFor(
  { by, value }: SizeWish,
  lossPerLot: Ratio | Gap,
  { currency, equity }: Pick<SizingAccount, 'currency' | 'equity'>,
  { min, max, step }: LotLimits,
): Ratio | Gap {
  if (!isPositive(value)) return gaps.noNumber(by === 'lots' ? 'Lots' : 'Risk');
  if (by === 'lots') return exact(value);
  const money = by === 'money' ? exact(value) : shareOf(equity, value);
  if (isGap(money)) return money;
  if (isGap(lossPerLot)) return lossPerLot;
  const steps = wholeTimes(money, times(lossPerLot, exact(step)));
  const mostSteps = wholeTimes(exact(max), exact(step));
  const lots = times({ top: steps < mostSteps ? steps : mostSteps, bottom: 1n }, exact(step));
  if (compare(lots, exact(min)) >= 0 && lots.top > 0n) return lots;
  const least = times(lossPerLot, exact(min));
  return gaps.belowMinimum(min, hundredths(least, 'up'), hundredths(money, 'down'), currency ?? '');
}

function shareOf(equity: number | null, percent: number): Ratio | Gap {
  if (!isKnown(equity)) return gaps.equity;
  return isPositive(equity) ? over(times(exact(equity), exact(percent)), exact(100)) : gaps.noEquity;
}

/** Contract size × lots × price ÷ leverage; a base that is the account's own currency needs no price. */
function marginFor(lots: Ratio, side: Side, instrument: Instrument, account: SizingAccount): Ratio | Gap {
  const { spec, symbol } = instrument;
  const { currency, leverage } = account;
  if (!isPositive(leverage)) return gaps.leverage;
  const baseIsAccounts =
    spec !== null && currency !== null && spec.symbol === `${currency}${quoteCurrencyOf(spec) ?? ''}`;
  const size = spec?.contractSize ?? null;
  const value =
    baseIsAccounts && isPositive(size)
      ? exact(size)
      : perLot(entryPrice(side, instrument), 'out', { symbol, spec }, account);
  return isGap(value) ? value : over(times(value, lots), exact(leverage));
}

function levelWith(needed: Ratio | Gap, { equity, margin }: SizingAccount): Ratio | Gap {
  if (isGap(needed)) return needed;
  if (!isKnown(equity)) return gaps.equity;
  if (!isKnown(margin) || margin < 0) return gaps.margin;
  return percentOf(exact(equity), plus(exact(margin), needed));
}

function product(a: Ratio | Gap, b: Ratio | Gap): Ratio | Gap {
  if (isGap(a)) return a;
  return isGap(b) ? b : times(a, b);
}

function figure(value: Ratio | Gap): number | Gap {
  return isGap(value) ? value : (toNumber(value) ?? 0);
}
