import { rateOf, type Rates } from '../market/fxRates.ts';
import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { exact, isPositive, times, toNumber, type Rational } from '../arithmetic/rational.ts';
import type { KnownSymbol } from '../market/symbolSpec.ts';
import type { Instrument } from './stops.ts';
import { isSizeOfDefaults } from '../market/symbolDefaults.ts';
import { quoteCurrencyOf } from '../market/symbolTable.ts';

/** Figures of an account for sizing. Amounts are in its currency; null is unknown. */
export interface SizingAccount {
  /** ISO code in capitals. */
  currency: string | null;
  equity: number | null;
  /** Margin in use. */
  margin: number | null;
  /** 100 for 1:100. */
  leverage: number | null;
  rates: Rates;
  /** Why nothing can be computed in money; null or left out: it can. */
  conflict?: Unavailable | null;
  /** Figures that the EA reported before it reconnected and not since; left out: none. */
  lapsed?: readonly ('currency' | 'leverage')[];
}

/** Profit or loss of one lot for a move of `distance` in price, in the account's currency. */
export function perLot(
  distance: Rational | Unavailable,
  way: 'out' | 'in',
  { symbol, spec, sizesConfirmed }: Pick<Instrument, 'symbol' | 'spec' | 'sizesConfirmed'>,
  { currency, rates, conflict, lapsed }: Pick<SizingAccount, 'currency' | 'rates' | 'conflict' | 'lapsed'>,
): Rational | Unavailable {
  const size = spec?.contractSize ?? null;
  if (!isPositive(size)) return gaps.contractSize(symbol);
  const [difference] = spec?.differences ?? [];
  if (difference !== undefined) return gaps.symbolDiffers(difference);
  if (sizesConfirmed === false && (spec?.isSizeOpen ?? isSizeOfDefaults(spec)))
    return gaps.sizeUnconfirmed(symbol, size);
  if (conflict !== null && conflict !== undefined) return conflict;
  if (currency === null)
    return lapsed?.includes('currency') === true ? gaps.termLapsed('currency') : gaps.accountCurrency;
  const priced = quoteCurrencyOf(spec ?? { symbol, quoteCurrency: null });
  if (priced === null) return gaps.quoteCurrency(symbol);
  if (isUnavailable(distance)) return distance;
  const rate = rateOf(priced, currency, way, rates);
  if (isUnavailable(rate)) return rate;
  const worth = times(exact(size), rate);
  return contradiction(symbol, size, worth, currency, spec?.toldWorth) ?? times(distance, worth);
}

/** Money of so many points is told exactly enough to be compared. */
const comparedPoints = 1_000;
const leastCompared = 10;
/** Exchange rates move by less while an EA is connected, and a wrong contract size is wrong by more. */
const mostApart = 1.25;

/**
 * Why a contract size is not used: the terminal computes another money of a point, as for a future.
 * @param worth of one lot for a move of 1 in price, in the account's currency
 */
function contradiction(
  symbol: string,
  size: number,
  worth: Rational,
  currency: string,
  told: KnownSymbol['toldWorth'],
): Unavailable | null {
  if (told === null || told === undefined) return null;
  const computed = toNumber(times(worth, exact(told.point))) ?? 0;
  if (Math.max(told.money, computed) * comparedPoints < leastCompared) return null;
  const isNear = computed <= told.money * mostApart && computed >= told.money / mostApart;
  return isNear ? null : gaps.worthDiffers({ symbol, size, currency, told: told.money, computed });
}
