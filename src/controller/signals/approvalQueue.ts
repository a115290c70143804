import { ContractFailure } from '../../api/contractFailure.ts';
import { mostWaiting, type ShownPlan, type WaitingSignal } from '../../api/state/engines.ts';
import type { EngineSource } from '../../domain/orders/order.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import type { LotPermissions } from '../../protocol/gateway/planSignal.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { SignalTarget } from './signalTarget.ts';
import type { EngineClient } from './replyRouter.ts';
import { isClose } from '../../domain/tradeTerms.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';

/** Whom a signal is from, and what that source may do when it is fired. */
export interface Sender {
  source: EngineSource;
  permissions: () => LotPermissions;
  /** Limits of its own. */
  limit: (bridge: SignalTarget, signal: EngineSignal) => Refusal | null;
  /** Why a signal that is fired by itself, with nobody looking, must not leave now. */
  unattended: (signal: EngineSignal) => Refusal | null;
}

/** A signal that waits for a person, with those who hear what becomes of it. */
export interface InboxItem {
  shown: WaitingSignal;
  signal: EngineSignal;
  sender: Sender;
  clients: EngineClient[];
  /** What it amounted to lately, the newest last: one of these is what a person has seen. */
  plans: ShownPlan[];
  /** What a person should know besides. */
  remark: string | null;
  /** A person has pressed "Fire", and what comes of it is not known yet. */
  firing: boolean;
  /** Monotonic ms: a clock that is set back makes it wait no longer. */
  overAt: number;
  /** A person doesn't want it. */
  dismissed: boolean;
  cancelExpiry: Unsubscribe;
}

/** Signals that wait for a person, each until it expires. */
export class ApprovalQueue {
  private readonly clock: Clock;
  private readonly expired: (item: InboxItem) => void;
  private readonly items = new Map<number, InboxItem>();
  private lastNumber = 0;

  /** @param expired called when an item has been taken out because its time is up */
  constructor(clock: Clock, expired: (item: InboxItem) => void) {
    this.clock = clock;
    this.expired = expired;
  }

  get full(): boolean {
    return this.items.size >= mostWaiting;
  }

  /** The oldest first. */
  list(): WaitingSignal[] {
    return [...this.items.values()].map(({ shown }) => shown);
  }

  add(
    shown: Omit<WaitingSignal, 'number'>,
    signal: EngineSignal,
    sender: Sender,
    clients: EngineClient[],
    remark: string | null,
  ): void {
    this.lastNumber += 1;
    const number = this.lastNumber;
    const waitMs = Math.max(0, shown.expiresAt - this.clock.now());
    const item: InboxItem = {
      shown: { number, ...shown },
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

  /** Each that isn't being fired, to be shown as it is now. @returns whether one is otherwise */
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

  /** What waits of a source. */
  of(source: EngineSource): InboxItem[] {
    return [...this.items.values()].filter(({ shown }) => shown.source === source);
  }

  /** @throws ContractFailure `not_found` when it has expired or was fired or dismissed already */
  get(number: number): InboxItem {
    const item = this.items.get(number);
    // Its timer may be late, in an app that stood still.
    if (item !== undefined && (item.firing || isClose(item.signal.action) || !this.endIfOver(item))) return item;
    const message = 'This signal does not wait any more: it has expired, or was fired or dismissed.';
    throw new ContractFailure({ code: 'not_found', message });
  }

  /** It stays, and a person sees why it was not fired; it expires where its time was up meanwhile. */
  refused(item: InboxItem, problem: string): void {
    item.remark = problem;
    item.shown = { ...item.shown, problem };
    this.endIfOver(item);
  }

  /** Why it must not be fired any more, or null. */
  ended(item: InboxItem): Refusal | null {
    if (item.dismissed) return refusals.dismissed();
    return this.isOver(item) ? refusals.expired() : null;
  }

  remove(item: InboxItem): void {
    item.cancelExpiry();
    this.items.delete(item.shown.number);
  }

  /** The app ends: nothing waits any more. What is being fired ends by what becomes of it. */
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
