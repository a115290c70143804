import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { Desk } from '../e2e/desk.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { run, startServe, type Serving } from '../support/processes.ts';

// The window under load: the built dashboard in a browser, the price chart and another one open, and the wire log where
// `wire` is given, an EA that sends so many messages a second (1,000 unless told otherwise): prints one line of JSON.

const warmUpMs = 8_000;
const measureMs = 10_000;
const keys = 120;
const betweenKeysMs = 60;

interface WindowFigures {
  /** Frames a second on the wire. */
  rate: number;
  /** Share of one core that the page's main thread used. */
  busy: number;
  /** ms; 0: none was longer than 50. */
  longestTask: number;
  /** From a key in the ticket to the next frame painted, ms. */
  keyToPaint: { p50: number; p99: number };
}

async function measureWindow(rate: number, wire: boolean): Promise<WindowFigures> {
  await ensureBuild();
  const serving = await startServe();
  const { command, telemetry } = serving.bridge();
  const peer = run(['test/bench/pacedPeer.ts', command, telemetry, String(rate)]);
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    page.setDefaultTimeout(120_000);
    await page.goto(serving.ready.dashboard ?? '');
    const desk = new Desk(page);
    await desk.expectLamps('live');
    await page.getByRole('application', { name: /^Price of/ }).waitFor();
    if (wire) {
      await desk.tab('Wire log').click();
      await page.getByRole('table', { name: 'Wire log' }).waitFor();
    }
    const session = await page.context().newCDPSession(page);
    // Thread time: what the thread itself used, not what others took from it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await wait(warmUpMs);
    await watch(page);
    const [from, busyFrom] = [performance.now(), await busySeconds(session)];
    const first = await travelled(serving);
    await wait(measureMs);
    const busy = (await busySeconds(session)) - busyFrom;
    const seconds = (performance.now() - from) / 1000;
    const last = await travelled(serving);
    if (await page.getByText(' missed ·').isVisible()) throw new Error('The list of the wire log could not keep up.');
    const times = await pressKeys(page);
    return {
      rate: ((last.frames - first.frames) / (last.at - first.at)) * 1000,
      busy: busy / seconds,
      longestTask: await page.evaluate(() => (globalThis as unknown as Watching).longestTask),
      keyToPaint: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    };
  } finally {
    await browser.close();
    await peer.end('SIGKILL');
    await serving.end();
  }
}

interface Watching {
  longestTask: number;
  keyTimes: number[];
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watching = globalThis as unknown as Watching;
    watching.longestTask = 0;
    watching.keyTimes = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watching.longestTask = Math.max(watching.longestTask, duration);
    }).observe({ type: 'longtask' });
    addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => {
        // The first task after the frame.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => watching.keyTimes.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    });
  });
}

/** Seconds of its thread that the page has used so far. */
async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

/** Frames that the app has seen on the wire so far, and when it said so (ms). */
async function travelled(serving: Serving): Promise<{ frames: number; at: number }> {
  const { stdout } = await serving.cli('status', '--json');
  const { bridges } = JSON.parse(stdout) as { bridges: { wireFrames: number }[] };
  return { frames: bridges[0]?.wireFrames ?? Number.NaN, at: performance.now() };
}

async function pressKeys(page: Page): Promise<number[]> {
  const lots = page.getByLabel('Lots', { exact: true });
  await lots.focus();
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press(key % 2 === 0 ? 'ArrowUp' : 'ArrowDown');
    await wait(betweenKeysMs);
  }
  return await page.evaluate(() => (globalThis as unknown as Watching).keyTimes);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

process.stdout.write(JSON.stringify(await measureWindow(Number(process.argv[2] ?? 1_000), process.argv[3] === 'wire')));
process.exit();
