import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { chromiumOptions } from '../support/chromium.ts';
import { Desk } from './desk.ts';
import { startPaper, startServe, type Running } from '../support/processes.ts';
import { ensureBuild } from '../../scripts/ensureBuild.ts';

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
/** Long enough for the charts to show a line. */
const lifeMs = 45_000;

await ensureBuild();
mkdirSync(folder, { recursive: true });
const serving = await startServe();
const browser = await chromium.launch(chromiumOptions());
const page = await browser.newPage({ viewport: allSizes.small });
const peers: Running[] = [];
try {
  await page.goto(serving.ready.dashboard ?? '');
  const desk = new Desk(page);
  await desk.expectLamps('listening');
  await shoot('empty');
  peers.push(startPaper(serving.bridge(), '--seed', '7', '--tick-interval', '250'));
  await desk.expectLamps('live');
  await desk.arm();
  await fireAll(desk);
  await wait(lifeMs);
  await shoot('desk');
  await desk.tab('Statistics').click();
  await shoot('statistics');
  await desk.tab('Executions').click();
  await desk.fill({ lots: '0.1', sl: '20', tp: '400', id: '' });
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await shoot('confirm');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await shoot('settings');
  await page.keyboard.press('Escape');
  await shootGuards(desk);
  await desk.fill({ symbol: 'XAUUSD', sl: '2341.22' });
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await page.getByRole('tab', { name: 'Alarms' }).click();
  peers.push(startPaper(serving.bridge(), '--login', '2'));
  await page.getByText('so trading is stopped.').waitFor();
  await shoot('second-ea');
  await Promise.all(peers.map((peer) => peer.end('SIGKILL')));
  await desk.expectLamps('down');
  await page.getByRole('tab', { name: 'Executions' }).click();
  await wait(17_000);
  await shoot('down');
  await serving.end('SIGKILL');
  await page.getByText('The connection to the app was lost.').waitFor();
  await shoot('lost');
} finally {
  await browser.close();
  await Promise.all([serving, ...peers].map((each) => each.end('SIGKILL')));
}

/** An order that nobody knows, the limits, and the kill switch. */
async function shootGuards(desk: Desk): Promise<void> {
  await Promise.all(peers.splice(0).map((peer) => peer.end('SIGKILL')));
  await desk.expectLamps('down');
  peers.push(startPaper(serving.bridge(), '--seed', '8', '--tick-interval', '250', '--fault', 'silent'));
  await desk.expectLamps('live');
  await desk.fill({ symbol: 'GBPUSD', lots: '0.1', sl: '150', tp: '300', id: 'VENOM_GBP_001' });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'unknown' }, 15_000);
  const drawer = await desk.openNewest();
  await drawer.getByLabel('Found in MT5').check();
  await shoot('order');
  await page.keyboard.press('Escape');
  await desk.fill({ id: '' });
  await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
  await shoot('beside-unknown');
  await page.keyboard.press('Escape');
  await desk.tab('Limits').click();
  await shoot('limits');
  await page.getByRole('button', { name: 'Edit limits' }).click();
  await shoot('bridge-settings');
  await page.locator('#settings-symbols').scrollIntoViewIfNeeded();
  await shoot('symbol-table');
  await page.keyboard.press('Escape');
  await desk.ticket.getByRole('button', { name: 'Close all' }).click();
  await shoot('close');
  await page.keyboard.press('Escape');
  await desk.killSwitch.click();
  await desk.armed.click();
  await desk.tab('Executions').click();
  await shoot('kill-switch');
  await page.getByRole('button', { name: 'Release' }).click();
  await desk.dialog('Release the kill switch').getByRole('button', { name: 'Release' }).click();
  await desk.arm();
}

/** Orders that end in different ways. */
async function fireAll(desk: Desk): Promise<void> {
  const fire = (...flags: string[]) => serving.cli('fire', '--lot', '0.1', ...flags);
  await fire('--action', 'buy', '--symbol', 'XAUUSD', '--sl', '2000', '--tp', '4000', '--id', 'VENOM_XAU_001');
  await fire('--action', 'sell', '--symbol', 'EURUSD', '--sl', '150', '--tp', '300');
  await fire('--action', 'buy', '--symbol', 'USOIL', '--sl', '50');
  await fire('--action', 'buy', '--symbol', 'GBPUSD', '--id', 'VENOM_XAU_001');
  await serving.cli('fire', '--lot', '0.016', '--action', 'sell', '--symbol', 'USDJPY');
  await desk.fill({ lots: '0.2', sl: '1500', tp: '3000', symbol: 'XAUUSD' });
  await desk.fire('Sell');
  await desk.expectNewest({ State: 'filled' });
}

/** Both sizes in both themes. */
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
