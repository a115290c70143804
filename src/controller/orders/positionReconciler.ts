import { BoundedMap } from '../../base/boundedMap.ts';
import type { Order } from '../../domain/orders/order.ts';
import { AwaitedCloses } from './awaitedCloses.ts';
import { FillLog } from './fillLog.ts';
import { type Fill, PositionBase } from './positionBase.ts';
import { type PositionReport, withNew } from './positionReport.ts';
import { QuietWatch } from './quietWatch.ts';
import { type Interest, interestMs } from './interest.ts';
import type { PositionReconcilerContext } from './positionContext.ts';
import { isKept, type WatchedOrder, WatchMemory } from './watchMemory.ts';
import { isChange, isEntry } from '../../domain/tradeTerms.ts';

/** Most orders followed, the newest. */
const mostFollowed = 1_000;
/** Interval at which unchanged reports are evaluated, ms: an EA may send thousands a second. */
const sameReportMs = 1_000;

interface Followed {
  order: Order;
  /** Null: the EA had reported no positions when the order was sent. */
  base: PositionBase | null;
  interest: Interest | null;
  /** End of the watch, monotonic ms and epoch ms. */
  until: number;
  untilAt: number;
  quiet: QuietWatch;
  /** Watched at the end of an earlier start: the first report counts whenever it comes, as earlier ones were missed. */
  unseen: boolean;
}

/**
 * Derives from the number of positions what became of closes, rejections and doubts: only telemetry proves any of
 * them.
 */
export class PositionReconciler {
  private readonly context: PositionReconcilerContext;
  private last: PositionReport | null = null;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private readonly fills = new FillLog(mostFollowed);
  private lookedAt = Number.NEGATIVE_INFINITY;
  private readonly followed = new BoundedMap<number, Followed>(mostFollowed);
  private readonly closes = new AwaitedCloses();
  private readonly memory: WatchMemory;

  constructor(context: PositionReconcilerContext) {
    this.context = context;
    this.memory = new WatchMemory(context.remember);
  }

  /**
   * Restores the orders watched at the end of the last start.
   * @param find an order by its number
   */
  restore(watched: readonly WatchedOrder[], find: (number: number) => Order | null): void {
    const { clock } = this.context;
    for (const { order: number, interest, until, base } of watched) {
      const order = find(number);
      const leftMs = Math.min(until - clock.now(), interestMs[interest]);
      const unseen = interest === 'assumed';
      if (order === null || (leftMs <= 0 && !unseen)) continue;
      this.followed.set(number, {
        order,
        base: base === null ? null : new PositionBase(base, this.fills.last),
        interest,
        until: clock.monotonic() + leftMs,
        untilAt: until,
        quiet: new QuietWatch(null),
        unseen,
      });
    }
    this.keep();
  }

  /** Number of positions as last reported; null: not reported. */
  get count(): number | null {
    return this.last?.count ?? null;
  }

  /** Time of the last report of positions, monotonic ms. */
  get countedAt(): number {
    return this.reportedAt;
  }

  /** Number of fills not in the last report. 0 on a netting account, where a fill may add no position. */
  get knownFills(): number {
    return this.newFills().length;
  }

  sent(order: Order): void {
    const { last } = this;
    this.stirred();
    if (!isEntry(order.action)) {
      if (isChange(order.action)) this.closes.changeSent(order);
      else this.closes.sent(order, last === null ? null : withNew(last, this.newFills()));
      return;
    }
    const base = last === null ? null : new PositionBase(last.count, this.fills.lastReport);
    const quiet = new QuietWatch(last);
    this.followed.set(order.number, { order, base, interest: null, until: 0, untilAt: 0, quiet, unseen: false });
  }

  /** Records the EA's report of a close; later telemetry must agree. */
  closeReported({ number }: Order, words: string): void {
    this.closes.reported(number, words);
  }

  /** Ends the time for telemetry to agree with a close: later changes have other causes. */
  closeEnded(number: number): void {
    this.closes.ended(number);
  }

  /** Records the outcome of a change of one position. @param done false: nothing was changed */
  changeEnded(number: number, done: boolean): void {
    this.closes.changeEnded(number, done);
  }

  /** Watches positions for an order from now on. */
  follow({ number }: Order, interest: Interest): void {
    const followed = this.followed.get(number);
    if (followed === undefined) return;
    followed.interest = interest;
    followed.until = this.context.clock.monotonic() + interestMs[interest];
    followed.untilAt = this.context.clock.now() + interestMs[interest];
    this.keep();
  }

  /** Records that the EA declared the outcome unknown: unchanged positions prove nothing any more. */
  unclear({ number }: Order): void {
    const followed = this.followed.get(number);
    if (followed?.interest === 'unread') followed.interest = null;
  }

  /**
   * Records an opened position.
   * @param proved the last report proved it and counts it
   */
  filled(order: Order, proved: boolean): void {
    const { number } = order;
    this.stirred();
    const counted = proved || this.isCounted(number);
    this.followed.delete(number);
    this.fills.filled(order, counted, this.context.clock.monotonic());
    this.keep();
  }

  /** Withdraws a fill: whether the order opened a position is in doubt again. */
  doubted({ number }: Order): void {
    this.fills.withdraw(number);
  }

  /** Whether there are already more positions than possible without this order. */
  hasRisen(number: number, interest: Interest | null = 'unverified'): boolean {
    const followed = this.followed.get(number);
    const base = followed?.base ?? null;
    if (followed === undefined || base === null || this.last === null) return false;
    return this.last.count > this.most(followed, base, interest);
  }

  /**
   * Whether a report may have counted a late result's position before. True for orders of an earlier start, and for a
   * rise that an order in doubt can explain: a position too many would confirm a close that closed nothing.
   */
  private isCounted(number: number): boolean {
    return this.followed.has(number) ? this.hasRisen(number, null) : this.last !== null;
  }

  /** Records an event that may change positions: unchanged ones prove nothing any more. */
  stirred(): void {
    for (const { quiet } of this.followed.values()) quiet.disturb();
  }

  /** Handles another account: reports of the former one don't apply. */
  forget(): void {
    this.followed.clear();
    this.closes.forget();
    this.fills.forget();
    this.last = null;
    this.reportedAt = Number.NEGATIVE_INFINITY;
    this.keep();
  }

  /** Applies a report of positions. */
  told(told: PositionReport): void {
    const { last } = this;
    const report = { ...told, margin: told.margin ?? last?.margin, balance: told.balance ?? last?.balance };
    this.last = report;
    this.fills.reported();
    this.reportedAt = this.context.clock.monotonic();
    this.closes.told(report, (number) => {
      this.context.closed(number, report.count);
    });
    const same = last?.count === report.count && last.margin === report.margin && last.balance === report.balance;
    if (same && this.reportedAt - this.lookedAt < sameReportMs) return;
    this.lookedAt = this.reportedAt;
    for (const followed of [...this.followed.values()]) this.look(followed, report);
    this.keep();
  }

  private look(followed: Followed, report: PositionReport): void {
    const { base, interest, order, quiet, until } = followed;
    if (base === null) return;
    const now = this.reportedAt;
    const others = this.fills.others(order.number);
    const before = base.withFills(others);
    const risen = report.count > this.most(followed, base, interest);
    if (base.update(report.count, now, others) || risen) quiet.disturb();
    if (interest === null) return;
    if (interest === 'unread') {
      if (quiet.update(report, now) && this.context.hedging()) this.context.quiet(order);
      return;
    }
    if (until < now && !followed.unseen) {
      this.endOf(followed);
    } else if (risen) {
      this.endOf(followed);
      this.context.rose(order, interest, before, report.count);
    }
    followed.unseen = false;
  }

  private keep(): void {
    const watched: WatchedOrder[] = [];
    for (const { order, base, interest, untilAt } of this.followed.values()) {
      if (interest === null || !isKept(interest)) continue;
      const positions = base === null ? null : base.withFills(this.fills.others(order.number));
      watched.push({ order: order.number, interest, until: untilAt, base: positions });
    }
    this.memory.keep(watched);
  }

  /** Ends the watch of an order; one still in doubt is followed on, for later evidence. */
  private endOf(followed: Followed): void {
    if (followed.interest !== 'unverified') this.followed.delete(followed.order.number);
    followed.interest = null;
  }

  /** Most positions possible without the order, including others on their way. */
  private most({ order }: Followed, base: PositionBase, interest: Interest | null): number {
    const { sent, unknown } = this.context.open(order.number);
    // A fill must be proved, so another order in doubt may explain the rise. A rejection must only be doubted.
    const inDoubt = interest === 'unverified' || interest === 'certain' ? unknown : 0;
    return base.withFills(this.fills.others(order.number)) + sent + inDoubt;
  }

  private newFills(): Fill[] {
    return this.context.hedging() ? this.fills.sinceReport() : [];
  }
}
