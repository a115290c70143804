import { settled, type ModelOrder } from './modelOrder.ts';

/** How long a rise of positions says something of an order, in ms. */
const watchedMs = { assumed: 180_000, inferred: 3_600_000, unverified: 180_000, unread: Number.POSITIVE_INFINITY };

/**
 * What positions would say: of an `assumed` or `inferred` rejection that it is none; of an `unverified` success that it is
 * one; of an `unread` error, where nothing happens, that it was a no.
 */
export type Interest = keyof typeof watchedMs;

/** A result can come so much before the position that it tells of, in ms. */
const lagMs = 2_000;
const sameReportMs = 1_000;
const quiet = { ms: 60_000, reports: 3 } as const;

interface Watch {
  interest: Interest | null;
  /** Positions that there are without the order, as of a place; null: nobody knows. */
  base: { count: number; place: number } | null;
  until: number;
  untilWall: number;
  /** Something else happened, or the balance moved. */
  disturbed: boolean;
  balance: number | null;
  reports: number;
  firstAt: number;
  /** Of before a start: the first report is looked at, however late. */
  unseen: boolean;
}

interface Moment {
  time: number;
  wall: number;
}

/** What the number of positions says of the trades of one EA. */
export class ModelPositions {
  last: { count: number; balance: number; at: number } | null = null;
  /** Counts fills and reports as they come. */
  private place = 0;
  private reportPlace = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private fills: { order: ModelOrder; place: number; at: number }[] = [];
  private watches = new Map<ModelOrder, Watch>();
  /** The trades of the bridge. */
  private readonly own: () => readonly ModelOrder[];
  /** Told of what positions have decided. */
  private readonly note: (what: string) => void;

  constructor(own: () => readonly ModelOrder[], note: (what: string) => void) {
    this.own = own;
    this.note = note;
  }

  /** What a start finds of what was watched before. */
  restore(before: ModelPositions, { time, wall }: Moment): void {
    for (const [order, watch] of before.watches) {
      const { interest, untilWall, base } = watch;
      if (interest === null || interest === 'unread') continue;
      const left = Math.min(untilWall - wall, watchedMs[interest]);
      const unseen = interest === 'assumed';
      if (left <= 0 && !unseen) continue;
      const count = base === null ? 0 : base.count + before.fillsAfter(base.place, order).length;
      const known = base === null ? null : { count, place: 0 };
      const rest = { disturbed: false, balance: null, reports: 0, firstAt: 0 };
      this.watches.set(order, { interest, base: known, until: time + left, untilWall, unseen, ...rest });
    }
  }

  sent(order: ModelOrder, isTrade: boolean): void {
    this.stirred();
    if (!isTrade) return;
    const { last } = this;
    const base = last === null ? null : { count: last.count, place: this.reportPlace };
    const rest = { disturbed: false, reports: 0, firstAt: 0, unseen: false };
    this.watches.set(order, { interest: null, base, until: 0, untilWall: 0, balance: last?.balance ?? null, ...rest });
  }

  /** Whatever is seen from now on can have another cause. */
  stirred(): void {
    for (const watch of this.watches.values()) watch.disturbed = true;
  }

  watch(order: ModelOrder, interest: Interest, { time, wall }: Moment): void {
    const watch = this.watches.get(order);
    if (watch === undefined) return;
    watch.interest = interest;
    watch.until = time + watchedMs[interest];
    watch.untilWall = wall + watchedMs[interest];
  }

  /** The EA says that nobody knows. */
  unclear(order: ModelOrder): void {
    const watch = this.watches.get(order);
    if (watch?.interest === 'unread') watch.interest = null;
  }

  settled(order: ModelOrder): void {
    this.watches.delete(order);
  }

  /**
   * @param agrees the last report proved it. A result that comes late can be of a position that was told before, as a rise
   * that an order in doubt can have made may be, too.
   */
  filled(order: ModelOrder, agrees: boolean, at: number): void {
    this.stirred();
    const counted = agrees || (this.watches.has(order) ? this.hasRisen(order, false) : this.last !== null);
    this.watches.delete(order);
    if (!counted) this.place += 1;
    this.fills.push({ order, place: counted ? this.reportPlace : this.place, at });
  }

  doubted(order: ModelOrder): void {
    this.fills = this.fills.filter((fill) => fill.order !== order);
  }

  /** Whether the last report shows more positions than there can be without the order. */
  hasRisen(order: ModelOrder, isProof = true): boolean {
    const watch = this.watches.get(order);
    return watch !== undefined && this.last !== null && this.last.count > this.most(order, watch, isProof);
  }

  forget(): void {
    this.last = null;
    this.fills = [];
    this.watches.clear();
  }

  report(count: number, balance: number, { time, wall }: Moment): void {
    const same = this.last?.count === count && this.last.balance === balance;
    this.last = { count, balance, at: time };
    this.place += 1;
    this.reportPlace = this.place;
    if (same && time - this.lookedAt < sameReportMs) return;
    this.lookedAt = time;
    for (const [order, watch] of [...this.watches]) this.look(order, watch, { time, wall });
  }

  private look(order: ModelOrder, watch: Watch, now: Moment): void {
    const { base, interest } = watch;
    const { last } = this;
    if (base === null || last === null) return;
    const risen = last.count > this.most(order, watch, interest === 'unverified');
    const fills = this.fillsAfter(base.place, order).filter(({ at }) => at < now.time - lagMs);
    const fallen = last.count < base.count + fills.length;
    // Some were closed: a rise is measured from here.
    if (fallen) watch.base = { count: last.count, place: fills.at(-1)?.place ?? base.place };
    if (fallen || risen) watch.disturbed = true;
    if (interest === 'unread') this.lookQuiet(order, watch, last.balance, now);
    else if (interest !== null && now.time > watch.until && !watch.unseen) this.end(order, watch);
    else if (interest !== null && risen) {
      this.end(order, watch);
      this.rose(order, interest, now.time);
    }
    watch.unseen = false;
  }

  private lookQuiet(order: ModelOrder, watch: Watch, balance: number, now: Moment): void {
    if (watch.reports === 0) watch.firstAt = now.time;
    watch.reports += 1;
    watch.balance ??= balance;
    if (watch.balance !== balance) watch.disturbed = true;
    if (watch.disturbed || watch.reports < quiet.reports || now.time - watch.firstAt < quiet.ms) return;
    if (order.state !== 'unknown') return;
    this.note('nothing happened');
    order.assumed = true;
    settled(order, 'rejected', now.time);
    this.watch(order, 'inferred', now);
  }

  private rose(order: ModelOrder, interest: Interest, now: number): void {
    if (interest === 'unverified') {
      if (order.state !== 'unknown') return;
      settled(order, 'filled', now);
      this.note('positions agree');
      // The report that shows it counts it.
      order.settledAt = null;
      this.filled(order, true, now);
    } else if (order.state === 'rejected' && order.assumed === true) {
      this.note(interest === 'inferred' ? 'rises after all' : 'rises');
      order.state = 'unknown';
      order.assumed = false;
    }
  }

  private end(order: ModelOrder, watch: Watch): void {
    if (watch.interest !== 'unverified') this.watches.delete(order);
    watch.interest = null;
  }

  /** For a proof, other orders in doubt explain everything; for a doubt, nothing. */
  private most(order: ModelOrder, { base }: Watch, isProof: boolean): number {
    if (base === null) return Number.POSITIVE_INFINITY;
    const others = this.own().filter((one) => one !== order);
    const open = others.filter(({ state }) => state === 'sent' || (isProof && state === 'unknown'));
    return base.count + this.fillsAfter(base.place, order).length + open.length;
  }

  private fillsAfter(place: number, order: ModelOrder) {
    return this.fills.filter((fill) => fill.place > place && fill.order !== order);
  }
}
