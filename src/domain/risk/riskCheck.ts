import { isPrice, type Rates } from '../market/fxRates.ts';
import { type Unavailable, gaps, isUnavailable } from '../arithmetic/unavailable.ts';
import {
  compare,
  exact,
  hundredths,
  isKnown,
  isPositive,
  over,
  percentOf,
  type Rational,
  times,
} from '../arithmetic/rational.ts';
import type { RiskLimits } from './riskLimits.ts';
import { type RiskRefusal, riskRefusals } from './riskRefusals.ts';
import { type AccountFacts, checkAccount, countGauges, moneyGauges } from './riskReport.ts';
import { perLot } from '../sizing/valuePerLot.ts';
import { type Instrument, pointOf, stopDistance } from '../sizing/stops.ts';
import type { KnownSymbol } from '../market/symbolSpec.ts';
import { checkLot, type StopUnit } from '../tradeTerms.ts';

/** A trade before it is sent: `lot` in lots, `sl` and `tp` in the bridge's stop unit, 0 is none. */
export interface RiskTrade {
  side: 'buy' | 'sell';
  symbol: string;
  lot: number;
  sl: number;
  tp: number;
}

/** Inputs for the check of a trade by itself. */
export interface TradeFacts extends Pick<AccountFacts, 'equity' | 'accountCurrency' | 'conflict'> {
  /** W5. */
  stopUnit: StopUnit;
  /** The last price of the trade's symbol; `point` is the price of one point. */
  quote: { bid: number; ask: number; point: number | null } | null;
  /** The trade's symbol in the symbol table. */
  spec: KnownSymbol | null;
  rates: Rates;
  /** False: nobody has confirmed the contract sizes that brokers disagree on. */
  sizesConfirmed?: boolean;
}

/** Inputs for the check of one trade. */
export interface RiskFacts extends AccountFacts, TradeFacts {}

/**
 * The first limit that the trade breaks by itself, whatever else the account has open or has done today; null: none.
 * @see checkRisk
 */
export function checkTrade(trade: RiskTrade, facts: TradeFacts, limits: RiskLimits): RiskRefusal | null {
  return (
    checkSymbol(trade, facts, limits) ??
    checkLots(trade, facts) ??
    checkStop(trade, facts, limits) ??
    checkRiskOfTrade(trade, facts, limits)
  );
}

/**
 * The first limit that the trade or the account breaks, in the order of `riskCodes`, or null. Counts, daily loss and
 * drawdown are refused at their limit and above, margin level and free margin below it; risk of one trade and stop distance
 * may be as much as their limit. Figures are taken as the decimals they are written with (15 digits, 10 decimals) and
 * compared exactly, so that a limit is met by 20.0 and not by 19.9999. A stop on the wrong side of a known price and lots or
 * stops that are no numbers are refused whatever the limits.
 */
export function checkRisk(trade: RiskTrade, facts: RiskFacts, limits: RiskLimits): RiskRefusal | null {
  return (
    checkSymbol(trade, facts, limits) ??
    checkLots(trade, facts) ??
    checkStop(trade, facts, limits) ??
    checkAccount(countGauges, facts, limits) ??
    checkRiskOfTrade(trade, facts, limits) ??
    checkAccount(moneyGauges, facts, limits)
  );
}

/** The list may name a symbol as the broker does or as the symbol table does. */
function checkSymbol({ symbol }: RiskTrade, { spec }: TradeFacts, { symbols }: RiskLimits): RiskRefusal | null {
  const listed = symbols.includes(symbol) || (spec !== null && symbols.includes(spec.symbol));
  return symbols.length === 0 || listed ? null : riskRefusals.symbol(symbol);
}

function checkLots({ symbol, lot }: RiskTrade, { spec }: TradeFacts): RiskRefusal | null {
  if (!isPositive(lot)) return riskRefusals.noLot(lot);
  const lots = spec?.lots ?? null;
  if (lots === null) return null;
  const problem = checkLot(lot, lots);
  return problem === null ? null : riskRefusals.lot(problem.reason, symbol);
}

function checkStop(trade: RiskTrade, facts: TradeFacts, limits: RiskLimits): RiskRefusal | null {
  const { min, max } = limits.stopDistance;
  if (trade.sl === 0) {
    if (limits.stopLossRequired) return riskRefusals.stopRequired();
    return max === null ? null : riskRefusals.noStopWithin(max);
  }
  if (!isPositive(trade.sl)) return riskRefusals.noStopNumber(trade.sl);
  const wrongSide = checkSide(trade, facts);
  if (wrongSide !== null) return wrongSide;
  if (min === null && max === null) return null;
  const distance = stopInPoints(trade, facts);
  if (isUnavailable(distance)) return riskRefusals.gap('risk_stop_distance', distance, 'the distance of the stop loss');
  if (min !== null && compare(distance, exact(min)) < 0)
    return riskRefusals.stopTooClose(hundredths(distance, 'down'), min);
  if (max !== null && compare(distance, exact(max)) > 0)
    return riskRefusals.stopTooFar(hundredths(distance, 'up'), max);
  return null;
}

function checkSide({ side, sl }: RiskTrade, facts: TradeFacts): RiskRefusal | null {
  const { quote } = facts;
  if (facts.stopUnit === 'points' || !isPrice(quote)) return null;
  const isWrong =
    side === 'buy' ? compare(exact(sl), exact(quote.bid)) >= 0 : compare(exact(sl), exact(quote.ask)) <= 0;
  return isWrong ? riskRefusals.wrongSide(side, sl, side === 'buy' ? quote.bid : quote.ask) : null;
}

function stopInPoints(trade: RiskTrade, facts: TradeFacts): Rational | Unavailable {
  if (facts.stopUnit === 'points') return exact(trade.sl);
  const price = stopInPrice(trade, facts);
  if (isUnavailable(price)) return price;
  const point = pointOf(instrumentOf(trade, facts));
  return isUnavailable(point) ? point : over(price, point);
}

/** Distance from the entry to the stop loss, in price. */
function stopInPrice(trade: RiskTrade, facts: Omit<TradeFacts, 'equity'>): Rational | Unavailable {
  return stopDistance({ unit: facts.stopUnit, value: trade.sl }, 'sl', trade.side, instrumentOf(trade, facts));
}

function instrumentOf(
  { symbol }: RiskTrade,
  { spec, quote, sizesConfirmed }: Pick<TradeFacts, 'spec' | 'quote' | 'sizesConfirmed'>,
): Instrument {
  return { symbol, spec, quote, pipsConfirmed: false, sizesConfirmed: sizesConfirmed ?? true };
}

function checkRiskOfTrade(trade: RiskTrade, facts: TradeFacts, limits: RiskLimits): RiskRefusal | null {
  const { riskPercent } = limits;
  if (riskPercent === null) return null;
  const risk = riskOfTrade(trade, facts);
  if (isUnavailable(risk)) return riskRefusals.gap('risk_per_trade', risk, 'the money at risk');
  return compare(risk, exact(riskPercent)) > 0 ? riskRefusals.perTrade(hundredths(risk, 'up'), riskPercent) : null;
}

/** Loss at the stop loss in % of equity (R3). */
function riskOfTrade(trade: RiskTrade, facts: TradeFacts): Rational | Unavailable {
  const { equity } = facts;
  const loss = lossAtStop(trade, facts);
  if (isUnavailable(loss)) return loss;
  if (!isKnown(equity)) return gaps.equity;
  if (!isPositive(equity)) return gaps.noEquity;
  return percentOf(loss, exact(equity));
}

/** Loss at the stop loss in the account's currency, with the spread, without slippage and commission. */
export function lossAtStop(trade: RiskTrade, facts: Omit<TradeFacts, 'equity'>): Rational | Unavailable {
  if (trade.sl === 0) return gaps.noStop;
  const { accountCurrency: currency, conflict = null, rates } = facts;
  const loss = perLot(stopInPrice(trade, facts), 'out', instrumentOf(trade, facts), { currency, rates, conflict });
  return isUnavailable(loss) ? loss : times(loss, exact(trade.lot));
}
