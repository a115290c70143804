import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { makeFigures } from '../support/figures.ts';
import { startPaper, startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';

// A year of figures, a row a minute, in the production build's charts: prints one line of JSON, times in ms.

const rounds = 7;
const dayMs = 86_400_000;

export interface ChartTimes {
  /** Rows that the year has. */
  minutes: number;
  /** From the press on "1 y" to the frame in which its curve is painted, for the first time. */
  first: number;
  /** The same, again and again. */
  median: number;
  worst: number;
  /** Of the median: until the answer was there and its curve laid out. */
  answer: number;
  /** Of the median: processor time of the window's own thread, which doesn't count what else the machine does. */
  work: number;
}

/** Runs `serve` on a journal of a year with a paper EA and Chromium, and times the year's first paint. */
export async function measureCharts(): Promise<ChartTimes> {
  await ensureBuild();
  const dir = tempDir();
  const minutes = await fillYear(dir.path);
  const serving = await startServe([], dir.path);
  const paper = startPaper(serving.bridge(), '--seed', '7');
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(serving.ready.dashboard ?? '');
    await page.locator('path.chart-line').first().waitFor({ timeout: 60_000 });
    const profiler = await page.context().newCDPSession(page);
    await profiler.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = async (): Promise<number> => {
      const { metrics } = await profiler.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
    };
    const times: number[] = [];
    const answers: number[] = [];
    const work: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const before = await busy();
      const { painted, answered } = await timeRange(page, '1 y');
      work.push((await busy()) - before);
      times.push(painted);
      answers.push(answered);
      await timeRange(page, '5 min');
    }
    const [first = Number.NaN, ...again] = times;
    again.sort((one, other) => one - other);
    answers.sort((one, other) => one - other);
    work.sort((one, other) => one - other);
    return {
      minutes,
      first,
      median: again[Math.floor(again.length / 2)] ?? Number.NaN,
      worst: again.at(-1) ?? Number.NaN,
      work: work[Math.floor(work.length / 2)] ?? Number.NaN,
      answer: answers[Math.floor(answers.length / 2)] ?? Number.NaN,
    };
  } finally {
    await browser.close();
    await Promise.all([paper.end('SIGKILL'), serving.end('SIGKILL')]);
    dir.remove();
  }
}

async function fillYear(dataDir: string): Promise<number> {
  const now = Date.now();
  const { journal } = openSqliteJournal({ dataDir, now: () => now, logError: () => undefined });
  await journal.close();
  const db = new Database(join(dataDir, 'journal.db'));
  db.pragma('synchronous = OFF');
  makeFigures(db, { from: now - 365 * dayMs, to: now });
  const minutes = db.prepare<[], number>('SELECT count(*) FROM minutes').pluck().get() ?? 0;
  db.close();
  return minutes;
}

/** From the press to the answer, and to the frame after the one in which the new curve is there. */
function timeRange(page: Page, name: string): Promise<{ painted: number; answered: number }> {
  return page.evaluate(
    (wanted) =>
      new Promise<{ painted: number; answered: number }>((done) => {
        const radio = [...document.querySelectorAll<HTMLElement>('[role=radio]')].find(
          (each) => each.textContent === wanted,
        );
        const chart = document.querySelector('[role=application][aria-busy]');
        const begin = performance.now();
        radio?.click();
        const look = (): void => {
          // The press is taken up before the next frame: from then on the chart is busy until it has its answer.
          if (radio?.dataset['state'] !== 'on' || chart?.getAttribute('aria-busy') !== 'false') {
            requestAnimationFrame(look);
            return;
          }
          const answered = performance.now() - begin;
          // The frame that holds the curve is on screen when the one after the next begins.
          requestAnimationFrame(() => {
            requestAnimationFrame(() => {
              done({ painted: performance.now() - begin, answered });
            });
          });
        };
        requestAnimationFrame(look);
      }),
    name,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${JSON.stringify(await measureCharts())}\n`);
}
