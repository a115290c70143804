import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { Desk } from './desk.ts';
import { openOnStandIn } from './electronDesk.ts';
import { tour } from './tour.ts';

// Remakes the screenshots of docs/screens from a running app: `npm run screenshots -- [folder [size …]]`.

const [, , folder = join(import.meta.dirname, '..', '..', 'docs', 'screens'), ...chosen] = process.argv;
const allSizes = {
  small: { width: 1280, height: 800 },
  large: { width: 1920, height: 1080 },
  least: { width: 1024, height: 640 },
};
/** The README's pictures are small ones. */
const sizes = Object.entries(allSizes).filter(([size]) =>
  chosen.length === 0 ? size === 'small' : chosen.includes(size),
);

/** The port of the picture of a port that is taken: its usual one. */
const takenPort = 5555;

await ensureBuild();
mkdirSync(folder, { recursive: true });
const serving = await startServe();
const browser = await chromium.launch(chromiumOptions());
const page = await browser.newPage({ viewport: allSizes.small });
try {
  await page.goto(serving.ready.dashboard ?? '');
  await tour({ desk: new Desk(page), serving, see: shoot, lifeMs: 45_000 });
  await shootPortWindow();
} finally {
  await browser.close();
  await serving.end('SIGKILL');
}

/** The window of a start whose port another program has, in its own size. */
async function shootPortWindow(): Promise<void> {
  // Where some program has it already, it is taken all the same.
  const holder = createServer()
    .listen(takenPort, '127.0.0.1')
    .on('error', () => undefined);
  const dataDir = tempDir().path;
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ bridge: { commandPort: takenPort } }));
  const app = await openOnStandIn(['--data-dir', dataDir, '--no-gateway']);
  try {
    await app.page.getByRole('heading').waitFor();
    await app.page.setViewportSize({ width: 640, height: 580 });
    for (const theme of ['dark', 'light'] as const) {
      await app.page.emulateMedia({ colorScheme: theme });
      await settle(app.page);
      await app.page.screenshot({ path: join(folder, `port-taken-${theme}-small.png`) });
    }
  } finally {
    await app.kill();
    holder.close();
  }
}

/** Every size in both themes. */
async function shoot(name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [size, viewport] of sizes) {
      await page.setViewportSize(viewport);
      await settle(page);
      await page.screenshot({ path: join(folder, `${name}-${theme}-${size}.png`) });
    }
  }
  await page.setViewportSize(allSizes.small);
}

/** Waits until the charts have been drawn at the new size. */
async function settle(shown: Page): Promise<void> {
  await shown.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await wait(400);
}
