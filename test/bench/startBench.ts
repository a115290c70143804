import { join } from 'node:path';
import { chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { prepareFollower } from '../../src/journal/follower.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { makeOrders } from './manyOrders.ts';

// From the start of `serve` to the first meaningful paint, which is the newest order in the list, with so many orders and rows
// of telemetry in the journal. Prints one line of JSON, times in ms.

const orders = Number(process.argv[2] ?? 1_000_000);
const samples = Number(process.argv[3] ?? 10_000_000);
const rounds = 3;
/** Samples are kept for seven days; these end an hour ago. */
const spanMs = 6.5 * 86_400_000;

await ensureBuild();
const folder = tempDir();
const browser = await chromium.launch(chromiumOptions());
try {
  await fill(folder.path);
  const listening: number[] = [];
  const painted: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const started = performance.now();
    const serving = await startServe([], folder.path);
    listening.push(performance.now() - started);
    await page.goto(serving.ready.dashboard ?? '', { waitUntil: 'commit' });
    await page
      .getByRole('table', { name: 'Executions' })
      .getByText(`ELITE_RAPID_${String(orders)}`)
      .waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    painted.push(performance.now() - started);
    await page.close();
    await serving.end('SIGTERM');
  }
  const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[1] ?? Number.NaN;
  process.stdout.write(`${JSON.stringify({ orders, samples, ready: middle(listening), painted: middle(painted) })}\n`);
} finally {
  await browser.close();
  folder.remove();
}

async function fill(dataDir: string): Promise<void> {
  const onTrouble = (sentence: string): never => {
    throw new Error(sentence);
  };
  await openSqliteJournal({ dataDir, now: () => Date.now(), onTrouble }).journal.close();
  const db = new Database(join(dataDir, 'journal.db'));
  db.pragma('synchronous = OFF');
  makeOrders(db, orders);
  const add = db.prepare(
    "INSERT OR REPLACE INTO samples (bridge, at, account, balance, equity, low, high, margin) VALUES ('main', ?, 'account', 10000, ?, ?, ?, 50)",
  );
  const end = Date.now() - 3_600_000;
  const addAll = db.transaction(() => {
    for (let index = 0; index < samples; index += 1) {
      const equity = 10_000 + (index % 777) / 10;
      add.run(Math.floor(end - spanMs + (index / samples) * spanMs), equity, equity - 1, equity + 1);
    }
  });
  addAll();
  const follower = prepareFollower(db);
  while (follower.step());
  db.close();
}
