import type { ShownPlan, WaitingSignal } from '../../api/state/engines.ts';
import { isRefusal, planSignal } from '../../protocol/gateway/planSignal.ts';
import { changedSince, differsFrom, type SeenOrder } from '../../domain/orders/seen.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { SignalTarget } from './signalTarget.ts';
import type { InboxItem } from './approvalQueue.ts';
import { isClose } from '../../domain/tradeTerms.ts';

// Plans of a waiting signal over time, and which of them a person may have seen.

/** Most plans kept of a signal: a person's answer may refer to any of them. */
const keptPlans = 40;

/** The order that a signal would be on a bridge now, or why it can't be computed. */
export function planNow(
  { signal, sender }: Pick<InboxItem, 'signal' | 'sender'>,
  bridge: SignalTarget,
): ShownPlan | Refusal {
  const ground = bridge.ground(signal.symbol);
  const planned = planSignal(signal, ground, sender.permissions());
  if (isRefusal(planned)) return planned;
  const { account, stopUnit, price, worth } = bridge.orderManager.ground(ground.instrument.symbol);
  const { lot, sl, tp } = planned;
  return { lot, sl, tp, account, stopUnit, price, worth };
}

export function isPlan(plan: ShownPlan | Refusal): plan is ShownPlan {
  return !('code' in plan);
}

/** The signal with its current plan; the same object if unchanged. */
export function renewed(item: InboxItem, bridge: SignalTarget): WaitingSignal {
  const { shown } = item;
  const plan = planNow(item, bridge);
  const planned = isPlan(plan) ? plan : null;
  const problem = item.remark ?? (isPlan(plan) ? null : plan.reason);
  if (problem === shown.problem && JSON.stringify(planned) === JSON.stringify(shown.planned)) return shown;
  keepPlan(item, planned);
  return { ...shown, planned, problem };
}

function keepPlan(item: InboxItem, planned: ShownPlan | null): void {
  if (planned === null) return;
  item.plans.push(planned);
  if (item.plans.length > keptPlans) item.plans.shift();
}

/**
 * The order to fire for a signal: exactly the one that a person saw, if it was a plan of this signal and still holds.
 * @param seen null: the listed order, or the current one on a bridge that the person names
 */
export function agreed(item: InboxItem, bridge: SignalTarget, seen: SeenOrder | null): ShownPlan | Refusal {
  const { shown, signal, sender, plans } = item;
  const now = planNow(item, bridge);
  if (isClose(signal.action) || !isPlan(now)) return now;
  const of = { bridge: bridge.config.id, action: signal.action, symbol: signal.symbol };
  const wanted = seen ?? (shown.planned === null ? null : { ...of, ...shown.planned });
  if (wanted === null && shown.bridge !== null) {
    return refusals.changed('what it amounts to', 'nothing that can be sent', `${String(now.lot)} lots`);
  }
  // Where a person names the bridge, the list could not show the order there.
  if (wanted === null) return now;
  const same = [...plans, now].findLast(
    (plan) => plan.lot === wanted.lot && plan.sl === wanted.sl && plan.tp === wanted.tp,
  );
  const { maxLot } = sender.permissions();
  if (maxLot !== null && wanted.lot > maxLot) {
    return refusals.changed('the largest lot', 'a higher one', String(maxLot));
  }
  return (
    differsFrom({ ...of, ...(same ?? now) }, wanted) ??
    changedSince(signal.action, wanted, bridge.orderManager.ground(bridge.ground(signal.symbol).instrument.symbol)) ?? {
      ...(same ?? now),
      account: wanted.account,
      stopUnit: wanted.stopUnit,
      price: wanted.price,
      worth: wanted.worth,
    }
  );
}
