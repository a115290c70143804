import { mayBeOn } from './orphans.ts';
import { isPlaced, isUnsettled, type Order, type OrderTiming } from '../../domain/orders/order.ts';
import { type AlikeTrade, AlikeTrades } from './alikeTrades.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import { type Clock, monotonicTime } from '../ports/clock.ts';

/** Most settled orders kept in memory, for repeated feedback. Older ones are found in the journal. */
const keptSettled = 200;

/** An order that may have been sent. */
export interface SentOrder {
  order: Order;
  /** Time of the decision, monotonic ms. */
  firedAt: number;
  /** Time of sending, monotonic ms. */
  sentAt: number;
  /** Time of the feedback that settled it, monotonic ms; null: unsettled. */
  settledAt: number | null;
  /** Null: sent by an earlier start. */
  timing: OrderTiming | null;
  cancelTimeout: Unsubscribe;
}

/** Numbers of buys and sells that may be open without a report of it. */
export interface OpenTrades {
  /** Orders on their way. */
  sent: number;
  unknown: number;
}

/** Orders of a bridge that may have been sent, by signal_id: the EA would trade a second one of the same ID (W4). */
export class SentOrders {
  private readonly clock: Clock;
  private readonly journal: JournalOrders;
  private readonly bridge: string;
  /** Entries in the order of sending. */
  private readonly entries = new Map<string, SentOrder>();
  private readonly alike: AlikeTrades;
  private readonly account: () => { key: string | null; names: readonly string[] };
  /** Unknown buys and sells by number: an index of the entries, read before each send. */
  private readonly unknown = new Map<number, Order>();

  /**
   * @param earlier buys and sells of at least the last day that may have been sent, oldest first
   * @param account that the EA is on
   */
  constructor(
    clock: Clock,
    journal: JournalOrders,
    bridge: string,
    earlier: readonly Order[],
    account: () => { key: string | null; names: readonly string[] },
  ) {
    this.clock = clock;
    this.journal = journal;
    this.bridge = bridge;
    this.account = account;
    this.alike = new AlikeTrades(clock, earlier);
  }

  add(entry: SentOrder): void {
    this.alike.add(entry.order, entry.sentAt);
    this.entries.set(entry.order.signalId, entry);
    this.indexUnknown(entry.order);
    if (this.entries.size > keptSettled) this.forgetSettled();
  }

  /** Removes an order as if it had never been sent. */
  remove(entry: SentOrder): void {
    this.alike.remove(entry.order);
    this.entries.delete(entry.order.signalId);
    this.unknown.delete(entry.order.number);
  }

  /** The entry under an ID that is in memory; null: none is. */
  inMemory(signalId: string): SentOrder | null {
    return this.entries.get(signalId) ?? null;
  }

  find(signalId: string): SentOrder | null {
    const entry = this.entries.get(signalId);
    if (entry !== undefined) return entry;
    const order = this.journal.findSent(this.bridge, signalId);
    return order === null ? null : this.earlier(order);
  }

  /** Finds an order sent under this ID on any bridge of the journal, including renamed and removed ones. */
  findOnAny(signalId: string): Order | null {
    return this.entries.get(signalId)?.order ?? this.journal.findSent(null, signalId);
  }

  /** Makes an entry for an order of an earlier start, or for one no longer in memory. */
  earlier(order: Order): SentOrder {
    const sentAt = monotonicTime(this.clock, order.at);
    return { order, firedAt: sentAt, sentAt, settledAt: null, timing: order.timing, cancelTimeout: () => undefined };
  }

  byNumber(number: number): SentOrder | null {
    for (const entry of this.entries.values()) if (entry.order.number === number) return entry;
    return null;
  }

  /** Orders that are `sent`, without a result yet. */
  open(): SentOrder[] {
    return [...this.entries.values()].filter(({ order }) => order.state === 'sent');
  }

  /** Orders of every kind whose outcome is unknown, oldest first. */
  unknownOutcomes(): Order[] {
    return [...this.entries.values()].map(({ order }) => order).filter(({ state }) => state === 'unknown');
  }

  /** Changes of positions and pending orders that are sent, or whose outcome is unknown. */
  changesUnderWay(): Order[] {
    return [...this.entries.values()]
      .map(({ order }) => order)
      .filter((order) => isChange(order.action) && isUnsettled(order));
  }

  /** Pending orders of this desk that wait at the broker, or may wait there, on any account. */
  waiting(): SentOrder[] {
    return [...this.entries.values()].filter(
      ({ order }) => (order.entry ?? null) !== null && (isPlaced(order) || isUnsettled(order)),
    );
  }

  /** Buys and sells with an unknown outcome. */
  unsettled(): Order[] {
    return [...this.unknown.values()];
  }

  /** Number of buys and sells that may be open without being counted in the EA's report of `since` (monotonic ms). */
  uncountedTrades(since: number): number {
    return this.mayBeOpen(since).length;
  }

  /** The orders counted by {@link uncountedTrades}. */
  mayBeOpen(since: number): Order[] {
    const found: Order[] = [];
    for (const { order, settledAt } of this.entries.values()) {
      const isOpen =
        isUnsettled(order) ||
        this.waits(order) ||
        (order.state === 'filled' && settledAt !== null && settledAt >= since);
      if (isOpen && isEntry(order.action)) found.push(order);
    }
    return found;
  }

  /** @param except number of an order to leave out */
  openTrades(except: number): OpenTrades {
    let [sent, unknown] = [0, 0];
    for (const { order } of this.entries.values()) {
      if (!isEntry(order.action) || order.number === except) continue;
      // A pending order can open a position at any time, as one on its way can.
      if (order.state === 'sent' || this.waits(order)) sent += 1;
      else if (order.state === 'unknown') unknown += 1;
    }
    return { sent, unknown };
  }

  /** Follows the state of a buy or sell. */
  follow(order: Order): void {
    this.indexUnknown(order);
    this.alike.follow(order, this.entries.get(order.signalId)?.sentAt);
  }

  /** The last other buy or sell of this symbol and side that was not rejected, within a day at least; null: none. */
  lastAlike(order: Pick<Order, 'symbol' | 'action' | 'number'>): AlikeTrade | null {
    return this.alike.lastBefore(order);
  }

  /** Whether an order is surely of the account that the EA is on. */
  isHere({ account }: Order): boolean {
    const { key, names } = this.account();
    return account !== null && (account === key || names.includes(account));
  }

  /** Whether a pending order may wait on the account of now. */
  private waits(order: Order): boolean {
    return isPlaced(order) && mayBeOn(this.account(), order);
  }

  private indexUnknown(order: Order): void {
    if (order.state === 'unknown' && isEntry(order.action)) this.unknown.set(order.number, order);
    else this.unknown.delete(order.number);
  }

  private forgetSettled(): void {
    for (const [signalId, { order }] of this.entries) {
      if (this.entries.size <= keptSettled / 2) return;
      if (!isUnsettled(order) && !isPlaced(order)) this.entries.delete(signalId);
    }
  }
}
