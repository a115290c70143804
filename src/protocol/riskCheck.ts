import { compare, exact, hundredths, isKnown, isPositive, minus, over, percentOf, times, type Ratio } from './ratio.ts';
import { ofSymbol, type RiskLimits } from './riskLimits.ts';
import { gaps, riskRefusals, type Gap, type RiskRefusal } from './riskRefusals.ts';
import { checkAccount, countGauges, isGap, moneyGauges, type AccountFacts } from './riskReport.ts';
import { checkSignal, type StopUnit } from './signal.ts';

/** A trade before it is sent: `lot` in lots, `sl` and `tp` in the bridge's stop unit, 0 is none. */
export interface RiskTrade {
  side: 'buy' | 'sell';
  symbol: string;
  lot: number;
  sl: number;
  tp: number;
}

/** Everything that the check of one trade needs. */
export interface RiskFacts extends AccountFacts {
  /** W5. */
  stopUnit: StopUnit;
  /** The last price of the trade's symbol; `point` is the price of one point. */
  quote: { bid: number; ask: number; point: number | null } | null;
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
    checkSymbol(trade, limits) ??
    checkLot(trade, limits) ??
    checkStop(trade, facts, limits) ??
    checkAccount(countGauges, facts, limits) ??
    checkRiskOfTrade(trade, facts, limits) ??
    checkAccount(moneyGauges, facts, limits)
  );
}

function checkSymbol({ symbol }: RiskTrade, { symbols }: RiskLimits): RiskRefusal | null {
  return symbols.length === 0 || symbols.includes(symbol) ? null : riskRefusals.symbol(symbol);
}

function checkLot({ symbol, lot, side }: RiskTrade, limits: RiskLimits): RiskRefusal | null {
  if (!isPositive(lot)) return riskRefusals.noLot(lot);
  const lots = ofSymbol(limits.symbolLots, symbol);
  if (lots === null) return null;
  // W6 is written down once, in checkSignal: here a signal in which nothing but the lots can be wrong.
  const signal = { action: side, symbol: 'EURUSD', lot, sl: 0, tp: 0, signal_id: '1' };
  const problem = checkSignal(signal, { stopUnit: 'points', lots });
  return problem === null ? null : riskRefusals.lot(problem.reason, symbol);
}

function checkStop(trade: RiskTrade, facts: RiskFacts, limits: RiskLimits): RiskRefusal | null {
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
  if (isGap(distance)) return riskRefusals.gap('risk_stop_distance', distance, 'the distance of the stop loss');
  if (min !== null && compare(distance, exact(min)) < 0)
    return riskRefusals.stopTooClose(hundredths(distance, 'down'), min);
  if (max !== null && compare(distance, exact(max)) > 0)
    return riskRefusals.stopTooFar(hundredths(distance, 'up'), max);
  return null;
}

function checkSide({ side, sl }: RiskTrade, facts: RiskFacts): RiskRefusal | null {
  const quote = priceOf(facts);
  if (facts.stopUnit === 'points' || quote === null) return null;
  const isWrong =
    side === 'buy' ? compare(exact(sl), exact(quote.bid)) >= 0 : compare(exact(sl), exact(quote.ask)) <= 0;
  return isWrong ? riskRefusals.wrongSide(side, sl, side === 'buy' ? quote.bid : quote.ask) : null;
}

function stopInPoints(trade: RiskTrade, facts: RiskFacts): Ratio | Gap {
  if (facts.stopUnit === 'points') return exact(trade.sl);
  const price = stopInPrice(trade, facts);
  if (isGap(price)) return price;
  const point = facts.quote?.point ?? null;
  return isPositive(point) ? over(price, exact(point)) : gaps.point(trade.symbol);
}

/** From where the trade would be opened to its stop loss. */
function stopInPrice({ side, symbol, sl }: RiskTrade, facts: RiskFacts): Ratio | Gap {
  if (facts.stopUnit === 'points') {
    const point = facts.quote?.point ?? null;
    return isPositive(point) ? times(exact(sl), exact(point)) : gaps.point(symbol);
  }
  const quote = priceOf(facts);
  if (quote === null) return gaps.price(symbol);
  return side === 'buy' ? minus(exact(quote.ask), exact(sl)) : minus(exact(sl), exact(quote.bid));
}

function checkRiskOfTrade(trade: RiskTrade, facts: RiskFacts, limits: RiskLimits): RiskRefusal | null {
  const { riskPercent } = limits;
  if (riskPercent === null) return null;
  const risk = riskOfTrade(trade, facts, limits);
  if (isGap(risk)) return riskRefusals.gap('risk_per_trade', risk, 'the money at risk');
  return compare(risk, exact(riskPercent)) > 0 ? riskRefusals.perTrade(hundredths(risk, 'up'), riskPercent) : null;
}

/** Money that the stop loss would lose, in % of equity (R3). The spread is in it, slippage and commission are not. */
function riskOfTrade(trade: RiskTrade, facts: RiskFacts, limits: RiskLimits): Ratio | Gap {
  const { symbol } = trade;
  if (trade.sl === 0) return gaps.noStop;
  const contractSize = ofSymbol(limits.contractSizes, symbol);
  if (!isPositive(contractSize)) return gaps.contractSize(symbol);
  if (facts.accountCurrency === null) return gaps.accountCurrency;
  const quoteCurrency = quoteCurrencyOf(symbol);
  if (quoteCurrency === null) return gaps.quoteCurrency(symbol);
  if (quoteCurrency !== facts.accountCurrency) return gaps.otherCurrency(symbol, quoteCurrency, facts.accountCurrency);
  const distance = stopInPrice(trade, facts);
  if (isGap(distance)) return distance;
  if (!isKnown(facts.equity)) return gaps.equity;
  if (!isPositive(facts.equity)) return gaps.noEquity;
  return percentOf(times(distance, times(exact(contractSize), exact(trade.lot))), exact(facts.equity));
}

/** USD of EURUSD, XAUUSD.m or EURUSDpro; null where the name doesn't tell, as of US30 or BTCUSDT. */
export function quoteCurrencyOf(symbol: string): string | null {
  return /^[A-Z]{3}([A-Z]{3})(?![A-Z])/.exec(symbol)?.[1] ?? null;
}

/** A crossed price is no price. */
function priceOf({ quote }: RiskFacts): { bid: number; ask: number } | null {
  return quote !== null && isPositive(quote.bid) && isPositive(quote.ask) && quote.ask >= quote.bid ? quote : null;
}
