import type { Order } from '../../domain/orders/order.ts';
import { isEntry } from '../../domain/tradeTerms.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalRows } from '../ports/journal.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import type { ExecutionReports } from './executionReports.ts';
import { tradableMs } from './interest.ts';
import type { OrdersAtHand } from './orderPorts.ts';
import { readWatched, watchedKey } from './watchMemory.ts';

/** Age of earlier trades that a start loads, ms, so that a repeated one is recognised. */
const recentMs = 3_600_000;
const recentTrades = 200;

/** Orders of earlier starts of a bridge. */
export class EarlierOrders {
  private readonly bridge: string;
  private readonly journal: JournalOrders & Pick<JournalRows, 'remembered'>;
  private readonly known: OrdersAtHand;
  private readonly reports: ExecutionReports;
  private readonly clock: Clock;

  constructor(
    { id, journal }: { id: string; journal: JournalOrders & Pick<JournalRows, 'remembered'> },
    known: OrdersAtHand,
    reports: ExecutionReports,
    clock: Clock,
  ) {
    this.bridge = id;
    this.journal = journal;
    this.known = known;
    this.reports = reports;
    this.clock = clock;
  }

  /** Restores them: `sent` becomes `unknown`, and what was watched is watched on. */
  restore(): void {
    const { bridge, journal, known } = this;
    const recent = journal.tradesSince(bridge, this.clock.now() - recentMs).slice(-recentTrades);
    const inDoubt = journal.ordersInDoubt(bridge);
    this.restoreSent(inDoubt, [...recent, ...journal.ordersPlaced(bridge)]);
    const watched = readWatched(journal.remembered(watchedKey(bridge)));
    if (watched === null) this.doubtUnwatched(recent);
    const restored = [...recent, ...inDoubt];
    known.positions.restore(watched ?? [], (number) => {
      const order = restored.find((each) => each.number === number) ?? journal.findOrder(number);
      return order?.bridge === bridge ? order : null;
    });
  }

  private restoreSent(inDoubt: readonly Order[], settled: readonly Order[]): void {
    const { sentOrders } = this.known;
    for (const order of settled) sentOrders.add(sentOrders.earlier(order));
    for (const order of inDoubt) {
      const entry = sentOrders.earlier(order);
      sentOrders.add(entry);
      if (order.state === 'sent') this.reports.happened(entry, { type: 'restarted' });
    }
  }

  /**
   * Marks orders unknown that the broker may have traded meanwhile, since an earlier version didn't store what it
   * watched.
   */
  private doubtUnwatched(settled: readonly Order[]): void {
    const { sentOrders } = this.known;
    for (const order of settled) {
      const answeredMs = this.clock.now() - order.at - (order.roundTripMs ?? 0);
      if (order.state !== 'rejected' || !order.assumed || !isEntry(order.action) || answeredMs > tradableMs) continue;
      const entry = sentOrders.byNumber(order.number) ?? sentOrders.earlier(order);
      this.reports.happened(entry, { type: 'unwatched' });
    }
  }
}
