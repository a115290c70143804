import { chromium } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startPaper, startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { makeFigures } from '../support/figures.ts';
import Database from 'better-sqlite3';
import { join } from 'node:path';
await ensureBuild();
const dir = tempDir();
const now = Date.now();
await openSqliteJournal({ dataDir: dir.path, now: () => now, onTrouble: () => undefined }).journal.close();
const db = new Database(join(dir.path, 'journal.db'));
makeFigures(db, {
  from: now - 30 * 86400000,
  to: now,
  recorded: (at) => at < now - 78 * 3600000 || at > now - 72 * 3600000,
});
db.close();
const serving = await startServe([], dir.path);
const paper = startPaper(serving.bridge(), '--seed', '7');
const browser = await chromium.launch(chromiumOptions());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
try {
  await page.goto(serving.ready.dashboard ?? '');
  await page.locator('path.recharts-line-curve').first().waitFor({ timeout: 120_000 });
  const p = await page.context().newCDPSession(page);
  await p.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await p.send('Performance.getMetrics');
    const g = (n: string) => metrics.find(({ name }) => name === n)?.value ?? 0;
    return [g('TaskDuration'), g('ScriptDuration'), g('LayoutDuration') + g('RecalcStyleDuration')];
  };
  for (const name of ['5 min', '1 h', '6 h', '1 y']) {
    await page.getByRole('radio', { name, exact: true }).first().click({ timeout: 60000 });
    await page.waitForTimeout(4000);
    const b = await busy();
    const t = Date.now();
    await page.waitForTimeout(8000);
    const a = await busy();
    const s = (Date.now() - t) / 1000;
    console.log(name, 'cpu/s', a.map((v, i) => ((v - (b[i] ?? 0)) / s).toFixed(3)).join(' '));
    await page.screenshot({ path: `/tmp/wcharts-${name.replace(' ', '')}.png`, timeout: 60000 });
  }
} finally {
  await browser.close();
  await Promise.all([paper.end('SIGKILL'), serving.end('SIGKILL')]);
  dir.remove();
}
