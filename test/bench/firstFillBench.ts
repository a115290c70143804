import { chromium } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { Desk } from '../e2e/desk.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';

// The first start in an empty folder, from the start of the process to a filled order of the paper EA, by as few clicks as
// it takes: prints one line of JSON.

await ensureBuild();
const browser = await chromium.launch(chromiumOptions());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const from = performance.now();
const serving = await startServe([], tempDir().path);
try {
  await page.goto(serving.ready.dashboard ?? '');
  const desk = new Desk(page);
  let clicks = 0;
  const press = async (name: string, within: { getByRole: typeof page.getByRole }): Promise<void> => {
    await within.getByRole('button', { name, exact: true }).click();
    clicks += 1;
  };
  await press('Try it with the paper EA', page);
  await desk.priced(60_000);
  await press('Buy', desk.ticket);
  await press('Fire', desk.confirm);
  await desk.expectNewest({ State: 'filled' }, 60_000);
  process.stdout.write(JSON.stringify({ ms: performance.now() - from, clicks }));
} finally {
  await browser.close();
  await serving.end();
}
