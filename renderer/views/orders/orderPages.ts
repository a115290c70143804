import type { Order } from '../../../src/domain/orders/order.ts';

/** Rows asked for at a time. */
export const pageRows = 100;
/** Pages at hand; the ones looked at last stay. */
const keptPages = 60;
const asksAtOnce = 2;

/** The pages of one view that are at hand, and those that were asked for. */
export class OrderPages {
  private readonly pages = new Map<number, Order[]>();
  private readonly asked = new Set<number>();

  rowAt(place: number): Order | undefined {
    return this.pages.get(Math.floor(place / pageRows))?.[place % pageRows];
  }

  /** Another view begins. @param first its first page; null: nothing of it is known */
  begin(first: Order[] | null): void {
    this.pages.clear();
    this.forgetAsked();
    if (first !== null) this.pages.set(0, first);
  }

  /** Drops open questions: their pages will not come. */
  forgetAsked(): void {
    this.asked.clear();
  }

  /** The pages to ask for now, so that the rows from `first` to before `end` are at hand. */
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

  /** Pages with one of these orders are read again. */
  drop(numbers: ReadonlySet<number>): void {
    for (const [page, rows] of this.pages) if (rows.some(({ number }) => numbers.has(number))) this.pages.delete(page);
  }

  /** Keeps a page as the one looked at last. */
  private keep(page: number, rows: Order[]): void {
    this.pages.delete(page);
    this.pages.set(page, rows);
  }
}
