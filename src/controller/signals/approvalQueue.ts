import { ContractFailure } from '../../api/contractFailure.ts';
import { mostWaiting, type ShownPlan, type WaitingSignal } from '../../api/state/engines.ts';
import type { EngineSource } from '../../domain/orders/order.ts';
import type { ChangeAsked, EngineChange } from '../../protocol/gateway/changeRequest.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import type { LotPermissions } from '../../protocol/gateway/planSignal.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { SignalTarget } from './signalTarget.ts';
import type { EngineClient } from './replyRouter.ts';
import { onlyCloses } from '../../domain/tradeTerms.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/** What an external source asks for: a trade or a close by symbol, or a change of what is open. */
export type Submitted = EngineSignal | EngineChange;

export function isEngineChange(signal: Submitted): signal is EngineChange {
  return 'change' in signal;
}

/** Source of a signal and its permissions. */
export interface Sender {
  source: EngineSource;
  permissions: () => LotPermissions;
  /** Refusal by the source's own limits; null: none. */
  limit: (bridge: SignalTarget, signal: Submitted) => Refusal | null;
  /** Why a signal that would be fired without a person must not be sent now; null: it may. */
  unattended: (signal: Submitted | ChangeAsked) => Refusal | null;
}

/** A signal that waits for a person, with the clients that wait for its outcome. */
export interface InboxItem {
  shown: WaitingSignal;
  signal: Submitted;
  sender: Sender;
  clients: EngineClient[];
  /** Recent plans, newest last: a person has seen one of these. */
  plans: ShownPlan[];
  /** Warning for the person, as long as the signal waits; null: none. */
  remark: string | null;
  /** A person has pressed "Fire", and the outcome is not known yet. */
  firing: boolean;
  /** Time of expiry, monotonic ms: a clock that is set back doesn't extend it. */
  overAt: number;
  /** A person has dismissed it. */
  dismissed: boolean;
  cancelExpiry: Unsubscribe;
}

/** Signals that wait for a person, each until its expiry. */
export class ApprovalQueue {
  private readonly clock: Clock;
  private readonly expired: (item: InboxItem) => void;
  private readonly items = new Map<number, InboxItem>();
  private lastNumber = 0;

  /** @param expired called with an item removed at its expiry */
  constructor(clock: Clock, expired: (item: InboxItem) => void) {
    this.clock = clock;
    this.expired = expired;
  }

  get full(): boolean {
    return this.items.size >= mostWaiting;
  }

  /** Waiting signals, oldest first. */
  list(): WaitingSignal[] {
    return [...this.items.values()].map(({ shown }) => shown);
  }

  add(
    shown: Omit<WaitingSignal, 'number' | 'change' | 'refused'>,
    signal: Submitted,
    sender: Sender,
    clients: EngineClient[],
    remark: string | null,
  ): void {
    this.lastNumber += 1;
    const number = this.lastNumber;
    const waitMs = Math.max(0, shown.expiresAt - this.clock.now());
    const item: InboxItem = {
      shown: { number, ...shown, change: isEngineChange(signal) ? signal.change : null, refused: null },
      signal,
      sender,
      clients,
      plans: shown.planned === null ? [] : [shown.planned],
      remark,
      firing: false,
      dismissed: false,
      overAt: this.clock.monotonic() + waitMs,
      cancelExpiry: this.clock.after(waitMs, () => {
        if (item.firing) return;
        this.items.delete(number);
        this.expired(item);
      }),
    };
    this.items.set(number, item);
  }

  /**
   * Renews the plan of each signal that isn't being fired.
   * @returns whether any has changed
   */
  renew(shown: (item: InboxItem) => WaitingSignal): boolean {
    let changed = false;
    for (const item of this.items.values()) {
      if (item.firing) continue;
      const now = shown(item);
      if (now !== item.shown) changed = true;
      item.shown = now;
    }
    return changed;
  }

  /** The waiting signal of an ID; null: none. */
  find(signalId: string): InboxItem | null {
    for (const item of this.items.values()) if (item.shown.signalId === signalId) return item;
    return null;
  }

  /** Waiting signals of a source. */
  of(source: EngineSource): InboxItem[] {
    return [...this.items.values()].filter(({ shown }) => shown.source === source);
  }

  /** @throws ContractFailure `not_found` when it has expired or was fired or dismissed already */
  get(number: number): InboxItem {
    const item = this.items.get(number);
    // The timer may be late, in an app that was suspended.
    if (item !== undefined && (item.firing || onlyCloses(item.signal.action) || !this.endIfOver(item))) return item;
    const message = 'This signal does not wait any more: it has expired, or was fired or dismissed.';
    throw new ContractFailure({ code: 'not_found', message });
  }

  /** Returns a refused signal to the queue with the reason; it expires if its time is over. */
  refused(item: InboxItem, reason: string): void {
    item.shown = { ...item.shown, refused: { reason, at: this.clock.now() } };
    this.endIfOver(item);
  }

  /** Why the signal must not be fired any more; null: it may. */
  ended(item: InboxItem): Refusal | null {
    if (item.dismissed) return refusals.dismissed();
    return this.isOver(item) ? refusals.expired() : null;
  }

  remove(item: InboxItem): void {
    item.cancelExpiry();
    this.items.delete(item.shown.number);
  }

  /** Empties the queue at the app's end, except for signals being fired, which end with their orders. */
  clear(): InboxItem[] {
    const items = [...this.items.values()].filter(({ firing }) => !firing);
    for (const item of items) this.remove(item);
    return items;
  }

  private endIfOver(item: InboxItem): boolean {
    if (!this.isOver(item)) return false;
    this.remove(item);
    this.expired(item);
    return true;
  }

  private isOver({ overAt, shown }: InboxItem): boolean {
    return this.clock.monotonic() >= overAt || this.clock.now() >= shown.expiresAt;
  }
}
