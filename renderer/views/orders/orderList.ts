import { matchesOrder, type OrdersPage } from '../../../src/api/queries/orderQuery.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { ListQuery, PagePart } from './listQuery.ts';
import { LiveOrders } from './liveOrders.ts';
import { OrderChoices, type Choices } from './orderChoices.ts';
import { OrderPages, pageRows } from './orderPages.ts';

/** Most live rows above a view before it is renewed. */
const liveRows = 100;
/** Interval of requests while an index is being built, and delay of a new view after a change, ms. */
const againMs = 500;

interface ListPorts {
  ask: (query: ListQuery, part: PagePart) => Promise<OrdersPage>;
  /** Whether an order was fired within the query's days. */
  isWithin: (order: Order, query: ListQuery) => boolean;
  changed: () => void;
}

/**
 * Rows of a table of orders. Most come from the journal, as a view that stands still, requested page by page. Orders
 * fired since come on top of the newest first: at once while the top is visible, else when a person asks for them.
 */
export class OrderList {
  ready = 1;
  failure: string | null = null;
  private readonly ports: ListPorts;
  private query: ListQuery | null = null;
  private readonly known = new OrderChoices();
  /** Null until the journal has answered: then the orders of the app's state are shown. */
  private view: { upTo: number; total: number } | null = null;
  private readonly pages = new OrderPages();
  private readonly live: LiveOrders;
  private atTop = true;
  /** An order of the view has changed while a person looked at it. */
  private stale = false;
  private seen = { first: 0, end: pageRows };
  /** Number of the current question; answers to earlier ones are dropped. */
  private question = 0;
  private renewing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: ListPorts) {
    this.ports = ports;
    this.live = new LiveOrders(ports.isWithin);
  }

  get count(): number {
    return this.live.shown.length + (this.view?.total ?? 0);
  }

  /** Whether `count` counts all orders found, not only those of the app's state. */
  get isCounted(): boolean {
    return this.view !== null;
  }

  /** Symbols and sources of all orders, including the newest. */
  get choices(): Choices {
    return this.known.all;
  }

  /** Matching orders not shown yet. */
  get waiting(): number {
    return this.live.waiting.length;
  }

  rowAt(index: number): Order | undefined {
    const above = this.live.shown.length;
    if (index < above) return this.live.shown[index];
    const order = this.pages.rowAt(index - above);
    return order === undefined ? undefined : this.live.current(order);
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

  /** Takes the newest orders of the app's state. */
  setOrders(orders: readonly Order[]): void {
    const before = this.live.set(orders);
    if (before === null || this.query === null) return;
    this.known.add(orders, this.query.bridge);
    this.sift();
    this.ports.changed();
    this.stale ||= this.movedInView(this.query, before);
    if (this.atTop && (this.stale || this.live.shown.length > liveRows)) this.renewSoon();
    this.refetch(this.query, before);
  }

  /** Sets the drawn rows, `first` to before `end`. */
  show(first: number, end: number): void {
    this.seen = { first, end };
    this.load();
  }

  setTop(atTop: boolean): void {
    if (atTop === this.atTop) return;
    this.atTop = atTop;
    if (atTop && (this.stale || (this.followsLive && this.live.waiting.length > 0))) this.showNew();
  }

  /** Inserts the waiting orders and goes to the top. */
  showNew(): void {
    this.atTop = true;
    this.sift();
    this.renew();
    this.ports.changed();
  }

  /** Asks again over a new connection. */
  reconnect(): void {
    if (this.query !== null) this.renew();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.question += 1;
    this.query = null;
  }

  /** Whether new orders can be shown without moving others: newest first only. */
  private get followsLive(): boolean {
    return this.query?.sort.by === 'number' && this.query.sort.down;
  }

  /** Sorts the state's orders into those shown above the view and those that wait. */
  private sift(): void {
    const { query, view } = this;
    if (query === null) return;
    const matches = (order: Order): boolean => matchesOrder(order, query.match);
    this.live.sift(query, matches, view?.upTo ?? null, this.followsLive && this.atTop);
  }

  /** Handles changed orders within the view, which it may lose or gain. */
  private movedInView({ bridge, match }: ListQuery, before: ReadonlyMap<string, Order>): boolean {
    return this.view !== null && match.states.length > 0 && this.live.changedUpTo(this.view.upTo, bridge, before);
  }

  private renewSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.renew();
    }, againMs);
  }

  /** Requests a new view, up to now. The rows before stay until it is there. */
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
        this.known.add(this.live.all, query.bridge);
        this.ready = page.ready;
        if (page.ready < 1) this.renewSoon();
        else this.setView(page);
        this.ports.changed();
      },
      (error: unknown) => {
        this.failed(question, error);
      },
    );
  }

  private setView({ upTo, total, rows }: OrdersPage): void {
    this.view = { upTo, total };
    this.pages.begin(rows);
    this.live.shown = [];
    this.sift();
    this.load();
  }

  /** Requests visible pages that aren't loaded. */
  private load(): void {
    const { query, question, view } = this;
    if (query === null || view === null || this.renewing) return;
    const above = this.live.shown.length;
    for (const page of this.pages.ask(this.seen.first - above, Math.min(this.seen.end - above, view.total))) {
      this.ports.ask(query, { upTo: view.upTo, offset: page * pageRows, limit: pageRows }).then(
        ({ rows }) => {
          if (question !== this.question) return;
          this.failure = null;
          this.pages.put(page, rows);
          this.ports.changed();
          this.load();
        },
        (error: unknown) => {
          this.failed(question, error);
        },
      );
    }
  }

  /** Requests the pages again whose orders were settled and left the state. */
  private refetch({ bridge }: ListQuery, before: ReadonlyMap<string, Order>): void {
    const settled = this.live.settledSince(before, bridge);
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
