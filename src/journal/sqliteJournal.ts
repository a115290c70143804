import { resolve } from 'node:path';
import type { Order } from '../domain/orders/order.ts';
import type { Journal } from '../controller/ports/journal.ts';
import { connectWriter } from './file/connect.ts';
import { HistoryClient } from './history/historyClient.ts';
import { JournalConnection } from './writer/journalConnection.ts';
import { JournalFailure } from './rows/journalFailure.ts';
import type { JournalIdentity } from './file/journalIdentity.ts';
import { markDamaged, openFile } from './file/openFile.ts';
import { newest } from './memory/orderTable.ts';
import { parseOrder, parseOrderOrNull } from './rows/parseOrder.ts';
import { SentIds } from './rows/sentIds.ts';

const tidyAfterMs = 5_000;
const tidyEveryMs = 60 * 60_000;

export interface SqliteJournalOptions {
  /** Must exist. */
  dataDir: string;
  /** Epoch ms. */
  now: () => number;
  /** Records a failure in the background. */
  logError: (sentence: string, error?: unknown) => void;
  /** The history worker, built or as source; the source when left out. */
  workerUrl?: URL | undefined;
  /** Most pages of 4096 bytes: beyond them, writes fail as on a full disk. */
  maxPages?: number | undefined;
}

export interface OpenedJournal {
  journal: Journal;
  /** New name of a damaged journal, which an empty one has replaced; null: none was found. */
  setAside: string | null;
  identity: JournalIdentity;
  /** The last sequence number; 0: none. */
  lastSeq: () => number;
  /** Limits of a bridge after their newest change; null: never changed. Reads all entries. */
  lastLimits: (bridge: string) => unknown;
  /** Copies a journal into a new file, in the background. @param source this journal or another */
  backup: (source: string, target: string) => Promise<void>;
  /** Gives a journal that is a copy an instance of its own. @returns the new instance, durable */
  renameInstance: () => string;
  /** The hourly task: checks the part that the start left unread, then deletes samples past their time. */
  tidy: () => Promise<void>;
}

/**
 * Opens or creates `journal.db` in the data folder. The caller ensures one instance a folder.
 * @throws JournalFailure `journal_newer`, `journal_unavailable` or `journal_full`
 */
export function openSqliteJournal(options: SqliteJournalOptions): OpenedJournal {
  const { now, logError, maxPages } = options;
  const file = openFile({ dataDir: resolve(options.dataDir), now, maxPages });
  const { path } = file;

  let marked = false;
  const onDamage = (reason: string, error?: unknown): void => {
    if (marked) return;
    marked = true;
    logError(`The journal is damaged, and is set aside at the next start: ${reason}`, error);
    try {
      markDamaged(path, reason);
    } catch (failure) {
      logError('The journal could not be marked as damaged.', failure);
    }
  };
  const connection = new JournalConnection(
    file.db,
    () => connectWriter(path, { maxPages, mustExist: true }),
    (error) => {
      onDamage(error instanceof Error ? error.message : String(error), error);
    },
  );
  const worker = new HistoryClient(
    options.workerUrl ?? new URL('./history/historyWorker.ts', import.meta.url),
    path,
    logError,
  );

  const findSent = (bridge: string, signalId: string): Order | null => {
    if (connection.isNew(bridge, signalId)) return null;
    if (connection.lacks(bridge, signalId)) connection.listOrders();
    return connection.read(({ findSent: statement }) => parseOrderOrNull(statement.get(bridge, signalId)));
  };

  let unread = file.checked === 'part';
  if (!unread) connection.knowSentIds();
  const tidy = async (): Promise<void> => {
    if (unread) {
      unread = false;
      connection.knowSentIds(new SentIds(await worker.call('sentIds', null, 'background')));
      const damage = await worker.call('check', null, 'background');
      if (damage !== null) onDamage(damage);
    }
    await worker.call('tidy', { now: now() }, 'background');
  };
  const tidyInBackground = (): void => {
    tidy().catch((error: unknown) => {
      const closed = error instanceof JournalFailure && error.code === 'journal_closed';
      if (!closed) logError('The journal could not be tidied up.', error);
    });
  };
  // Not at once, so that it doesn't delay the start.
  const first = setTimeout(tidyInBackground, tidyAfterMs).unref();
  const hourly = setInterval(tidyInBackground, tidyEveryMs).unref();

  return {
    setAside: file.setAside,
    identity: file.identity,
    lastSeq: () => connection.read(({ lastSeq }) => lastSeq.get() ?? 0),
    lastLimits: (bridge) =>
      connection.read(({ lastLimits }) => JSON.parse(lastLimits.get(bridge) ?? 'null') as unknown),
    backup: async (source, target) => {
      await worker.call('backup', { source, target, at: now() }, 'awaited');
    },
    renameInstance: () => connection.renameInstance(),
    tidy,
    journal: {
      write: (rows) => {
        connection.write(rows);
      },
      lastOrders: (limit) => connection.readList(({ lastOrders }) => lastOrders.all(limit).map(parseOrder)),
      lastOrderNumber: () => connection.readList(({ lastOrderNumber }) => lastOrderNumber.get() ?? 0),
      ordersInDoubt: (bridge) =>
        connection.readList(({ ordersInDoubt, allInDoubt }) =>
          (bridge === null ? allInDoubt.all() : ordersInDoubt.all(bridge)).map(parseOrder),
        ),
      ordersPlaced: (bridge) => connection.readList(({ ordersPlaced }) => ordersPlaced.all(bridge).map(parseOrder)),
      findSent: (bridge, signalId) =>
        bridge === null
          ? newest([...connection.bridges].map((each) => findSent(each, signalId)))
          : findSent(bridge, signalId),
      findOrder: (number) => connection.readList(({ findOrder }) => parseOrderOrNull(findOrder.get(number))),
      tradesSince: (bridge, at) =>
        connection.readList(({ tradesSince }) => tradesSince.all(bridge, at).map(parseOrder)),
      remembered: (key) => connection.read(({ remembered }) => JSON.parse(remembered.get(key) ?? 'null') as unknown),
      history: (query) => worker.call('history', { query, now: now() }, 'awaited'),
      recorded: (query) => worker.call('recorded', query, 'awaited'),
      fills: (query) => worker.call('fills', query, 'awaited'),
      orders: (query) => {
        connection.tryToList();
        return worker.call('orders', query, 'awaited');
      },
      statistics: (query) => worker.call('statistics', query, 'awaited'),
      xp: (query) => worker.call('xp', query, 'awaited'),
      connections: (query) => worker.call('connections', query, 'awaited'),
      activity: (query) => worker.call('activity', query, 'awaited'),
      deals: (query) => worker.call('deals', query, 'awaited'),
      dealGroups: (query) => worker.call('dealGroups', query, 'awaited'),
      exportPage: (query) => worker.call('exportPage', { query, now: now() }, 'awaited'),
      timeline: (order) => worker.call('timeline', { order }, 'awaited'),
      close: async () => {
        clearTimeout(first);
        clearInterval(hourly);
        await worker.close();
        connection.close();
      },
    },
  };
}
