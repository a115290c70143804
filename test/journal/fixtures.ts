import { anyOrder, newestFirst } from '../../src/api/queries/orderQuery.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Sample } from '../../src/api/state/state.ts';
import type { JournalEntry, Milestone } from '../../src/controller/ports/journalEntry.ts';
import type { JournalRow } from '../../src/controller/ports/journal.ts';
import type { OrdersQuery, StatisticsQuery } from '../../src/controller/ports/journalHistory.ts';
import { openSqliteJournal, type OpenedJournal, type SqliteJournalOptions } from '../../src/journal/sqliteJournal.ts';
import { sentOrder } from '../support/sentOrder.ts';
import { tempDir } from '../support/tempDir.ts';

/** A Monday, 00:00 UTC, and the beginning of a minute. */
export const monday = Date.UTC(2026, 5, 1);
export const minute = 60_000;
export const day = 24 * 60 * minute;

export function order(number: number, changes: Partial<Order> = {}): Order {
  const at = monday + number * 1_000;
  return { ...sentOrder, number, signalId: `S${String(number)}`, at, day: '2026-06-01', ...changes };
}

export function sample(at: number, equity: number, changes: Partial<Sample> = {}): Sample {
  return {
    at,
    balance: 1_000,
    equity,
    equityLow: equity - 1,
    equityHigh: equity + 1,
    margin: 50,
    messages: 2,
    ...changes,
  };
}

export function row(entry: JournalEntry, at = monday): JournalRow {
  return { at, entry };
}

export function orderRow(number: number, changes: Partial<Order> = {}, frame: Uint8Array | null = null): JournalRow {
  return row({ type: 'order', order: order(number, changes), frame });
}

export function sampleRow(one: Sample, bridge = 'main'): JournalRow {
  return row({ type: 'sample', bridge, account: 'account', sample: one });
}

export function rememberRow(key: string, value: unknown): JournalRow {
  return row({ type: 'remember', key, value });
}

const utcDay = { timeZone: 'UTC', startsAt: '00:00' };

/** The statistics of the bridge `main` without a filter. */
export const everything: StatisticsQuery = {
  bridge: 'main',
  account: null,
  source: null,
  symbol: null,
  from: null,
  to: null,
  dayStart: utcDay,
};

/** Of the bridge `main`, the newest first and up to a hundred, unless it is said otherwise. */
export function ordersQuery(changes: Partial<OrdersQuery> = {}): OrdersQuery {
  const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
  return { bridge: 'main', ...anyOrder, ...span, sort: newestFirst, upTo: null, offset: 0, limit: 100, ...changes };
}

export function milestoneRow(milestone: Milestone, changes: { account?: string; day?: string } = {}): JournalRow {
  return row({ type: 'milestone', bridge: 'main', account: 'account', day: '2026-06-01', milestone, ...changes });
}

export interface JournalFolder {
  path: string;
  /** `now`, as the journal is told it. */
  clock: { now: number };
  loggedErrors: string[];
  open: (options?: Partial<SqliteJournalOptions>) => OpenedJournal;
  /** Closes what is still open and deletes the folder. */
  remove: () => Promise<void>;
}

/** A data folder of a test's own, in which journals are opened. */
export function journalFolder(): JournalFolder {
  const { path, remove } = tempDir();
  const clock = { now: monday };
  const loggedErrors: string[] = [];
  const opened: OpenedJournal[] = [];
  return {
    path,
    clock,
    loggedErrors,
    open: (options = {}) => {
      const journal = openSqliteJournal({
        dataDir: path,
        now: () => clock.now,
        logError: (sentence) => loggedErrors.push(sentence),
        ...options,
      });
      opened.push(journal);
      return journal;
    },
    remove: async () => {
      for (const { journal } of opened) await journal.close();
      remove();
    },
  };
}
