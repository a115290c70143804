import { shownState, type Order } from '../../domain/orders/order.ts';
import type { XpAward } from '../../api/queries/statistics.ts';
import { codesIn } from '../../protocol/ea/failureText.ts';
import { rejectReason } from '../../domain/orders/rejectReason.ts';
import { foldXp, noXp, type XpEvent, xpPoints, type XpState } from '../../domain/xp.ts';
import { tallyOf, TallySum } from './orderTally.ts';
import type { JournalEntry } from '../ports/journalEntry.ts';
import { isEntry } from '../../domain/tradeTerms.ts';

/** An entry that statistics or experience points depend on. */
export interface FollowedEntry {
  seq: number;
  at: number;
  entry: Extract<JournalEntry, { type: 'order' | 'milestone' }>;
  /** The order before this entry; null: new. */
  before: Order | null;
}

/** Grouping of orders in statistics. */
export interface OrderGroup {
  bridge: string;
  /** Empty: the EA had not named one. */
  account: string;
  source: string;
  symbol: string;
  day: string;
}

export interface ReasonGroup extends OrderGroup {
  state: 'rejected' | 'refused';
  reason: string;
}

/**
 * Statistics and experience points (R4) as a fold over the journal's entries in order. Holds only what the entries
 * taken so far add.
 */
export class EntryFold {
  readonly groups = new Map<string, { group: OrderGroup; sum: TallySum }>();
  readonly reasons = new Map<string, { group: ReasonGroup; count: number }>();
  readonly awards: XpAward[] = [];
  readonly xpDays = new Map<string, { bridge: string; account: string; day: string; points: number }>();
  readonly xpStates = new Map<string, XpState>();
  private readonly xpBefore: (account: string) => XpState | null;

  /** @param xpBefore state of an account before the first entry */
  constructor(xpBefore: (account: string) => XpState | null = () => null) {
    this.xpBefore = xpBefore;
  }

  add(followed: FollowedEntry): void {
    const { entry, before } = followed;
    if (entry.type === 'order') {
      if (before !== null) this.count(before, -1);
      this.count(entry.order, 1);
    }
    const event = xpEvent(followed);
    if (event !== null) this.award(followed, event);
  }

  private count(order: Order, times: 1 | -1): void {
    const { bridge, source, symbol, day } = order;
    const group = { bridge, account: order.account ?? '', source, symbol, day };
    const key = JSON.stringify(Object.values(group));
    const known = this.groups.get(key) ?? { group, sum: new TallySum() };
    this.groups.set(key, known);
    known.sum.add(tallyOf(order), times);
    const reason = reasonOf(order);
    if (reason === null) return;
    const reasonGroup = { ...group, ...reason };
    const reasonKey = JSON.stringify(Object.values(reasonGroup));
    const counted = this.reasons.get(reasonKey) ?? { group: reasonGroup, count: 0 };
    counted.count += times;
    this.reasons.set(reasonKey, counted);
  }

  private award({ seq, at, entry }: FollowedEntry, event: XpEvent): void {
    const { order, day, signalId, bridge, account } = subjectOf(entry);
    if (account === null) return;
    const { state, awards } = foldXp(this.xpStates.get(account) ?? this.xpBefore(account) ?? noXp, event);
    this.xpStates.set(account, state);
    for (const reason of awards) {
      const points = xpPoints[reason];
      this.awards.push({ seq, bridge, account, at, day, reason, points, order, signalId });
      const key = JSON.stringify([bridge, account, day]);
      const sum = this.xpDays.get(key) ?? { bridge, account, day, points: 0 };
      sum.points += points;
      this.xpDays.set(key, sum);
    }
  }
}

function subjectOf(entry: FollowedEntry['entry']): Pick<XpAward, 'bridge' | 'day' | 'order' | 'signalId'> & {
  account: string | null;
} {
  if (entry.type === 'milestone') {
    const { bridge, account, day } = entry;
    return { bridge, account, day, order: null, signalId: null };
  }
  const { bridge, account, day, number, signalId } = entry.order;
  return { bridge, account, day, order: number, signalId };
}

/**
 * Event for experience points. An order counts when it first reaches a state: repeated feedback writes the same state
 * again.
 */
function xpEvent({ entry, before }: FollowedEntry): XpEvent | null {
  if (entry.type === 'milestone') {
    const { milestone } = entry;
    if (milestone.kind === 'starting_balance') return null;
    return milestone.kind === 'profit' ? { kind: 'profit', step: milestone.step } : { kind: milestone.kind };
  }
  const { order } = entry;
  if (!isEntry(order.action) || order.state === before?.state) return null;
  if (order.state === 'filled') return { kind: 'executed', day: order.day };
  return order.state === 'rejected' ? { kind: 'rejected' } : null;
}

function reasonOf(order: Order): Pick<ReasonGroup, 'state' | 'reason'> | null {
  if (shownState(order) === 'refused') return { state: 'refused', reason: order.refusal?.code ?? 'unknown' };
  const message = order.message ?? '';
  return order.state === 'rejected' ? { state: 'rejected', reason: rejectReason(message, codesIn(message)) } : null;
}
