import type { ShownPlan, WaitingSignal } from '../../api/state/engines.ts';
import type { EngineChange } from '../../protocol/gateway/changeRequest.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import { isRefusal, planSignal } from '../../protocol/gateway/planSignal.ts';
import { changedSince, differsFrom, type SeenOrder } from '../../domain/orders/seen.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { SignalTarget } from './signalTarget.ts';
import { type InboxItem, isEngineChange, type Sender } from './approvalQueue.ts';
import { isClose, onlyCloses } from '../../domain/tradeTerms.ts';

// Plans of a waiting signal over time, and which of them a person may have seen.

/** Most plans kept of a signal: a person's answer may refer to any of them. */
const keptPlans = 40;

type PlannedSignal = Pick<InboxItem, 'sender'> & { signal: EngineSignal };

/** The order that a signal would be on a bridge now, or why it can't be computed. */
function planNow({ signal, sender }: PlannedSignal, bridge: SignalTarget): ShownPlan | Refusal {
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

type Outlook = Pick<WaitingSignal, 'planned' | 'problem' | 'obstacle'>;

/** The order that a signal would be on a bridge now, and what is in its way. @param bridge null: not known */
export function outlook(item: Pick<InboxItem, 'signal' | 'sender' | 'remark'>, bridge: SignalTarget | null): Outlook {
  if (bridge === null) return { planned: null, problem: item.remark, obstacle: null };
  const { signal, sender, remark } = item;
  if (isEngineChange(signal))
    return { planned: null, problem: remark, obstacle: changeObstacle(signal, sender, bridge) };
  const plan = planNow({ signal, sender }, bridge);
  const isPossible = isPlan(plan);
  return {
    planned: isPossible ? plan : null,
    problem: remark ?? (isPossible ? null : plan.reason),
    obstacle: isClose(signal.action) ? null : unconfirmable(obstacleTo({ signal, sender }, bridge, plan)),
  };
}

/** What a person's "Fire" of a change would meet. A stop that moves away is what the person consents to. */
function changeObstacle(signal: EngineChange, sender: Sender, bridge: SignalTarget): Refusal | null {
  const { foundOn: account, change } = signal;
  const { guards, changes } = bridge.orderManager;
  const limit = onlyCloses(signal.action) ? null : sender.limit(bridge, signal);
  return limit ?? guards.changeRefusal(change) ?? changes.refusal(change, { account, away: true });
}

/** What a person's "Fire" would meet, in the order of the checks. */
function obstacleTo(
  { signal, sender }: PlannedSignal,
  bridge: SignalTarget,
  plan: ShownPlan | Refusal,
): Refusal | null {
  const limit = sender.limit(bridge, signal);
  if (limit !== null || !isPlan(plan)) return limit ?? (plan as Refusal);
  const { symbol } = bridge.ground(signal.symbol).instrument;
  const { lot, sl, tp } = plan;
  return bridge.orderManager.guards.entryRefusal({ action: signal.action, symbol, lot, sl, tp });
}

/** Next steps of refusals that a person at the ticket may confirm away: a waiting signal takes no such confirmation. */
const unconfirmableSteps: Partial<Record<Refusal['code'], string>> = {
  risk_unsettled: 'Look in MT5 whether it is open, settle it in Executions, then fire.',
  duplicate_order: 'Fire when that time has passed, if you want it twice.',
};

function unconfirmable(refusal: Refusal | null): Refusal | null {
  const nextStep = refusal === null ? undefined : unconfirmableSteps[refusal.code];
  return refusal === null || nextStep === undefined ? refusal : { ...refusal, nextStep };
}

/** The signal with its current plan and obstacle; the same object if unchanged. */
export function renewed(item: InboxItem, bridge: SignalTarget): WaitingSignal {
  const { shown } = item;
  const now = outlook(item, bridge);
  const { planned, problem, obstacle } = shown;
  if (JSON.stringify(now) === JSON.stringify({ planned, problem, obstacle })) return shown;
  if (JSON.stringify(now.planned) !== JSON.stringify(planned)) keepPlan(item, now.planned);
  return { ...shown, ...now };
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
export function agreed(
  item: InboxItem & { signal: EngineSignal },
  bridge: SignalTarget,
  seen: SeenOrder | null,
): ShownPlan | Refusal {
  const { shown, signal, sender, plans } = item;
  const now = planNow({ signal, sender }, bridge);
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
    changedSince(signal, wanted, bridge.orderManager.ground(bridge.ground(signal.symbol).instrument.symbol)) ?? {
      ...(same ?? now),
      account: wanted.account,
      stopUnit: wanted.stopUnit,
      price: wanted.price,
      worth: wanted.worth,
    }
  );
}
