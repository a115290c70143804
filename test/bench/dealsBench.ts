import type { Journal } from '../../src/controller/ports/journal.ts';
import type { DealGroupsRequest } from '../../src/api/queries/deals.ts';
import { tempDir } from '../support/tempDir.ts';
import { fillBenchJournal, openBenchJournal } from './benchJournal.ts';

// Sums and pages over so many deals (1,000,000 unless told otherwise): prints one line of JSON, in ms. Each is the first
// question of its kind to a journal that was just opened.

const symbols = ['XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'US 500', 'BTCUSD', 'USOIL', 'AUDUSD'];
const openers = ['engine VENOM', 'engine CITADEL', 'ticket', 'mobile', 'client'];
const account = '1000001@Broker-Demo';
const first = Date.UTC(2023, 0, 1);
const betweenMs = 90_000;

const count = Number(process.argv[2] ?? 1_000_000);
const folder = tempDir();
// Position n was opened by deal 2n and closed by deal 2n + 1.
await fillBenchJournal(folder.path, (db) => {
  db.exec(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(count - 1)})
   INSERT INTO deals SELECT '${account}', i + 1, ${String(first)} + i * ${String(betweenMs)}, 'main', i / 2 + 1,
     json_extract('${JSON.stringify(symbols)}', '$[' || (i / 2 % ${String(symbols.length)}) || ']'), iif(i % 2, 'sell', 'buy'),
     iif(i % 2, 'out', 'in'), 0.1, 2000 + i % 100, iif(i % 2, i % 41 - 20, 0), 0, -0.5, 'expert', '7', '', NULL, NULL,
     json_extract('${JSON.stringify(openers)}', '$[' || (i / 2 % ${String(openers.length)}) || ']') FROM n`,
  );
});

const all = { accounts: [account], from: 0, to: Number.MAX_SAFE_INTEGER };

/** ms from the question to the answer of a journal that has answered none before. */
async function firstAnswer(ask: (journal: Journal) => Promise<unknown>): Promise<number> {
  const { journal } = openBenchJournal(folder.path);
  // The worker has started, and has read nothing of deals.
  await journal.connections({ bridge: 'main', from: 0 });
  const from = performance.now();
  await ask(journal);
  const ms = performance.now() - from;
  await journal.close();
  return ms;
}

const groups = (by: DealGroupsRequest['by']): Promise<number> =>
  firstAnswer((journal) => journal.dealGroups({ ...all, by }));
const figures = {
  symbol: await groups('symbol'),
  opener: await groups('opener'),
  month: await groups('month'),
  page: await firstAnswer((journal) => journal.deals({ ...all, before: null, limit: 200 })),
};
folder.remove();
process.stdout.write(JSON.stringify(figures), () => process.exit());
