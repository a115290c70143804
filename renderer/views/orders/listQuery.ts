import type { OrderMatch, OrderSort } from '../../../src/api/queries/orderQuery.ts';

/** Filter and sorting of a list of orders. */
export interface ListQuery {
  bridge: string;
  match: OrderMatch;
  /** Trading days, `YYYY-MM-DD`, both included; null: open. */
  from: string | null;
  to: string | null;
  sort: OrderSort;
}

/** A page of the list. */
export interface PagePart {
  /** Last order number of the view; null: a new view, up to now. */
  upTo: number | null;
  offset: number;
  limit: number;
}
