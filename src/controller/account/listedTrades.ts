import type { Order8, OrdersPage, Position8, PositionsPage } from '../../protocol/protocol8/reports.ts';
import { ShownTrades, type SourceOf } from './shownTrades.ts';

type Page = Pick<PositionsPage, 'list' | 'page' | 'last' | 'count'>;

/** A list that comes in pages. Its last state stays until the next one is whole. */
class PagedList<Entry> {
  private whole: readonly Entry[] | null = null;
  private number = 0;
  private pages = 0;
  private coming: Entry[] = [];

  /** The list as last told; null: none was. */
  get entries(): readonly Entry[] | null {
    return this.whole;
  }

  /**
   * Takes a page. One that does not continue the list that is coming ends that list: it counts for nothing.
   * @returns the whole list, where the page ends it; null: it does not
   */
  take({ list, page, last, count }: Page, entries: readonly Entry[]): readonly Entry[] | null {
    const goesOn = page === 1 || (list === this.number && page === this.pages + 1);
    this.number = goesOn ? list : 0;
    this.pages = page;
    this.coming = page === 1 ? [...entries] : goesOn ? [...this.coming, ...entries] : [];
    if (this.coming.length > count) this.number = 0;
    if (!last || this.number === 0) return null;
    this.number = 0;
    const { coming } = this;
    this.coming = [];
    if (coming.length !== count) return null;
    this.whole = coming;
    return coming;
  }

  forget(): void {
    this.whole = null;
    this.number = 0;
    this.coming = [];
  }
}

/** The account's open positions and orders, as its EA has listed them in this session (N5), and as they are shown. */
export class ListedTrades {
  readonly positions = new PagedList<Position8>();
  readonly orders = new PagedList<Order8>();
  readonly shown: ShownTrades;

  constructor(sourceOf: SourceOf) {
    this.shown = new ShownTrades(sourceOf);
  }

  /**
   * @param now epoch ms
   * @returns the whole list, where the page ends it; null: it does not
   */
  takePositions(page: PositionsPage, now: number): readonly Position8[] | null {
    const whole = this.positions.take(page, page.positions);
    if (whole !== null) this.shown.tellPositions(whole, now);
    return whole;
  }

  /**
   * @param now epoch ms
   * @returns the whole list, where the page ends it; null: it does not
   */
  takeOrders(page: OrdersPage, now: number): readonly Order8[] | null {
    const whole = this.orders.take(page, page.orders);
    if (whole !== null) this.shown.tellOrders(whole, now);
    return whole;
  }

  /** Handles the end of the EA's session: what was listed may not be so any more. */
  sessionEnded(): void {
    this.positions.forget();
    this.orders.forget();
    this.shown.sessionEnded();
  }

  /** Handles another account. */
  forget(): void {
    this.sessionEnded();
    this.shown.forget();
  }
}
