import type { Order } from '../../../src/domain/orders/order.ts';

/** Rows requested at a time. */
export const pageRows = 100;
/** Most loaded pages; the least recently viewed are dropped. */
const keptPages = 60;
const asksAtOnce = 2;

/** Loaded and requested pages of one view. */
export class OrderPages {
  private readonly pages = new Map<number, Order[]>();
  private readonly asked = new Set<number>();

  rowAt(place: number): Order | undefined {
    return this.pages.get(Math.floor(place / pageRows))?.[place % pageRows];
  }

  /**
   * Starts another view.
   * @param first its first page; null: not loaded
   */
  begin(first: Order[] | null): void {
    this.pages.clear();
    this.forgetAsked();
    if (first !== null) this.pages.set(0, first);
  }

  /** Forgets open requests, whose pages will not come. */
  forgetAsked(): void {
    this.asked.clear();
  }

  /** Pages to request, so that the rows from `first` to before `end` are loaded. */
  ask(first: number, end: number): number[] {
    const wanted: number[] = [];
    for (let page = Math.max(0, Math.floor(first / pageRows)); page <= Math.floor((end - 1) / pageRows); page += 1) {
      if (this.asked.size >= asksAtOnce) break;
      if (this.asked.has(page)) continue;
      const known = this.pages.get(page);
      if (known === undefined) {
        this.asked.add(page);
        wanted.push(page);
      } else this.keep(page, known);
    }
    return wanted;
  }

  put(page: number, rows: Order[]): void {
    this.asked.delete(page);
    this.keep(page, rows);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= keptPages) break;
      this.pages.delete(oldest);
    }
  }

  /** Drops the pages with one of these orders. */
  drop(numbers: ReadonlySet<number>): void {
    for (const [page, rows] of this.pages) if (rows.some(({ number }) => numbers.has(number))) this.pages.delete(page);
  }

  /** Stores a page as the most recently viewed. */
  private keep(page: number, rows: Order[]): void {
    this.pages.delete(page);
    this.pages.set(page, rows);
  }
}
