import { ofSymbol, type RiskLimits } from './riskLimits.ts';
import { gaps, riskRefusals, type Gap, type RiskCode, type RiskRefusal } from './riskRefusals.ts';
import { checkSignal, type StopUnit } from './signal.ts';

export type { RiskCode, RiskRefusal } from './riskRefusals.ts';

/** A trade before it is sent: `lot` in lots, `sl` and `tp` in the bridge's stop unit, 0 is none. */
export interface RiskTrade {
  side: 'buy' | 'sell';
  symbol: string;
  lot: number;
  sl: number;
  tp: number;
}

/**
 * The account as it is now, before the trade. Amounts are in the account's currency. null is what nobody knows, and so is
 * any number that isn't finite; an unknown figure is refused where its limit is on.
 */
export interface AccountFacts {
  equity: number | null;
  /** Margin in use; 0 is none, which makes the margin level infinite. */
  margin: number | null;
  freeMargin: number | null;
  /** ISO code in capitals. */
  accountCurrency: string | null;
  /** Positions of the account, and every order that may have become one that isn't counted among them yet. */
  openTrades: number | null;
  /** Trades sent since the trading day began. */
  tradesToday: number;
  /** Trades sent in the last 60 s. */
  tradesLastMinute: number;
  /** Equity with which the trading day began. */
  dayStartEquity: number | null;
  peakEquity: number | null;
}

/** Everything that the check of one trade needs. */
export interface RiskFacts extends AccountFacts {
  /** W5. */
  stopUnit: StopUnit;
  /** The last price of the trade's symbol; `point` is the price of one point. */
  quote: { bid: number; ask: number; point: number | null } | null;
}

/** `unknown`: the limit is on and its figure isn't known. `blocked` and `unknown` refuse every trade. */
export type RiskState = 'off' | 'ok' | 'warn' | 'blocked' | 'unknown';

/** One limit of the account. `value` is null when unknown, and for a margin level without margin in use, which is `ok`. */
export interface RiskRow {
  code: RiskCode;
  name: string;
  limit: number | null;
  value: number | null;
  unit: '%' | 'trades' | 'account currency';
  state: RiskState;
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

/** Every limit of the account and how it stands. What a row says is what {@link checkRisk} does. */
export function riskReport(facts: AccountFacts, limits: RiskLimits): RiskRow[] {
  return [...countGauges, ...moneyGauges].map((gauge) => {
    const { code, name, unit } = gauge;
    const { limit, figure, state } = measure(gauge, facts, limits);
    return { code, name, limit, value: isGap(figure) ? null : toNumber(figure), unit, state };
  });
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

/** A limit of the account: what it is compared with, and what is said when it is broken. */
interface Gauge {
  code: RiskCode;
  name: string;
  unit: RiskRow['unit'];
  limit: (limits: RiskLimits) => number | null;
  figure: (facts: AccountFacts) => Ratio | Gap;
  /** A `ceiling` is broken by its limit and more, a `floor` by less than its limit. */
  kind: 'ceiling' | 'floor';
  warnAt?: number;
  refuse: (value: string, limit: number, facts: AccountFacts) => RiskRefusal;
}

interface Measurement {
  limit: number | null;
  figure: Ratio | Gap;
  state: RiskState;
}

const countGauges: readonly Gauge[] = [
  {
    code: 'risk_open_trades',
    name: 'Open trades',
    unit: 'trades',
    limit: ({ openTrades }) => openTrades,
    figure: ({ openTrades }) => countOr(openTrades, gaps.openTrades),
    kind: 'ceiling',
    refuse: riskRefusals.openTrades,
  },
  {
    code: 'risk_trades_day',
    name: 'Trades today',
    unit: 'trades',
    limit: ({ tradesPerDay }) => tradesPerDay,
    figure: ({ tradesToday }) => countOr(tradesToday, gaps.tradesSent),
    kind: 'ceiling',
    refuse: riskRefusals.tradesPerDay,
  },
  {
    code: 'risk_trades_minute',
    name: 'Trades in the last minute',
    unit: 'trades',
    limit: ({ tradesPerMinute }) => tradesPerMinute,
    figure: ({ tradesLastMinute }) => countOr(tradesLastMinute, gaps.tradesSent),
    kind: 'ceiling',
    refuse: riskRefusals.tradesPerMinute,
  },
];

const moneyGauges: readonly Gauge[] = [
  {
    code: 'risk_daily_loss',
    name: 'Daily loss',
    unit: '%',
    limit: ({ dailyLossPercent }) => dailyLossPercent,
    figure: ({ equity, dayStartEquity }) => lossSince(dayStartEquity, equity, gaps.dayStart),
    kind: 'ceiling',
    refuse: riskRefusals.dailyLoss,
  },
  {
    code: 'risk_drawdown',
    name: 'Drawdown',
    unit: '%',
    limit: ({ drawdownPercent }) => drawdownPercent,
    figure: ({ equity, peakEquity }) => lossSince(peakEquity, equity, gaps.peak),
    kind: 'ceiling',
    warnAt: 10,
    refuse: riskRefusals.drawdown,
  },
  {
    code: 'risk_margin_level',
    name: 'Margin level',
    unit: '%',
    limit: ({ marginLevel }) => marginLevel,
    figure: marginLevelOf,
    kind: 'floor',
    warnAt: 200,
    refuse: riskRefusals.marginLevel,
  },
  {
    code: 'risk_free_margin',
    name: 'Free margin',
    unit: 'account currency',
    limit: ({ freeMargin }) => freeMargin,
    figure: ({ freeMargin }) => (isKnown(freeMargin) ? exact(freeMargin) : gaps.freeMargin),
    kind: 'floor',
    refuse: (value, limit, { accountCurrency }) => riskRefusals.freeMargin(value, limit, accountCurrency),
  },
];

function checkAccount(gauges: readonly Gauge[], facts: AccountFacts, limits: RiskLimits): RiskRefusal | null {
  for (const gauge of gauges) {
    const { limit, figure, state } = measure(gauge, facts, limits);
    if (limit === null || (state !== 'blocked' && state !== 'unknown')) continue;
    if (isGap(figure)) return riskRefusals.gap(gauge.code, figure, `the limit on ${gauge.name.toLowerCase()}`);
    return gauge.refuse(hundredths(figure, gauge.kind === 'ceiling' ? 'up' : 'down'), limit, facts);
  }
  return null;
}

/** The one place that decides how a limit of the account stands. */
function measure(gauge: Gauge, facts: AccountFacts, limits: RiskLimits): Measurement {
  const limit = gauge.limit(limits);
  const figure = gauge.figure(facts);
  if (limit === null) return { limit, figure, state: 'off' };
  if (isGap(figure)) return { limit, figure, state: 'unknown' };
  const breaks = (at: number): boolean => {
    const order = compare(figure, exact(at));
    return gauge.kind === 'ceiling' ? order >= 0 : order < 0;
  };
  const warns = gauge.warnAt !== undefined && breaks(gauge.warnAt);
  return { limit, figure, state: breaks(limit) ? 'blocked' : warns ? 'warn' : 'ok' };
}

function countOr(count: number | null, gap: Gap): Ratio | Gap {
  return isKnown(count) && count >= 0 ? exact(count) : gap;
}

function lossSince(start: number | null, equity: number | null, gap: Gap): Ratio | Gap {
  if (!isKnown(equity)) return gaps.equity;
  if (!isPositive(start)) return gap;
  return equity >= start ? exact(0) : percentOf(minus(exact(start), exact(equity)), exact(start));
}

function marginLevelOf({ equity, margin }: AccountFacts): Ratio | Gap {
  if (!isKnown(equity)) return gaps.equity;
  if (!isPositive(equity)) return gaps.noEquity;
  if (!isKnown(margin) || margin < 0) return gaps.margin;
  return percentOf(exact(equity), exact(margin));
}

/** A crossed price is no price. */
function priceOf({ quote }: RiskFacts): { bid: number; ask: number } | null {
  return quote !== null && isPositive(quote.bid) && isPositive(quote.ask) && quote.ask >= quote.bid ? quote : null;
}

/** `top / bottom`, unrounded. A `bottom` of 0 is above everything. */
interface Ratio {
  top: bigint;
  bottom: bigint;
}

const decimals = 10;
const one = 10n ** BigInt(decimals);

function exact(value: number): Ratio {
  const [digits = '0', exponent = '0'] = value.toExponential(14).split('e');
  const shift = Number(exponent) - 14 + decimals;
  const whole = BigInt(digits.replace('.', ''));
  if (shift >= 0) return { top: whole * 10n ** BigInt(shift), bottom: one };
  const divisor = 10n ** BigInt(-shift);
  const half = whole < 0n ? -divisor / 2n : divisor / 2n;
  return { top: (whole + half) / divisor, bottom: one };
}

function minus(a: Ratio, b: Ratio): Ratio {
  return { top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom };
}

function times(a: Ratio, b: Ratio): Ratio {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function over(a: Ratio, b: Ratio): Ratio {
  return { top: a.top * b.bottom, bottom: a.bottom * b.top };
}

function percentOf(part: Ratio, whole: Ratio): Ratio {
  return over(times(part, exact(100)), whole);
}

function compare(a: Ratio, b: Ratio): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function toNumber({ top, bottom }: Ratio): number | null {
  return bottom === 0n ? null : Number((Number(top) / Number(bottom)).toPrecision(12));
}

function hundredths({ top, bottom }: Ratio, direction: 'up' | 'down'): string {
  const rest = (top * 100n) % bottom;
  const step = direction === 'up' && rest > 0n ? 1n : direction === 'down' && rest < 0n ? -1n : 0n;
  return String(Number((top * 100n) / bottom + step) / 100);
}

function isGap(figure: Ratio | Gap): figure is Gap {
  return 'missing' in figure;
}

/** No number, or 10^15 and more, which no account or price has: not known. */
function isKnown(value: number | null): value is number {
  return value !== null && Math.abs(value) < 1e15;
}

function isPositive(value: number | null): value is number {
  return isKnown(value) && exact(value).top > 0n;
}
