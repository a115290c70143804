import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import {
  compare,
  exact,
  hundredths,
  isKnown,
  isPositive,
  minus,
  percentOf,
  toNumber,
  type Rational,
} from '../arithmetic/rational.ts';
import type { RiskLimits } from './riskLimits.ts';
import { riskRefusals, type RiskCode, type RiskRefusal } from './riskRefusals.ts';

/**
 * The account now, before the trade. Amounts are in the account's currency. null and numbers that aren't finite are unknown; an
 * unknown figure is refused when its limit is on.
 */
export interface AccountFacts {
  equity: number | null;
  /** Margin in use; 0 is none, which makes the margin level infinite. */
  margin: number | null;
  freeMargin: number | null;
  /** ISO code in capitals. */
  accountCurrency: string | null;
  /** Why nothing can be computed in money; null or left out: it can. */
  conflict?: Unavailable | null;
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

/** `unknown`: the limit is on and its figure isn't known. `blocked` and `unknown` refuse every trade. */
type RiskState = 'off' | 'ok' | 'warn' | 'blocked' | 'unknown';

/** One limit of the account. `value` is null when unknown, and for a margin level without margin in use, which is `ok`. */
export interface RiskRow {
  code: RiskCode;
  name: string;
  limit: number | null;
  value: number | null;
  unit: '%' | 'trades' | 'account currency';
  state: RiskState;
}

/** Every limit of the account with its figure and state, by the same rules as {@link checkRisk}. */
export function riskReport(facts: AccountFacts, limits: RiskLimits): RiskRow[] {
  return [...countGauges, ...moneyGauges].map((gauge) => {
    const { code, name, unit } = gauge;
    const { limit, figure, state } = measure(gauge, facts, limits);
    return { code, name, limit, value: isUnavailable(figure) ? null : toNumber(figure), unit, state };
  });
}

/** A limit of the account: its figure, and the refusal when it is broken. */
interface Gauge {
  code: RiskCode;
  name: string;
  unit: RiskRow['unit'];
  limit: (limits: RiskLimits) => number | null;
  figure: (facts: AccountFacts) => Rational | Unavailable;
  /** A `ceiling` is broken by its limit and more, a `floor` by less than its limit. */
  kind: 'ceiling' | 'floor';
  warnAt?: number;
  refuse: (value: string, limit: number, facts: AccountFacts) => RiskRefusal;
}

interface Measurement {
  limit: number | null;
  figure: Rational | Unavailable;
  state: RiskState;
}

export const countGauges: readonly Gauge[] = [
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

export const moneyGauges: readonly Gauge[] = [
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

export function checkAccount(gauges: readonly Gauge[], facts: AccountFacts, limits: RiskLimits): RiskRefusal | null {
  for (const gauge of gauges) {
    if (gauge.limit(limits) === null) continue;
    const { limit, figure, state } = measure(gauge, facts, limits);
    if (limit === null || (state !== 'blocked' && state !== 'unknown')) continue;
    if (isUnavailable(figure)) return riskRefusals.gap(gauge.code, figure, `the limit on ${gauge.name.toLowerCase()}`);
    return gauge.refuse(hundredths(figure, gauge.kind === 'ceiling' ? 'up' : 'down'), limit, facts);
  }
  return null;
}

/** Decides the state of a limit; the report and the check both use it. */
function measure(gauge: Gauge, facts: AccountFacts, limits: RiskLimits): Measurement {
  const limit = gauge.limit(limits);
  const figure = gauge.figure(facts);
  if (limit === null) return { limit, figure, state: 'off' };
  if (isUnavailable(figure)) return { limit, figure, state: 'unknown' };
  const breaks = (at: number): boolean => {
    const order = compare(figure, exact(at));
    return gauge.kind === 'ceiling' ? order >= 0 : order < 0;
  };
  const warns = gauge.warnAt !== undefined && breaks(gauge.warnAt);
  return { limit, figure, state: breaks(limit) ? 'blocked' : warns ? 'warn' : 'ok' };
}

function countOr(count: number | null, gap: Unavailable): Rational | Unavailable {
  return isKnown(count) && count >= 0 ? exact(count) : gap;
}

function lossSince(start: number | null, equity: number | null, gap: Unavailable): Rational | Unavailable {
  if (!isKnown(equity)) return gaps.equity;
  if (!isPositive(start)) return gap;
  return equity >= start ? exact(0) : percentOf(minus(exact(start), exact(equity)), exact(start));
}

function marginLevelOf({ equity, margin }: AccountFacts): Rational | Unavailable {
  if (!isKnown(equity)) return gaps.equity;
  if (!isPositive(equity)) return gaps.noEquity;
  if (!isKnown(margin) || margin < 0) return gaps.margin;
  return percentOf(exact(equity), exact(margin));
}
