import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { checkSteps } from './checkSteps.ts';
import { connectWorker } from './connect.ts';
import type { Answer, Ask, CallName, HistoryCalls, HistoryWorkerData } from './historyCalls.ts';
import { prepareHistory } from './historyQueries.ts';
import { isDamage, reasonOf } from './journalFailure.ts';
import { deleteOldSamples } from './samples.ts';
import { readSentIds } from './sentIds.ts';

// The thread in which long reads and cleaning up happen, so that orders never wait for them.

type Handlers = {
  [Name in CallName]: (
    ask: HistoryCalls[Name]['ask'],
  ) => HistoryCalls[Name]['answer'] | Promise<HistoryCalls[Name]['answer']>;
};

/** Between two deletions, in ms: a writer that waits for the lock looks again after some milliseconds. */
const breathMs = 20;

const checkpointMs = 10_000;

const { path } = workerData as HistoryWorkerData;
const db = connectWorker(path);
const { history, timeline } = prepareHistory(db);

const handlers: Handlers = {
  history: ({ query, now }) => history(query, now),
  timeline: ({ order }) => timeline(order),
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
  void answer(message).then((reply) => parentPort?.postMessage(reply));
});

// Moves what was committed from the WAL into the database. A passive checkpoint keeps no writer waiting.
setInterval(() => {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // A full disk, for example. The WAL keeps everything, and whoever writes next is told.
  }
}, checkpointMs);
