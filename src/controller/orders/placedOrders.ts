import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Deal8, Order8 } from '../../protocol/protocol8/reports.ts';
import type { Clock } from '../ports/clock.ts';
import type { LookUp } from './lookUp.ts';
import type { OrderEvent } from './orderLifecycle.ts';
import type { SentOrder, SentOrders } from './sentOrders.ts';

/** Time for a deal to be told after the list that has its order no more, ms: the two come in any order (E18). */
const dealLagMs = 5_000;

/** Time in which the list that has a placed order comes after its result, ms. */
const listLagMs = 2_000;

/** Where what becomes of an order is recorded. */
interface OrderRecord {
  happened: (entry: SentOrder, event: OrderEvent & { type: 'entry_deal' | 'delisted' | 'listed' }) => void;
  lookUp: (signalId: string) => LookUp<SentOrder>;
}

type TradeDeal = Extract<Deal8, { kind: 'trade' }>;

/** Follows pending orders at the broker by the EA's deals and lists (N5, N6). */
export class PlacedOrders {
  private readonly clock: Clock;
  private readonly sentOrders: SentOrders;
  private readonly reports: OrderRecord;
  /** Numbers of the orders in the last list of this session; null: none was told. */
  private listed: ReadonlySet<string> | null = null;
  /** When it came, monotonic ms. */
  private listedAt = 0;
  /** Numbers of the orders that a list has had. */
  private readonly seen = new Set<number>();
  /** Orders that the last list does not have, each with the end of its waiting for a deal. */
  private readonly missing = new Map<number, Unsubscribe>();

  constructor(clock: Clock, sentOrders: SentOrders, reports: OrderRecord) {
    this.clock = clock;
    this.sentOrders = sentOrders;
    this.reports = reports;
  }

  /** Handles a deal: one of a pending order fills it. */
  dealt(told: Deal8): void {
    if (told.kind !== 'trade' || told.entry === 'out' || told.entry === 'out_by') return;
    const entry = this.orderOf(told);
    if (entry === null || !this.sentOrders.isHere(entry.order)) return;
    const { deal, lots, price = null } = told;
    this.reports.happened(entry, { type: 'entry_deal', deal: { deal, lots, price } });
  }

  /** Handles a whole list: an order that it has no more is gone, unless its deal comes. */
  told(orders: readonly Order8[]): void {
    this.listed = new Set(orders.map(({ order }) => order));
    this.listedAt = this.clock.monotonic();
    for (const { order, signal_id: signalId } of orders) {
      const entry = signalId === undefined ? null : this.sentOrders.inMemory(signalId);
      // It was no longer in a list, as of a terminal that had just connected, and is in this one.
      if (entry?.order.ticket === order && this.sentOrders.isHere(entry.order))
        this.reports.happened(entry, { type: 'listed' });
    }
    for (const entry of this.sentOrders.waiting()) {
      const { number, ticket } = entry.order;
      if (ticket !== null && this.listed.has(ticket)) this.seen.add(number);
      if (!this.isMissing(entry) || this.missing.has(number)) continue;
      const cancel = this.clock.after(dealLagMs, () => {
        this.missing.delete(number);
        if (this.isMissing(entry)) this.reports.happened(entry, { type: 'delisted', now: this.clock.now() });
      });
      this.missing.set(number, cancel);
    }
  }

  /** Handles the end of the EA's session: what it listed may not be so any more. */
  sessionEnded(): void {
    this.listed = null;
  }

  /** Ends the waiting for deals. */
  stop(): void {
    for (const cancel of this.missing.values()) cancel();
    this.missing.clear();
  }

  /** The result of an order can come before the list that has it, so that a list of about its time says nothing. */
  private isMissing({ order, settledAt }: SentOrder): boolean {
    if (order.state !== 'placed' || order.ticket === null || this.listed === null || !this.sentOrders.isHere(order))
      return false;
    if (this.listed.has(order.ticket)) return false;
    return this.seen.has(order.number) || settledAt === null || this.listedAt - settledAt > listLagMs;
  }

  private orderOf({ order: ticket, signal_id: signalId }: TradeDeal): SentOrder | null {
    const waiting = this.sentOrders.waiting();
    const byTicket = ticket === undefined ? undefined : waiting.find(({ order }) => order.ticket === ticket);
    if (byTicket !== undefined) return byTicket;
    if (signalId === undefined) return null;
    const entry = waiting.find(({ order }) => order.signalId === signalId) ?? this.known(signalId);
    if (entry === null || (entry.order.entry ?? null) === null) return null;
    // A deal of another order under its ID is none of its own.
    const isOther = entry.order.ticket !== null && ticket !== undefined && entry.order.ticket !== ticket;
    return isOther ? null : entry;
  }

  private known(signalId: string): SentOrder | null {
    const known = this.reports.lookUp(signalId);
    return known.readable ? known.found : null;
  }
}
