import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { anyOrder, newestFirst, type OrderMatch, type OrderSort } from '../../src/api/queries/orderQuery.ts';
import { namedDays, type DayName } from '../../src/domain/namedDays.ts';

/** Trading days, `YYYY-MM-DD`, both included; null: open. */
export interface Days {
  from: string | null;
  to: string | null;
}

/** Days of a list: a name, which goes on with the days, or dates. */
export type DayFilter = DayName | Days;

/** Filters and sorting of the table of executions, kept while the window is open. */
interface OrderFilter {
  match: OrderMatch;
  days: DayFilter;
  sort: OrderSort;
}

export const anyDay: Days = { from: null, to: null };
export const noFilter = { match: anyOrder, days: anyDay };

export const orderFilter = createStore<OrderFilter>(() => ({ ...noFilter, sort: newestFirst }));

export function useOrderFilter(): OrderFilter {
  return useStore(orderFilter);
}

/** @param today the current trading day */
export function daysOf(filter: DayFilter, today: string): Days {
  return typeof filter === 'string' ? namedDays(filter, today) : filter;
}
