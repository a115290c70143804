import type { Order, TimelineEntry } from '../../domain/orders/order.ts';
import type { Sample } from '../../api/state/state.ts';
import type { OrderMarks } from '../../api/queries/history.ts';
import type { OrderMatch, OrderSort, OrdersPage } from '../../api/queries/orderQuery.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../../api/queries/statistics.ts';
import type { DealGroup, DealGroupsRequest, DealsPage, DealsPageRequest } from '../../api/queries/deals.ts';
import type { DayStart } from '../../domain/tradingDay.ts';
import type { ConnectionEvent, JournalEntry } from './journalEntry.ts';

/**
 * Samples of a bridge from `from` to `to` (epoch ms), thinned out to about `points` with their extremes kept. A `from`
 * before the first sample means that sample's time.
 */
export interface HistoryQuery {
  bridge: string;
  from: number;
  to: number;
  points: number;
}

/** First record of a bridge before `before`, and its highest equity from `peakSince` on (epoch ms). */
export interface RecordedQuery {
  bridge: string;
  peakSince: number;
  before: number;
}

export interface Recorded {
  /** Time of the first figures; null: none. */
  first: number | null;
  /** In whole minutes; null: no figures in that time. */
  peak: number | null;
}

/** Fills among the orders that were fired from `from` to `to` (epoch ms). */
export interface FillsQuery {
  bridge: string;
  from: number;
  to: number;
}

/** `dayStart` defines the days of equity; orders and awards have theirs stored. */
export interface StatisticsQuery extends StatisticsFilter {
  bridge: string;
  dayStart: DayStart;
}

/** Connection records of a bridge at or after `from` (epoch ms). */
export interface ConnectionQuery {
  bridge: string;
  from: number;
}

export interface XpQuery {
  bridge: string;
  account: string | null;
  /** Most awards listed. */
  limit: number;
}

/** Orders fired from `from` on and before `to` (epoch ms). */
export interface OrdersQuery extends OrderMatch {
  bridge: string;
  from: number;
  to: number;
  sort: OrderSort;
  upTo: number | null;
  offset: number;
  limit: number;
}

/** The next page of an export. Orders, entries and samples go by time (epoch ms), awards and statistics by day. */
export interface ExportQuery {
  bridge: string;
  kind: ExportKind;
  cursor: string | null;
  from: number;
  to: number;
  fromDay: string;
  toDay: string;
}

export interface ConnectionRow {
  /** Epoch ms. */
  at: number;
  event: ConnectionEvent;
}

/** Closed trades of accounts (login@server) with a closing deal at or after `from` and before `to` (epoch ms). */
export interface DealsQuery extends DealsPageRequest {
  accounts: readonly string[];
  from: number;
  to: number;
  /** Who opened the position; left out or null: whoever. */
  opener?: string | null;
}

/** Sums of the deals of accounts (login@server) at or after `from` and before `to` (epoch ms). */
export interface DealGroupsQuery extends DealGroupsRequest {
  accounts: readonly string[];
  from: number;
  to: number;
}

/** Entries that tell what persons did, and the desk in their place. `order`: a person settled it. */
export type ActivityEntry =
  | Extract<
      JournalEntry,
      { type: 'armed' | 'kill_switch' | 'account' | 'rebased' | 'settings' | 'engine' | 'feed' | 'acknowledged' }
    >
  | { type: 'order'; order: Order };

/** Such entries of a bridge and of the whole app, at or after `from` and before `to` (epoch ms), newest first. */
export interface ActivityQuery {
  bridge: string;
  from: number;
  to: number;
  /** Only entries with a smaller number; null: all. */
  before: number | null;
  limit: number;
}

export interface ActivityRow {
  seq: number;
  at: number;
  entry: ActivityEntry;
}

/** Queries of the journal for charts, lists and exports. No call blocks the caller's thread. */
export interface JournalHistory {
  history(query: HistoryQuery): Promise<Sample[]>;
  recorded(query: RecordedQuery): Promise<Recorded>;
  fills(query: FillsQuery): Promise<OrderMarks>;
  /** All entries of one order, oldest first. */
  timeline(order: number): Promise<TimelineEntry[]>;
  orders(query: OrdersQuery): Promise<OrdersPage>;
  /** Kept up to date as orders come, not computed per call. */
  statistics(query: StatisticsQuery): Promise<Statistics>;
  xp(query: XpQuery): Promise<XpReport>;
  exportPage(query: ExportQuery): Promise<ExportPage>;
  /** Oldest first. */
  connections(query: ConnectionQuery): Promise<ConnectionRow[]>;
  activity(query: ActivityQuery): Promise<ActivityRow[]>;
  deals(query: DealsQuery): Promise<DealsPage>;
  /** In the order of their names. */
  dealGroups(query: DealGroupsQuery): Promise<DealGroup[]>;
}
