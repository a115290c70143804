import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { anyOrder, newestFirst, type OrderMatch, type OrderSort } from '../../src/api/queries/orderQuery.ts';

/** Filters and sorting of the table of executions, kept while the window is open. */
export interface OrderFilter {
  match: OrderMatch;
  /** Trading days, `YYYY-MM-DD`, both included; null: open. */
  from: string | null;
  to: string | null;
  sort: OrderSort;
}

export const noFilter = { match: anyOrder, from: null, to: null };

export const orderFilter = createStore<OrderFilter>(() => ({ ...noFilter, sort: newestFirst }));

export function useOrderFilter(): OrderFilter {
  return useStore(orderFilter);
}
