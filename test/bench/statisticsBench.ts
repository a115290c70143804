import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatisticsQuery } from '../../src/controller/ports/journalHistory.ts';
import { prepareFollower } from '../../src/journal/history/follower.ts';
import { fillBenchJournal, openBenchJournal } from './benchJournal.ts';
import { makeOrders } from './manyOrders.ts';

// Statistics over so many orders, 1,000,000 unless told otherwise: prints one line of JSON, times in ms.

const count = Number(process.argv[2] ?? 1_000_000);
const everything: StatisticsQuery = {
  bridge: 'main',
  account: null,
  source: null,
  symbol: null,
  from: null,
  to: null,
  dayStart: { timeZone: 'America/New_York', startsAt: '17:00' },
};

const dataDir = mkdtempSync(join(tmpdir(), 'bitten-statistics-'));
try {
  let countedIn = 0;
  let groups = 0;
  await fillBenchJournal(dataDir, (db) => {
    makeOrders(db, count);
    const before = performance.now();
    const follower = prepareFollower(db);
    while (follower.step());
    countedIn = performance.now() - before;
    groups = db.prepare<[], number>('SELECT count(*) FROM order_groups').pluck().get() ?? 0;
  });

  const before = performance.now();
  const { journal } = openBenchJournal(dataDir);
  const openedIn = performance.now() - before;
  const time = async (ask: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await ask();
    return performance.now() - started;
  };
  // The app starts the thread that reads by itself.
  const startedIn = await time(() => journal.timeline(0));
  const all = () => journal.statistics(everything);
  const first = await time(all);
  const warm: number[] = [];
  for (let round = 0; round < 10; round += 1) warm.push(await time(all));
  const month = await time(() => journal.statistics({ ...everything, from: '2026-05-01' }));
  const xp = await time(() => journal.xp({ bridge: 'main', account: null, limit: 100 }));
  await journal.close();
  warm.sort((one, other) => one - other);
  process.stdout.write(
    `${JSON.stringify({ count, groups, countedIn, openedIn, startedIn, first, median: warm[5], worst: warm.at(-1), month, xp })}\n`,
  );
} finally {
  rmSync(dataDir, { recursive: true });
}
