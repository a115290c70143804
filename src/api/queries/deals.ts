import { z } from 'zod';
import type { ClosedTrade } from '../../domain/positions/deals.ts';

/** A page of closed trades, the newest first. */
export const dealsPageSchema = z.object({
  /** Where the page before ended; null: the first page. */
  before: z.object({ at: z.number().int(), deal: z.string().regex(/^\d{1,20}$/) }).nullable(),
  limit: z.number().int().min(1).max(500),
});
export type DealsPageRequest = z.infer<typeof dealsPageSchema>;

/** Sums of deals. */
export interface DealSums {
  /** Deals that closed something. */
  closed: number;
  /** Those with a profit above 0, without swap and costs. */
  won: number;
  profit: number;
  swap: number;
  /** Commission and fee of all deals, opening ones too. */
  costs: number;
}

export const dealGroupings = ['symbol', 'opener', 'month'] as const;

/** How deals are added up: by symbol, by who opened the position, by month (UTC, `YYYY-MM`). */
export const dealGroupsSchema = z.object({ by: z.enum(dealGroupings) });
export type DealGroupsRequest = z.infer<typeof dealGroupsSchema>;

export interface DealGroup extends DealSums {
  /** Empty: not known. */
  name: string;
}

export interface DealsPage {
  trades: ClosedTrade[];
  /** Where the next page begins; null: this is the last. */
  next: DealsPageRequest['before'];
  /** Of all days asked for. */
  sums: DealSums;
}
