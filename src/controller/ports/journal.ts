import type { EngineSource, Order, PersonSource, TimelineEntry } from '../../domain/orders/order.ts';
import type { Alarm, ChannelName, KillSwitchState, Sample } from '../../api/state/state.ts';
import type { OrderMarks } from '../../api/queries/history.ts';
import type { OrderMatch, OrderSort, OrdersPage } from '../../api/queries/orderQuery.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../../api/queries/statistics.ts';
import type { DayStart } from '../../domain/tradingDay.ts';
import type { ProfitStep } from '../../domain/xp.ts';
import type { LinkState } from '../../api/state/connectionHistory.ts';

/** Who did something: the door by which it came. */
type Actor = PersonSource | 'app';

/**
 * What is written down. All but the last two are rows of the append-only journal, numbered in the order of writing;
 * `sample` and `remember` are figures that replace or thin out older ones.
 */
export type JournalEntry =
  /** The order as it is from now on. `frame`: the bytes that go to the EA with it. */
  | { type: 'order'; order: Order; frame: Uint8Array | null }
  /** What the EA said of an order, as it came; `order` is null when none was sent under this id. */
  | { type: 'feedback'; bridge: string; order: number | null; signalId: string; frame: Uint8Array; history: boolean }
  /** W13: a frame that can't be read but names an order. */
  | {
      type: 'broken_feedback';
      bridge: string;
      order: number | null;
      signalId: string;
      frame: Uint8Array;
      reason: string;
    }
  | { type: 'history_frame'; bridge: string; frame: Uint8Array }
  | { type: 'armed'; bridge: string; armed: boolean; by: Actor; why: string | null }
  | { type: 'kill_switch'; on: boolean; by: Actor }
  /** `also`: the account's other names. */
  | { type: 'account'; bridge: string; account: string; by: Actor; also?: string[] }
  | { type: 'rebased'; bridge: string; account: string; equity: number; by: Actor; note: string }
  /** R4: what telemetry showed of an account, so that it is known after its samples have been thinned out. */
  | { type: 'milestone'; bridge: string; account: string; day: string; milestone: Milestone }
  | { type: 'settings'; bridge: string | null; by: Actor; changes: unknown }
  | { type: 'alarm'; alarm: Alarm }
  | { type: 'engine'; engine: string; by: Actor; change: unknown }
  | { type: 'feed'; feed: string; by: Actor; change: unknown }
  /** A signal that waits for a person. What becomes of it is an order. */
  | { type: 'signal'; source: EngineSource; bridge: string | null; signalId: string; asked: string }
  | { type: 'connection'; bridge: string; event: ConnectionEvent }
  | { type: 'sample'; bridge: string; account: string | null; sample: Sample }
  /** The newest value of a key is what {@link Journal.remembered} gives back. `value` is JSON. */
  | { type: 'remember'; key: string; value: unknown };

export type Milestone =
  | { kind: 'starting_balance'; balance: number }
  | { kind: 'profit'; step: ProfitStep; balance: number }
  /** `level` in per cent (R1). */
  | { kind: 'margin_low' | 'margin_recovered'; level: number };

export interface JournalRow {
  /** Epoch ms. */
  at: number;
  entry: JournalEntry;
}

/**
 * The samples of a bridge from `from` to `to` (epoch ms), thinned out to about `points` with their extremes kept. A
 * `from` before the first sample counts from that one.
 */
export interface HistoryQuery {
  bridge: string;
  from: number;
  to: number;
  points: number;
}

/** What was recorded of a bridge before `before`, and its highest equity from `peakSince` on (epoch ms). */
export interface RecordedQuery {
  bridge: string;
  peakSince: number;
  before: number;
}

export interface Recorded {
  /** When the first figures of all came; null: none did. */
  first: number | null;
  /** By whole minutes; null: nothing came in that time. */
  peak: number | null;
}

/** Fills among the orders that were fired from `from` to `to` (epoch ms). */
export interface FillsQuery {
  bridge: string;
  from: number;
  to: number;
}

/** `dayStart` tells the days of equity; orders and awards have their own. */
export interface StatisticsQuery extends StatisticsFilter {
  bridge: string;
  dayStart: DayStart;
}

/** What was written of a bridge's connections at or after `from` (epoch ms). */
export interface ConnectionQuery {
  bridge: string;
  from: number;
}

export interface XpQuery {
  bridge: string;
  account: string | null;
  /** The most awards that are listed. */
  limit: number;
}

/** Fired from `from` on and before `to` (epoch ms). */
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

/**
 * Where everything that must outlive the process is kept (ARCHITECTURE rule 1). Anything that reads can throw too, with
 * a sentence that says why.
 */
export interface Journal {
  /** All of the rows, durable when it returns; or none of them, and an exception that says why. */
  write(rows: readonly JournalRow[]): void;
  /** The last orders, the newest first. */
  lastOrders(limit: number): Order[];
  /** The highest order number so far, 0 when there is none. */
  lastOrderNumber(): number;
  /** Orders of a bridge that are `sent` or `unknown`, the oldest first. @param bridge null: of any that ever was */
  ordersInDoubt(bridge: string | null): Order[];
  /**
   * The newest order with this signal_id that may have left: any but a refused one.
   * @param bridge null: on any that ever was
   */
  findSent(bridge: string | null, signalId: string): Order | null;
  findOrder(number: number): Order | null;
  /** Buys and sells of a bridge that may have left, fired at or after `at` (epoch ms), the oldest first. */
  tradesSince(bridge: string, at: number): Order[];
  remembered(key: string): unknown;
  /** Doesn't block the caller's thread. */
  history(query: HistoryQuery): Promise<Sample[]>;
  /** Doesn't block the caller's thread. */
  recorded(query: RecordedQuery): Promise<Recorded>;
  /** Doesn't block the caller's thread. */
  fills(query: FillsQuery): Promise<OrderMarks>;
  /** Everything that was written of one order, the oldest first. Doesn't block the caller's thread. */
  timeline(order: number): Promise<TimelineEntry[]>;
  /** Doesn't block the caller's thread. */
  orders(query: OrdersQuery): Promise<OrdersPage>;
  /** Kept up to date as orders come, not counted at the call. Doesn't block the caller's thread. */
  statistics(query: StatisticsQuery): Promise<Statistics>;
  xp(query: XpQuery): Promise<XpReport>;
  exportPage(query: ExportQuery): Promise<ExportPage>;
  /** The oldest first. Doesn't block the caller's thread. */
  connections(query: ConnectionQuery): Promise<ConnectionRow[]>;
  /** Everything written is durable; nothing can be written any more. */
  close(): Promise<void>;
}

/** Where the kill switch is kept besides the journal. */
export interface KillMark {
  /** What it says at the start, or why the app must start with the switch on; null: it doesn't. */
  readonly found: KillSwitchState | null;
  /** Durable when it returns. @throws Error */
  write(state: KillSwitchState | null): void;
}

export type ConnectionEvent =
  /** The desk has started. `aliveUntil`: when it was last known to run before, epoch ms; null: never. */
  | { kind: 'start'; aliveUntil: number | null }
  /** A channel is in this state since then, epoch ms. `drops`: connections lost since its last entry. */
  | { kind: 'state'; channel: ChannelName; state: Exclude<LinkState, 'off'>; since: number; drops: number };

export interface ConnectionRow {
  /** Epoch ms. */
  at: number;
  event: ConnectionEvent;
}
