import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { backupJournal } from '../file/backupJournal.ts';
import { checkSteps } from '../file/checkSteps.ts';
import { connectWorker } from '../file/connect.ts';
import type { Answer, Ask, CallName, HistoryCalls, HistoryWorkerData } from './historyCalls.ts';
import { prepareCharts } from './chartQueries.ts';
import { prepareHistory } from './historyQueries.ts';
import { prepareActivity } from './activityRows.ts';
import { prepareConnections } from './connectionRows.ts';
import { prepareDealGroups, prepareDeals } from './dealQueries.ts';
import { prepareExport } from './exportPages.ts';
import { prepareFollower } from './follower.ts';
import { isDamage, reasonOf } from '../rows/journalFailure.ts';
import { deleteOldSamples } from '../rows/samples.ts';
import { prepareOrderIndex } from './orderIndex.ts';
import { prepareOrders } from './orderPages.ts';
import { readSentIds } from '../rows/sentIds.ts';
import { prepareStatistics } from './statisticsQueries.ts';

// Thread for long reads and for deleting, so that orders never wait for them.

type Handlers = {
  [Name in CallName]: (
    ask: HistoryCalls[Name]['ask'],
  ) => HistoryCalls[Name]['answer'] | Promise<HistoryCalls[Name]['answer']>;
};

/** Pause between two deletions, in ms: a waiting writer tries the lock again after some milliseconds. */
const breathMs = 20;

const checkpointMs = 10_000;

/** Interval at which statistics follow the entries, and below the longest wait of an answer for it, in ms. */
const countEveryMs = 1_000;
const countWithinMs = 100;

const { path } = workerData as HistoryWorkerData;
const db = connectWorker(path);
const { history, timeline } = prepareHistory(db);
const { recorded, fills } = prepareCharts(db);
const { statistics, xp } = prepareStatistics(db);
const connections = prepareConnections(db);
const exportPage = prepareExport(db);
const activity = prepareActivity(db);
const deals = prepareDeals(db);
const dealGroups = prepareDealGroups(db);
const follower = prepareFollower(db);
const orderIndex = prepareOrderIndex(db);
const orders = prepareOrders(db);

/** Counts new entries, as long as an answer may wait. @returns counted part of the journal, 0 to 1 */
async function countSome(which: Pick<typeof follower, 'step' | 'counted'> = follower): Promise<number> {
  const until = performance.now() + countWithinMs;
  try {
    while (performance.now() < until && which.step()) await nextTurn();
  } catch {
    // For example a full disk: the answer has the entries counted so far, and says so.
  }
  return which.counted();
}

async function countAll(): Promise<void> {
  while (orderIndex.step()) await nextTurn();
  while (follower.step()) await nextTurn();
}

const handlers: Handlers = {
  history: ({ query, now }) => history(query, now),
  recorded,
  fills,
  timeline: ({ order }) => timeline(order),
  orders: async (query) => orders(query, orders.isPlain(query) ? 1 : await countSome(orderIndex)),
  statistics: async (query) => statistics(query, await countSome()),
  xp: async (query) => xp(query, await countSome()),
  connections,
  activity,
  deals,
  dealGroups,
  exportPage: async ({ query, now }) => {
    if (query.cursor === null) await countSome();
    return exportPage(query, now);
  },
  backup: async (ask) => {
    await backupJournal(ask);
    return null;
  },
  tidy: async ({ now }) => {
    const deletions = deleteOldSamples(db, now);
    while (deletions.next().done !== true) await pause(breathMs);
    return null;
  },
  sentIds: () => readSentIds(db).words,
  check: async () => {
    const steps = checkSteps(db);
    try {
      while (steps.next().done !== true) await nextTurn();
      return null;
    } catch (error) {
      if (isDamage(error)) return error instanceof Error ? error.message : String(error);
      throw error;
    }
  },
};

async function answer<Name extends CallName>({ id, name, ask }: Ask<Name>): Promise<Answer> {
  try {
    return { id, answer: await handlers[name](ask) };
  } catch (error) {
    return { id, error: reasonOf(error) };
  }
}

parentPort?.on('message', (message: Ask) => {
  answer(message)
    .then((reply) => parentPort?.postMessage(reply))
    .catch((error: unknown) => {
      // The caller gets the reason; a throw would end the thread with everybody's calls.
      parentPort?.postMessage({ id: message.id, error: reasonOf(error) } satisfies Answer);
    });
});

// Moves what was committed from the WAL into the database. A passive checkpoint keeps no writer waiting.
setInterval(() => {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // For example a full disk. The WAL keeps everything, and the next write reports it.
  }
}, checkpointMs);

let counting = false;
setInterval(() => {
  if (counting) return;
  counting = true;
  countAll()
    .catch(() => {
      // As above. The next turn goes on where this one ended.
    })
    .finally(() => {
      counting = false;
    });
}, countEveryMs);
