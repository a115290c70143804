import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { Unchecked } from '../../../../src/domain/orders/order.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import { toNumber } from '../../../../src/domain/arithmetic/rational.ts';
import { checkTrade } from '../../../../src/domain/risk/riskCheck.ts';
import type { RiskRefusal } from '../../../../src/domain/risk/riskRefusals.ts';
import { isClose } from '../../../../src/domain/tradeTerms.ts';
import { planTrade, type TradePlan, type OrderIntent } from '../../../../src/domain/sizing/planTrade.ts';
import { stopInUnits } from '../../../../src/domain/sizing/stopInUnits.ts';
import {
  pointOf,
  stopDistance,
  type Instrument,
  type PlacedStop,
  type StopKind,
  type TypedStop,
} from '../../../../src/domain/sizing/stops.ts';
import { lotRules, type LotRules } from '../../../../src/domain/v7Lots.ts';
import { pointUnchecked } from '../../../../src/domain/orders/unchecked.ts';
import { lotsOf } from '../../../../src/domain/market/symbolTable.ts';
import { formatPrice } from '../../../format.ts';
import { contextOf, digitsOf, type Market } from '../../../shared/symbolContext.ts';
import type { StopViews } from './stopHint.ts';

/** Checks that are impossible for a plan fired now. */
export function uncheckedOf(plan: TradePlan, { quote }: Instrument, { limits, stopUnit }: BridgeState): Unchecked[] {
  const unchecked: Unchecked[] = [];
  // A stop that can't be computed still counts as a stop.
  const [sl, tp] = [plan.sl, plan.tp].map((stop) => (isUnavailable(stop) ? 1 : stop));
  if (pointUnchecked({ sl: sl ?? 0, tp: tp ?? 0, stopUnit }, quote)) unchecked.push('point');
  const limited = limits.marginLevel !== null || limits.freeMargin !== null;
  if (limited && isUnavailable(plan.marginNeeded) && plan.marginNeeded.lapsed !== true) unchecked.push('margin_after');
  return unchecked;
}

/** The lots of a symbol on this bridge, under its EA. */
export function lotRulesOf(bridge: BridgeState, symbol: string): LotRules {
  return lotRules(lotsOf(bridge, symbol), bridge.account.eaVersion, bridge.kind);
}

/** Plans an order on this bridge now. */
export function planOf(intent: OrderIntent, name: string, bridge: BridgeState, market: Market): TradePlan {
  const { instrument, account, lots, stopUnit } = contextOf(bridge, market, name);
  return planTrade(intent, instrument, account, lots, stopUnit);
}

/** Why the desk refuses an order by its limits, whatever the account has open; null: it doesn't. */
export function limitRefusalOf(
  { action, symbol, lot, sl, tp }: Pick<FireRequest, 'action' | 'symbol' | 'lot' | 'sl' | 'tp'>,
  bridge: BridgeState,
  market: Market,
): RiskRefusal | null {
  const { instrument, account, stopUnit } = contextOf(bridge, market, symbol);
  if (isClose(action) || stopUnit === null) return null;
  const { spec, quote, sizesConfirmed } = instrument;
  const { currency: accountCurrency, ...figures } = account;
  const facts = { ...figures, accountCurrency, stopUnit, spec, quote, sizesConfirmed: sizesConfirmed ?? true };
  const side = action === 'buy' ? 'buy' : 'sell';
  return checkTrade({ side, symbol: instrument.symbol, lot, sl, tp }, facts, bridge.limits);
}

/** A stop of an order in every unit; null: no stop. A price below the market is a stop loss of a buy only. */
export function stopViews(
  intent: OrderIntent,
  kind: StopKind,
  lots: TradePlan['lots'],
  instrument: Instrument,
  bridge: BridgeState,
  market: Market,
): StopViews | null {
  const stop = intent[kind];
  if (!(stop.value > 0)) return null;
  const viewed = (side: OrderIntent['side']): StopViews =>
    stopInEveryUnit(stop, kind, side, lots, instrument, bridge, market);
  const own = viewed(intent.side);
  if (stop.unit !== 'price' || !isUnavailable(own.price)) return own;
  const other = viewed(intent.side === 'buy' ? 'sell' : 'buy');
  return isUnavailable(other.price) ? own : other;
}

/** Texts of a stop in every unit, as they are typed; empty where it can't be converted. */
export function stopTexts(views: StopViews | null, digits: number): Record<keyof StopViews, string> {
  const text = (value: number | Unavailable | undefined, decimals: number): string =>
    value === undefined || isUnavailable(value) || !(value > 0) ? '' : String(Number(value.toFixed(decimals)));
  return {
    points: text(views?.points, 0),
    pips: text(views?.pips, 1),
    price: text(views?.price, digits),
    money: text(views?.money, 2),
  };
}

/** A stop of an order of one side in every unit. */
export function stopInEveryUnit(
  stop: TypedStop,
  kind: StopKind,
  side: OrderIntent['side'],
  lots: TradePlan['lots'],
  { symbol }: Pick<Instrument, 'symbol'>,
  bridge: BridgeState,
  market: Market,
): StopViews {
  const { instrument, account } = contextOf(bridge, market, symbol);
  return stopInUnits(stop, kind, side, instrument, account, lots);
}

export interface StopHint {
  text: string;
  /** The stop is so close that it would be hit at once, most likely in a mistaken unit. */
  warning: boolean;
}

/** Price of a typed stop, by the last quote. */
export function describeStop(stop: PlacedStop, instrument: Instrument, quote: Quote | null): StopHint | null {
  if (!(stop.value > 0)) return null;
  if (stop.unit === 'price') return { text: 'an absolute price', warning: false };
  if (quote === null) return null;
  const distance = stopDistance(stop, 'sl', 'buy', instrument);
  const point = pointOf(instrument);
  if (isUnavailable(distance) || isUnavailable(point)) return null;
  const inPrice = toNumber(distance) ?? 0;
  const spread = quote.ask - quote.bid;
  const spreadPoints = spread / (toNumber(point) ?? 1);
  return inPrice < spread - 1e-9
    ? { text: `inside the spread of ${spreadPoints.toFixed(0)}`, warning: true }
    : { text: `= ${formatPrice(inPrice, digitsOf(instrument, quote))} in price`, warning: false };
}
