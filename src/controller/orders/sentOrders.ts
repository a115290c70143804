import { isUnsettled, type Order, type OrderTiming } from '../../domain/orders/order.ts';
import { type AlikeTrade, AlikeTrades } from './alikeTrades.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import { isClose } from '../../domain/tradeTerms.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import { type Clock, monotonicTime } from '../ports/clock.ts';

/** Settled orders that are kept at hand, for feedback that comes twice. Older ones are looked up in the journal. */
const keptSettled = 200;

/** An order that may have left. */
export interface SentOrder {
  order: Order;
  /** Monotonic ms of the decision. */
  firedAt: number;
  /** Monotonic ms. */
  sentAt: number;
  /** Monotonic ms of the feedback that settled it. */
  settledAt: number | null;
  /** Null: it was sent by an earlier start. */
  timing: OrderTiming | null;
  cancelTimeout: Unsubscribe;
}

/** How many buys and sells may be open without being known to be. */
export interface OpenTrades {
  /** On their way. */
  sent: number;
  unknown: number;
}

/** The orders of a bridge that may have left, by their signal_id: the EA would trade a second one (W4). */
export class SentOrders {
  private readonly clock: Clock;
  private readonly journal: JournalOrders;
  private readonly bridge: string;
  /** In the order of sending. */
  private readonly entries = new Map<string, SentOrder>();
  private readonly alike: AlikeTrades;
  /** By their number: buys and sells that are unknown. An index of the entries, which every order that is about to leave asks for. */
  private readonly unknown = new Map<number, Order>();

  /** @param earlier buys and sells of the last day and more that may have left, the oldest first */
  constructor(clock: Clock, journal: JournalOrders, bridge: string, earlier: readonly Order[]) {
    this.clock = clock;
    this.journal = journal;
    this.bridge = bridge;
    this.alike = new AlikeTrades(clock, earlier);
  }

  add(entry: SentOrder): void {
    this.alike.add(entry.order, entry.sentAt);
    this.entries.set(entry.order.signalId, entry);
    this.indexUnknown(entry.order);
    if (this.entries.size > keptSettled) this.forgetSettled();
  }

  /** The order is as if it had never been sent. */
  remove(entry: SentOrder): void {
    this.alike.remove(entry.order);
    this.entries.delete(entry.order.signalId);
    this.unknown.delete(entry.order.number);
  }

  find(signalId: string): SentOrder | null {
    const entry = this.entries.get(signalId);
    if (entry !== undefined) return entry;
    const order = this.journal.findSent(this.bridge, signalId);
    return order === null ? null : this.earlier(order);
  }

  /** Whether an order has left under this ID on any bridge that shares the journal, one that was renamed or removed too. */
  findOnAny(signalId: string): Order | null {
    return this.entries.get(signalId)?.order ?? this.journal.findSent(null, signalId);
  }

  /** An order of an earlier start, or one that is no longer at hand. */
  earlier(order: Order): SentOrder {
    const sentAt = monotonicTime(this.clock, order.at);
    return { order, firedAt: sentAt, sentAt, settledAt: null, timing: order.timing, cancelTimeout: () => undefined };
  }

  byNumber(number: number): SentOrder | null {
    for (const entry of this.entries.values()) if (entry.order.number === number) return entry;
    return null;
  }

  /** Sent, and nothing is known of them yet. */
  open(): SentOrder[] {
    return [...this.entries.values()].filter(({ order }) => order.state === 'sent');
  }

  /** Buys and sells of which nobody knows what became of them. */
  unsettled(): Order[] {
    return [...this.unknown.values()];
  }

  /** Buys and sells that may be open without being counted in what the EA told at `since` (monotonic ms). */
  uncountedTrades(since: number): number {
    return this.mayBeOpen(since).length;
  }

  /** The same, each of them. */
  mayBeOpen(since: number): Order[] {
    const found: Order[] = [];
    for (const { order, settledAt } of this.entries.values()) {
      const isOpen =
        order.state === 'sent' ||
        order.state === 'unknown' ||
        (order.state === 'filled' && settledAt !== null && settledAt >= since);
      if (isOpen && !isClose(order.action)) found.push(order);
    }
    return found;
  }

  /** @param except number of one that is left out */
  openTrades(except: number): OpenTrades {
    let [sent, unknown] = [0, 0];
    for (const { order } of this.entries.values()) {
      if (isClose(order.action) || order.number === except) continue;
      if (order.state === 'sent') sent += 1;
      else if (order.state === 'unknown') unknown += 1;
    }
    return { sent, unknown };
  }

  /** A buy or sell as it is now. */
  follow(order: Order): void {
    this.indexUnknown(order);
    this.alike.follow(order, this.entries.get(order.signalId)?.sentAt);
  }

  /** The last other buy or sell of this symbol and side, within a day at least, that was not rejected. */
  lastAlike(order: Pick<Order, 'symbol' | 'action' | 'number'>): AlikeTrade | null {
    return this.alike.lastBefore(order);
  }

  private indexUnknown(order: Order): void {
    if (order.state === 'unknown' && !isClose(order.action)) this.unknown.set(order.number, order);
    else this.unknown.delete(order.number);
  }

  private forgetSettled(): void {
    for (const [signalId, { order }] of this.entries) {
      if (this.entries.size <= keptSettled / 2) return;
      if (!isUnsettled(order)) this.entries.delete(signalId);
    }
  }
}
