import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyOrder, newestFirst } from '../../src/api/queries/orderQuery.ts';
import type { OrdersQuery } from '../../src/controller/ports/journalHistory.ts';
import { prepareOrderIndex } from '../../src/journal/history/orderIndex.ts';
import { fillBenchJournal, openBenchJournal } from './benchJournal.ts';
import { makeOrders } from './manyOrders.ts';

// Finding orders among so many, 1,000,000 unless told otherwise: prints one line of JSON, times in ms.

const count = Number(process.argv[2] ?? 1_000_000);
const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
const query: OrdersQuery = {
  bridge: 'main',
  ...anyOrder,
  ...span,
  sort: newestFirst,
  upTo: null,
  offset: 0,
  limit: 100,
};

const dataDir = mkdtempSync(join(tmpdir(), 'bitten-orders-'));
try {
  let longestStep = 0;
  let indexedIn = 0;
  await fillBenchJournal(dataDir, (db) => {
    makeOrders(db, count, 30);
    const before = performance.now();
    const index = prepareOrderIndex(db);
    for (let more = true; more;) {
      const began = performance.now();
      more = index.step();
      longestStep = Math.max(longestStep, performance.now() - began);
    }
    indexedIn = performance.now() - before;
  });

  const before = performance.now();
  const { journal } = openBenchJournal(dataDir);
  const openedIn = performance.now() - before;
  const time = async (changes: Partial<OrdersQuery>): Promise<{ ms: number; total: number; upTo: number }> => {
    const started = performance.now();
    const { total, upTo } = await journal.orders({ ...query, ...changes });
    return { ms: performance.now() - started, total, upTo };
  };
  // The app starts the thread that reads by itself.
  await journal.timeline(0);
  const { ms: first, upTo } = await time({});
  const filter = { states: ['rejected' as const], symbol: 'SYMBOL6' };
  const { ms: filtered, total } = await time(filter);
  const { ms: nextPage } = await time({ ...filter, upTo, offset: 1_000 });
  const { ms: text } = await time({ text: '77123' });
  const { ms: sorted } = await time({ sort: { by: 'roundTripMs', down: true } });
  const { ms: sortedNext } = await time({ sort: { by: 'roundTripMs', down: true }, upTo, offset: count / 2 });
  const { ms: deep } = await time({ upTo, offset: count / 2 });
  const { ms: deepNext } = await time({ upTo, offset: count / 2 + 100 });
  await journal.close();
  const figures = { first, filtered, nextPage, text, sorted, sortedNext, deep, deepNext };
  process.stdout.write(`${JSON.stringify({ count, total, indexedIn, longestStep, openedIn, ...figures })}\n`);
} finally {
  rmSync(dataDir, { recursive: true });
}
