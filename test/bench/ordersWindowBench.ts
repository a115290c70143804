import { join } from 'node:path';
import { chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { prepareFollower } from '../../src/journal/history/follower.ts';
import { prepareOrderIndex } from '../../src/journal/history/orderIndex.ts';
import { fillBenchJournal } from './benchJournal.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startPaper, startServe, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { makeOrders } from './manyOrders.ts';

// The window with so many orders in the journal, 1,000,000 unless told otherwise, and ten times as many rows of telemetry: from the start of `serve` to the first
// rows on screen, and from a result that the controller has to its row. Prints one line of JSON, times in ms.

const count = Number(process.argv[2] ?? 1_000_000);
const fired = Number(process.argv[3] ?? 100);
/** Rows of telemetry. */
const samples = 10 * count;
const spanMs = 6.5 * 86_400_000;

await ensureBuild();
const { path: dataDir, remove } = tempDir();
const peers: Running[] = [];
const browser = await chromium.launch(chromiumOptions());
try {
  await fill();
  const page = await browser.newPage();
  const before = performance.now();
  const serving = await startServe(['--armed'], dataDir);
  peers.push(serving);
  const ready = performance.now() - before;
  await page.goto(serving.ready.dashboard ?? '', { waitUntil: 'commit' });
  await page
    .getByRole('table', { name: 'Executions' })
    .getByText(`ELITE_RAPID_${String(count)}`)
    .waitFor();
  const paint = performance.now() - before;

  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    const heads = [...document.querySelectorAll('table[aria-label=Executions] thead th')];
    const place = (name: string): number => heads.findIndex((head) => head.textContent.trim() === name) + 1;
    const [idPlace, statePlace] = [place('ID'), place('State')];
    if (idPlace === 0 || statePlace === 0) throw new Error('The table has no ID or no state.');
    const look = (): void => {
      for (const row of document.querySelectorAll('table[aria-label=Executions] tbody tr')) {
        const id = row.querySelector(`td:nth-child(${String(idPlace)})`)?.textContent ?? '';
        const state = row.querySelector(`td:nth-child(${String(statePlace)})`)?.textContent ?? '';
        if (id in seen || !/filled|rejected/.test(state)) continue;
        seen[id] = Number.NaN;
        // Drawn with the next frame.
        requestAnimationFrame(() => {
          seen[id] = Date.now();
        });
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  peers.push(startPaper(serving.bridge(), '--seed', '7'));
  await until(async () => (await serving.cli('status')).stdout.includes('telemetry live'), 'the EA is live');
  for (let number = 1; number <= fired; number += 1) {
    const flags = ['--action', 'close', '--symbol', 'XAUUSD', '--id', `BENCH_${String(number)}`];
    await serving.cli('fire', ...flags);
  }
  const seen = await page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);
  await serving.end();
  const db = new Database(join(dataDir, 'journal.db'), { readonly: true });
  const results = db
    .prepare<[number], { id: string; at: number }>(
      `SELECT signal_id AS id, min(at) AS at FROM entries
       WHERE seq > ? AND type = 'order' AND json_extract(body, '$.state') IN ('filled', 'rejected') GROUP BY signal_id`,
    )
    .all(2 * count);
  db.close();
  const rows = results.map(({ id, at }) => (seen[id] ?? Number.NaN) - at).sort((one, other) => one - other);
  const p = (share: number): number | undefined => rows[Math.min(rows.length - 1, Math.floor(rows.length * share))];
  process.stdout.write(
    `${JSON.stringify({ count, ready, paint, results: rows.length, p50: p(0.5), p99: p(0.99), rows })}\n`,
  );
} finally {
  await browser.close();
  await Promise.all(peers.map((each) => each.end('SIGKILL')));
  remove();
}

/** As it is after some time: there are settings, and what follows the entries has caught up. */
async function fill(): Promise<void> {
  await (await startServe([], dataDir)).end();
  await fillBenchJournal(dataDir, (db) => {
    makeOrders(db, count, 30);
    addSamples(db);
    const index = prepareOrderIndex(db);
    while (index.step());
    const follower = prepareFollower(db);
    while (follower.step());
  });
}

/** A week of figures, as close as the journal keeps them at the most. */
function addSamples(db: Database.Database): void {
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
}
