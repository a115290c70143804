import {
  compareOrders,
  matchesOrder,
  type OrderMatch,
  type OrdersPage,
  type OrderSort,
} from '../../../src/api/queries/orderQuery.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { orderKey } from '../../../src/domain/orders/orderRef.ts';
import { OrderChoices, type Choices } from './orderChoices.ts';
import { OrderPages, pageRows } from './orderPages.ts';

/** So many live rows on top of the view are as good as a new view. */
const liveRows = 100;
/** How often an index that is being built is asked for again, and how soon after a change a view is made anew, in ms. */
const againMs = 500;

/** Which orders, in which order. */
export interface ListQuery {
  bridge: string;
  match: OrderMatch;
  /** Trading days, `YYYY-MM-DD`, both included; null: open. */
  from: string | null;
  to: string | null;
  sort: OrderSort;
}

export interface PagePart {
  upTo: number | null;
  offset: number;
  limit: number;
}

interface ListPorts {
  ask: (query: ListQuery, part: PagePart) => Promise<OrdersPage>;
  /** Whether an order was fired within the query's days. */
  isWithin: (order: Order, query: ListQuery) => boolean;
  changed: () => void;
}

/**
 * The rows of a table of orders. Most of them come from the journal, as a view that stands still, page by page as they are
 * looked at. On top of the newest first come those that were fired since, as they happen: at once while the top is in
 * sight, else when a person asks for them.
 */
export class OrderList {
  ready = 1;
  failure: string | null = null;
  private readonly ports: ListPorts;
  private query: ListQuery | null = null;
  private readonly known = new OrderChoices();
  /** Null until the journal has answered: then what the app has at hand is shown. */
  private view: { upTo: number; total: number } | null = null;
  private readonly pages = new OrderPages();
  /** The newest orders of the app's state, and by their keys as they are now. */
  private orders: readonly Order[] = [];
  private latest = new Map<string, Order>();
  /** Rows above the view, and those that wait for a person. */
  private live: Order[] = [];
  private pending: Order[] = [];
  private atTop = true;
  /** Something in the view has moved while a person looked at it. */
  private stale = false;
  private seen = { first: 0, end: pageRows };
  /** Answers to an earlier question are dropped. */
  private question = 0;
  private renewing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: ListPorts) {
    this.ports = ports;
  }

  get count(): number {
    return this.live.length + (this.view?.total ?? 0);
  }

  /** The symbols and sources of the orders there are, those that were fired this moment too. */
  get choices(): Choices {
    return this.known.all;
  }

  /** Orders that match and are not shown yet. */
  get waiting(): number {
    return this.pending.length;
  }

  rowAt(index: number): Order | undefined {
    const above = this.live.length;
    if (index < above) return this.live[index];
    const place = index - above;
    const order = this.pages.rowAt(place);
    return order === undefined ? undefined : (this.latest.get(orderKey(order)) ?? order);
  }

  setQuery(query: ListQuery): void {
    if (JSON.stringify(query) === JSON.stringify(this.query)) return;
    this.query = query;
    this.view = null;
    this.pages.begin(null);
    this.atTop = true;
    this.seen = { first: 0, end: pageRows };
    this.sift();
    this.renew();
    this.ports.changed();
  }

  /** The newest orders, as the app's state has them. */
  setOrders(orders: readonly Order[]): void {
    if (orders === this.orders) return;
    const before = this.latest;
    this.orders = orders;
    this.latest = new Map(orders.map((order) => [orderKey(order), order]));
    if (this.query === null) return;
    this.known.add(orders, this.query.bridge);
    this.sift();
    this.ports.changed();
    this.stale ||= this.movedInView(before);
    if (this.atTop && (this.stale || this.live.length > liveRows)) this.renewSoon();
    this.refetch(before);
  }

  /** The rows that are drawn, `first` to before `end`. */
  show(first: number, end: number): void {
    this.seen = { first, end };
    this.load();
  }

  setTop(atTop: boolean): void {
    if (atTop === this.atTop) return;
    this.atTop = atTop;
    if (atTop && (this.stale || (this.followsLive && this.pending.length > 0))) this.showNew();
  }

  /** What waits goes where it belongs. */
  showNew(): void {
    this.atTop = true;
    this.sift();
    this.renew();
    this.ports.changed();
  }

  /** Asks again: the connection is a new one. */
  reconnect(): void {
    if (this.query !== null) this.renew();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.question += 1;
    this.query = null;
  }

  /** Only the newest first can show what comes in without moving anything else. */
  private get followsLive(): boolean {
    return this.query?.sort.by === 'number' && this.query.sort.down;
  }

  private matches(order: Order): boolean {
    const { query } = this;
    return (
      query !== null &&
      order.bridge === query.bridge &&
      matchesOrder(order, query.match) &&
      this.ports.isWithin(order, query)
    );
  }

  /** Sorts the orders of the state into those that are shown above the view, and those that wait. */
  private sift(): void {
    const { query, view } = this;
    if (query === null) return;
    if (view === null) {
      this.live = this.orders
        .filter((order) => this.matches(order))
        .sort((one, other) => compareOrders(one, other, query.sort));
      this.pending = [];
      return;
    }
    const fresh = this.orders.filter((order) => order.number > view.upTo && this.matches(order));
    if (this.followsLive && this.atTop) {
      this.live = fresh;
      this.pending = [];
      return;
    }
    // What a person looks at stays, as it is now.
    this.live = this.live.map((order) => this.latest.get(orderKey(order)) ?? order);
    const shown = new Set(this.live.map(({ number }) => number));
    this.pending = fresh.filter(({ number }) => !shown.has(number));
  }

  /** An order within the view may belong in it no more, or only now. */
  private movedInView(before: ReadonlyMap<string, Order>): boolean {
    const { query, view } = this;
    if (query === null || view === null || query.match.states.length === 0) return false;
    return this.orders.some(
      (order) =>
        order.bridge === query.bridge &&
        order.number <= view.upTo &&
        before.has(orderKey(order)) &&
        before.get(orderKey(order)) !== order,
    );
  }

  private renewSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.renew();
    }, againMs);
  }

  /** A new view, up to now. The rows of the one before stay until it is there. */
  private renew(): void {
    const { query } = this;
    if (query === null) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.question += 1;
    const { question } = this;
    this.renewing = true;
    this.stale = false;
    this.pages.forgetAsked();
    this.ports.ask(query, { upTo: null, offset: 0, limit: pageRows }).then(
      (page) => {
        if (question !== this.question) return;
        this.renewing = false;
        this.failure = null;
        this.known.begin(page.choices ?? this.choices);
        this.known.add(this.orders, query.bridge);
        this.ready = page.ready;
        if (page.ready < 1) this.renewSoon();
        else this.take(page);
        this.ports.changed();
      },
      (error: unknown) => {
        this.failed(question, error);
      },
    );
  }

  private take({ upTo, total, rows }: OrdersPage): void {
    this.view = { upTo, total };
    this.pages.begin(rows);
    this.live = [];
    this.sift();
    this.load();
  }

  /** Asks for pages that are in sight and not at hand. */
  private load(): void {
    const { query, question, view } = this;
    if (query === null || view === null || this.renewing) return;
    const above = this.live.length;
    for (const page of this.pages.ask(this.seen.first - above, Math.min(this.seen.end - above, view.total))) {
      this.ports.ask(query, { upTo: view.upTo, offset: page * pageRows, limit: pageRows }).then(
        ({ rows }) => {
          if (question !== this.question) return;
          this.failure = null;
          this.pages.take(page, rows);
          this.ports.changed();
          this.load();
        },
        (error: unknown) => {
          this.failed(question, error);
        },
      );
    }
  }

  /** An old order in doubt leaves the state with the event that settles it, so the page that has it is read again. */
  private refetch(before: ReadonlyMap<string, Order>): void {
    const settled = new Set<number>();
    for (const [key, { bridge, number, state }] of before) {
      if (bridge !== this.query?.bridge || this.latest.has(key)) continue;
      if (state === 'unknown' || state === 'sent') settled.add(number);
    }
    if (settled.size === 0) return;
    this.pages.drop(settled);
    this.load();
  }

  private failed(question: number, error: unknown): void {
    if (question !== this.question) return;
    this.renewing = false;
    this.pages.forgetAsked();
    this.failure = error instanceof Error ? error.message : String(error);
    this.ports.changed();
  }
}
