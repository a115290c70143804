import type { TimelineEntry } from '../../domain/orders/order.ts';
import type { ChannelName, Sample } from '../../api/state/state.ts';
import type { OrderMarks } from '../../api/queries/history.ts';
import type { OrderMatch, OrderSort, OrdersPage } from '../../api/queries/orderQuery.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../../api/queries/statistics.ts';
import type { DayStart } from '../../domain/tradingDay.ts';
import type { LinkState } from '../../api/state/connectionHistory.ts';

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

export type ConnectionEvent =
  /** The desk started. `aliveUntil`: time when it was last known to run before, epoch ms; null: never. */
  | { kind: 'start'; aliveUntil: number | null }
  /** State of a channel since then. `drops`: connections lost since its last entry. */
  | { kind: 'state'; channel: ChannelName; state: Exclude<LinkState, 'off'>; since: number; drops: number };

export interface ConnectionRow {
  /** Epoch ms. */
  at: number;
  event: ConnectionEvent;
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
}
