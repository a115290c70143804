import type { Order } from '../../../../src/domain/orders/order.ts';
import { gapSentences, isUnavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { brokerSymbol } from '../../../../src/domain/market/symbolTable.ts';
import { toNumber } from '../../../../src/domain/arithmetic/rational.ts';
import type { OrderIntent, TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { comparedStops, stopDoubt, type StopDoubt } from '../../../../src/domain/sizing/stopDoubts.ts';
import { pointOf, type Instrument, type StopKind } from '../../../../src/domain/sizing/stops.ts';
import { isClose } from '../../../../src/domain/tradeTerms.ts';
import { formatMoney, formatNumber } from '../../../format.ts';

/** What a person has to know, or confirm, before an order is fired. */
export interface OrderDoubts {
  /** Stops that are probably in a mistaken unit; each is confirmed on its own. */
  stops: StopDoubt[];
  /** What the order risks beyond what is usual, or what is not known of its risk; null: nothing to say. */
  risk: string | null;
  /** The lots are typed to confirm it. */
  isHeavy: boolean;
}

/**
 * @param orders the newest first, of any bridge
 * @param dayRange of the symbol, in price; null: not known
 */
export function orderDoubts(
  intent: OrderIntent,
  plan: TradePlan,
  instrument: Instrument,
  bridge: BridgeState,
  orders: readonly Order[],
  dayRange: number | null,
): OrderDoubts {
  const stops = (['sl', 'tp'] as const).flatMap((kind) => {
    const distances = earlierDistances(orders, kind, instrument, bridge);
    const typed = intent[kind];
    // A stop in money has no unit to mistake: its points follow from the lots.
    if (typed.unit === 'money') return [];
    const { unit, value } = typed;
    const doubt = stopDoubt(typed, { unit, value }, kind, intent.side, instrument, { distances, dayRange });
    return doubt === null ? [] : [doubt];
  });
  const share = shareAtRisk(plan, bridge);
  const isHeavy = share !== null && share >= bridge.heavyRiskPercent;
  return { stops, risk: riskWords(plan, share, bridge), isHeavy };
}

/** Money at risk in % of equity; null: not known. */
function shareAtRisk({ atRisk }: TradePlan, { account: { equity } }: Pick<BridgeState, 'account'>): number | null {
  return isUnavailable(atRisk) || equity === null || equity <= 0 ? null : (100 * atRisk) / equity;
}

function riskWords(plan: TradePlan, share: number | null, { account, heavyRiskPercent }: BridgeState): string | null {
  const hasNoStop = !isUnavailable(plan.sl) && plan.sl === 0;
  if (hasNoStop) return 'No stop loss: nothing bounds what this order can lose.';
  if (share === null)
    return isUnavailable(plan.atRisk)
      ? `What this order can lose is not known. ${gapSentences(plan.atRisk)}`
      : 'What this order can lose is not known: the EA has not told the equity.';
  if (share < heavyRiskPercent) return null;
  return share >= 100
    ? 'The stop loss costs more than the whole equity of this account.'
    : `The stop loss costs ${formatNumber(share, 1)} % of the equity of ${formatMoney(account.equity ?? 0)}.`;
}

/** Distances in price of the last stops that a person or an engine sent in this symbol on this bridge. */
function earlierDistances(
  orders: readonly Order[],
  kind: StopKind,
  instrument: Instrument,
  bridge: BridgeState,
): number[] {
  const point = pointOf(instrument);
  const distances: number[] = [];
  for (const order of orders) {
    if (distances.length === comparedStops) break;
    if (order.bridge !== bridge.id || isClose(order.action) || order.state === 'refused') continue;
    if (order[kind] <= 0 || brokerSymbol(bridge, order.symbol) !== instrument.symbol) continue;
    const entry = order.price ?? (order.action === 'buy' ? order.quote?.ask : order.quote?.bid) ?? null;
    if (order.stopUnit === 'points' && !isUnavailable(point)) distances.push(order[kind] * (toNumber(point) ?? 0));
    else if (order.stopUnit === 'price' && entry !== null) distances.push(Math.abs(order[kind] - entry));
  }
  return distances;
}
