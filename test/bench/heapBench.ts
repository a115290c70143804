import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { serveApi, type ApiServer } from '../../src/api/rpc/serveApi.ts';
import { makeHandlers } from '../../src/host/makeHandlers.ts';
import { PaperBridge } from '../../src/host/bridges/paperBridge.ts';
import { WebSession } from '../../src/host/servers/webSession.ts';
import { openWebServer } from '../../src/host/servers/webServer.ts';
import { mostBars } from '../../src/domain/market/bar.ts';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { tempDir } from '../support/tempDir.ts';

// What the page holds after so many simulated hours of telemetry, 30 unless told otherwise, against in the first hour. The clock of
// the controller is the bench's, so that hours pass in seconds; the window, the web server and the contract are the app's own.
// Scripts run as bytecode that is kept: what V8 compiles and drops meanwhile is no data of the page, and swings by 1.5 MiB.
// Prints one line of JSON, bytes.

const hours = Number(process.argv[2] ?? 30);
const minuteMs = 60_000;
/** As often as the controller publishes. */
const stepMs = 250;
/** Within the first and the last hour, of which the least counts: single figures swing by 2 MiB of what is being drawn. */
const everyMinutes = 4;
/** Until then the page loads parts of itself that it needs later: they are no telemetry. */
const loadedMinutes = 12;
const symbols = ['XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY', 'US30'];

await ensureBuild();
const bench = bridgeBench();
const folder = tempDir();
const session = new WebSession('bench', () => performance.now());
const paper = new PaperBridge(bench.controller, {
  launch: () => {
    throw new Error('The bench has no paper EA.');
  },
  dataDir: folder.path,
  openJournal: () => {
    throw new Error('The bench has no paper EA.');
  },
  settings: () => bench.controller.bridge('main').config,
  logError: (sentence) => bench.loggedErrors.push(sentence),
});
const api: ApiServer = {
  handlers: makeHandlers({
    controller: bench.controller,
    paper,
    settings: { saveApp: () => undefined, saveBridge: (_id, _before, settings) => ({ settings, failure: null }) },
    eaInstaller: {
      terminals: () => Promise.resolve({ machine: '', searched: false, terminals: [] }),
      install: () => Promise.reject(new Error('The bench installs no EA.')),
    },
    backup: (dir) => Promise.resolve({ dir, files: [] }),
    webPort: () => [],
    desktop: null,
    reportProblem: (text) => bench.loggedErrors.push(text),
    dashboardLink: () => Promise.resolve(null),
    endSessions: () => undefined,
  }),
  follow: (listener) => bench.controller.follow(listener),
  logError: (sentence) => bench.loggedErrors.push(sentence),
};
const web = await openWebServer({
  port: 0,
  rendererDir: join(import.meta.dirname, '..', '..', 'out', 'renderer'),
  session,
  serve: (transport) => serveApi(transport, api, { source: 'ticket' }),
  onRefused: (sentence) => bench.loggedErrors.push(sentence),
});
const browser = await chromium.launch(
  chromiumOptions(['--js-flags=--no-sparkplug --no-maglev --no-turbofan --no-flush-bytecode']),
);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  bench.connect();
  tellBars(bench);
  await page.goto(web.launchUrl());
  await page.getByRole('switch', { name: 'Armed' }).waitFor();
  const devTools = await page.context().newCDPSession(page);
  const minutes: number[] = [];
  for (let minute = 1; minute <= hours * 60; minute += 1) {
    liveAMinute(bench, minute);
    await drawn(page);
    const measured = (minute > loadedMinutes && minute <= 60) || minute > (hours - 1) * 60;
    if (measured && minute % everyMinutes === 0) minutes.push(await heapOf(devTools));
  }
  const last = Math.min(...minutes.slice(-60 / everyMinutes));
  const first = Math.min(...minutes.slice(0, (60 - loadedMinutes) / everyMinutes));
  if (bench.loggedErrors.length > 0) throw new Error(bench.loggedErrors.join('\n'));
  process.stdout.write(`${JSON.stringify({ hours, first, last, most: Math.max(...minutes), ratio: last / first })}\n`);
} finally {
  await browser.close();
  await web.close();
  await bench.controller.stop();
  folder.remove();
}

/** The bars before, as many as the chart takes: it is as full in the first hour as in the last. */
function tellBars({ clock, link }: BridgeBench): void {
  const seconds = Math.floor(clock.now() / 1000);
  const before = Math.floor(seconds / 60) * 60;
  const M1 = Array.from({ length: mostBars }, (_, index) => {
    const close = 2340 + Math.sin(index / 7);
    return { time: before - (mostBars - index) * 60, open: close, high: close + 0.5, low: close - 0.5, close };
  });
  for (const symbol of symbols) link.says({ type: 'candle_batch', symbol, timestamp: seconds, M1, M5: [], M15: [] });
}

/** Four pulses a second: the account and every symbol move. */
function liveAMinute({ clock, link, answerPings }: BridgeBench, minute: number): void {
  for (let at = 0; at < minuteMs; at += stepMs) {
    const wave = Math.sin((minute * minuteMs + at) / 300_000);
    link.says({ type: 'heartbeat', balance: 10_000, equity: 10_000 + 50 * wave, positions: 2, timestamp: 'x' });
    for (const symbol of symbols) {
      link.says({ type: 'tick', symbol, bid: 2340 + wave, ask: 2340.25 + wave, spread: 25, timestamp: 'x' });
    }
    clock.advance(stepMs);
    answerPings();
  }
}

/** The page has taken what was sent so far, and painted. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          setTimeout(resolve);
        });
      }),
  );
}

/** After several collections: one leaves what the finalizers of the one before have let go. */
async function heapOf(devTools: CDPSession): Promise<number> {
  for (let round = 0; round < 3; round += 1) await devTools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devTools.send('Runtime.getHeapUsage');
  return usedSize;
}
