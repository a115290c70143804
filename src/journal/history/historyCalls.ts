import type { OrderMarks } from '../../api/queries/history.ts';
import type { DealGroup, DealsPage } from '../../api/queries/deals.ts';
import type { OrdersPage } from '../../api/queries/orderQuery.ts';
import type { TimelineEntry } from '../../domain/orders/order.ts';
import type { Sample } from '../../api/state/state.ts';
import type { ExportPage, Statistics, XpReport } from '../../api/queries/statistics.ts';
import type {
  ActivityQuery,
  ActivityRow,
  ConnectionQuery,
  ConnectionRow,
  DealGroupsQuery,
  DealsQuery,
  ExportQuery,
  FillsQuery,
  HistoryQuery,
  OrdersQuery,
  Recorded,
  RecordedQuery,
  StatisticsQuery,
  XpQuery,
} from '../../controller/ports/journalHistory.ts';
import type { BackupAsk } from '../file/backupJournal.ts';

/** Calls of the history worker, with their arguments and answers. */
export interface HistoryCalls {
  history: { ask: { query: HistoryQuery; now: number }; answer: Sample[] };
  recorded: { ask: RecordedQuery; answer: Recorded };
  fills: { ask: FillsQuery; answer: OrderMarks };
  timeline: { ask: { order: number }; answer: TimelineEntry[] };
  orders: { ask: OrdersQuery; answer: OrdersPage };
  statistics: { ask: StatisticsQuery; answer: Statistics };
  xp: { ask: XpQuery; answer: XpReport };
  connections: { ask: ConnectionQuery; answer: ConnectionRow[] };
  activity: { ask: ActivityQuery; answer: ActivityRow[] };
  deals: { ask: DealsQuery; answer: DealsPage };
  dealGroups: { ask: DealGroupsQuery; answer: DealGroup[] };
  exportPage: { ask: { query: ExportQuery; now: number }; answer: ExportPage };
  /** Copies a journal into another file. */
  backup: { ask: BackupAsk; answer: null };
  /** Deletes samples past their time. */
  tidy: { ask: { now: number }; answer: null };
  /** The words of a {@link SentIds}. */
  sentIds: { ask: null; answer: Uint32Array<ArrayBuffer> };
  /** Checks the whole journal. Answers a sentence about the damage, or null. */
  check: { ask: null; answer: string | null };
}

export type CallName = keyof HistoryCalls;

/** Message to the worker. */
export interface Ask<Name extends CallName = CallName> {
  id: number;
  name: Name;
  ask: HistoryCalls[Name]['ask'];
}

/** Message from the worker. An error crosses as its reason, the end of a sentence. */
export type Answer = { id: number; answer: HistoryCalls[CallName]['answer'] } | { id: number; error: string };

/** The worker's `workerData`. */
export interface HistoryWorkerData {
  path: string;
}
