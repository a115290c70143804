import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { Desk } from '../e2e/desk.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startPaper, startServe } from '../support/processes.ts';

// `npm run soak [-- minutes]`: the paper EA at 50 messages a second with the dashboard open. Prints, minute by
// minute, what the app and the page hold in memory and how fast the page answers. Linux alone (it reads /proc).

const minutes = Number(process.argv[2] ?? 10);

await ensureBuild();
const serving = await startServe(['--armed']);
const paper = startPaper(serving.bridge(), '--telemetry-interval', '100', '--tick-interval', '100');
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(serving.ready.dashboard ?? '');
  const desk = new Desk(page);
  await desk.expectLamps('live');
  const session = await page.context().newCDPSession(page);
  await watchLongTasks(page);
  process.stdout.write('minute  app RSS MB  page heap MB  longest task ms  key to paint ms  orders\n');
  for (let minute = 1; minute <= minutes; minute += 1) {
    await wait(60_000);
    await desk.fill({ sl: '2000', tp: '4000', id: '' });
    await desk.fire(minute % 2 === 0 ? 'Sell' : 'Buy');
    await desk.expectNewest({ State: 'filled' });
    const row = [
      minute,
      rssOf(serving.ready.pid),
      await heapOf(session),
      await takeLongest(page),
      await keyToPaint(page),
      await desk.executions.locator('tbody tr').count(),
    ];
    process.stdout.write(
      `${row.map((value, column) => String(value).padStart([6, 10, 12, 15, 15, 6][column] ?? 0)).join('  ')}\n`,
    );
  }
  const { stdout } = await serving.cli('status', '--json');
  const [bridge] = (
    JSON.parse(stdout) as { bridges: { channels: { telemetry: { messages: number; rate: number } } }[] }
  ).bridges;
  process.stdout.write(
    `telemetry messages: ${String(bridge?.channels.telemetry.messages)}, ${String(bridge?.channels.telemetry.rate)}/s at the end\n`,
  );
} finally {
  await browser.close();
  await paper.end('SIGKILL');
  await serving.end();
}

function rssOf(pid: number): string {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return (Number(kib) / 1024).toFixed(1);
}

async function heapOf(session: CDPSession): Promise<string> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize / 1024 / 1024).toFixed(1);
}

interface Watching {
  longestTask: number;
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watching = globalThis as unknown as Watching;
    watching.longestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watching.longestTask = Math.max(watching.longestTask, duration);
    }).observe({ type: 'longtask' });
  });
}

function takeLongest(page: Page): Promise<string> {
  return page.evaluate(() => {
    const watching = globalThis as unknown as Watching;
    const longest = watching.longestTask;
    watching.longestTask = 0;
    return longest.toFixed(0);
  });
}

/** From a key's event in the lots field to the frame after it. */
async function keyToPaint(page: Page): Promise<string> {
  const measured = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener(
          'keydown',
          ({ timeStamp }) => {
            requestAnimationFrame(() => {
              setTimeout(() => {
                resolve((performance.now() - timeStamp).toFixed(0));
              });
            });
          },
          { once: true },
        );
      }),
  );
  await page.getByLabel('Lots').press('ArrowUp');
  return await measured;
}
