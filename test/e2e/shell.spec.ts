import { startServe } from '../support/processes.ts';
import { expect, test } from './desk.ts';

test('the empty state says what to do, and one click starts the paper EA on a bridge of its own', async ({
  desk,
  page,
  serving,
}) => {
  const guide = page.getByRole('region', { name: 'Connect the EA' });
  await expect(guide).toContainText(`#define BACKEND_ENDPOINT "${serving.bridge().command}"`);
  await expect(guide).toContainText(`#define HEARTBEAT_ENDPOINT "${serving.bridge().telemetry}"`);
  await page.getByRole('button', { name: 'Try it with the paper EA' }).click();
  await expect(page.getByText('PAPER', { exact: true })).toBeVisible();
  await desk.expectLamps('live');
  await expect(desk.armed).toBeChecked();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });

  await page.getByLabel('The paper EA').selectOption({ label: 'rejects every order' });
  await desk.fire('Sell');
  await desk.expectNewest({ Side: 'Sell', State: 'rejected' });

  await page.getByLabel('Bridge', { exact: true }).selectOption('main');
  await desk.expectLamps('listening');
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
  await page.getByLabel('Bridge', { exact: true }).selectOption('paper');
  await page.getByRole('button', { name: 'Stop the paper EA' }).click();
  await expect(guide).toBeVisible();
});

test('the first start asks how the EA reads stops, and keeps the answer', async ({ desk, page, serving }) => {
  const guide = page.getByRole('region', { name: 'Connect the EA' });
  await expect(guide.getByRole('heading', { level: 3 })).toHaveText([
    'Choose the EA, and tell it where this desk is',
    'Say how the EA reads stops',
    'Say what the account is in',
    'Start it in MT5',
  ]);
  await expect(guide.getByRole('radio', { name: 'Points' })).toBeChecked();
  await guide.getByRole('radio', { name: 'Price' }).click();
  await expect(desk.ticket.getByText('Stops in')).toBeVisible();
  await expect
    .poll(async () => {
      const { stdout } = await serving.cli('status', '--json');
      return (JSON.parse(stdout) as { bridges: { stopUnit: string }[] }).bridges[0]?.stopUnit;
    })
    .toBe('price');
  await page.reload();
  await expect(guide.getByRole('radio', { name: 'Price' })).toBeChecked();
});

test('the guide asks which EA it is: the desk’s own one tells the rest itself', async ({ desk, serving }) => {
  const { page } = desk;
  const guide = page.getByRole('region', { name: 'Connect the EA' });
  await expect(guide.getByRole('heading', { level: 2 })).toHaveText('Four steps to the first order');
  await guide.getByRole('radio', { name: 'BITTEN Desk EA' }).click();
  await expect(guide.getByRole('heading', { level: 3 })).toHaveText([
    'Choose the EA, and tell it where this desk is',
    'Limit the risk',
    'Start it in MT5',
  ]);
  await expect(guide.getByRole('button', { name: 'Install the desk’s own EA' })).toBeVisible();
  await expect(guide).not.toContainText('#define');
  await guide.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(guide.getByRole('button', { name: 'Set again' })).toBeVisible();
  const { stdout } = await serving.cli('status', '--json');
  const [bridge] = (JSON.parse(stdout) as { bridges: Record<string, unknown>[] }).bridges;
  expect(bridge).toMatchObject({ eaKind: 'bitten', currency: null, limits: { riskPercent: 2, dailyLossPercent: 5 } });
  await guide.getByRole('radio', { name: 'Another' }).click();
  await expect(guide).toContainText('#define BACKEND_ENDPOINT');
});

test('a window that loses the app says so, dims what it shows, and comes back by itself', async ({
  desk,
  page,
  serving,
  paper,
}) => {
  paper();
  await desk.expectLamps('live');
  await serving.end('SIGKILL');
  await expect(page.getByText('The connection to the app was lost.')).toBeVisible();
  await expect(desk.ticket.getByRole('button', { name: 'Buy', exact: true })).toBeDisabled();
  const port = new URL(page.url()).port;
  const again = await startServe(['--http-port', port], serving.dataDir);
  // Its session ended with the app: the page says how it gets in again, and goes on once that is done.
  await expect(page.getByText('npx bitten-desk open')).toBeVisible();
  const { stdout } = await again.cli('open');
  const fresh = await page.context().newPage();
  await fresh.goto(stdout.trim());
  await expect(page.getByText('npx bitten-desk open')).toBeHidden();
  await desk.expectLamps('listening');
  await fresh.close();
  await again.end('SIGKILL');
});

test('a link that was used leads to words, not to the desk', async ({ serving, desk, browser }) => {
  await desk.expectLamps('listening');
  const stranger = await browser.newPage();
  await stranger.goto(serving.ready.dashboard ?? '');
  await expect(stranger.getByText('This link was used or is too old')).toBeVisible();
  const { stdout } = await serving.cli('open');
  await stranger.goto(stdout.trim());
  await expect(stranger.getByRole('form', { name: 'Trade ticket' })).toBeVisible();
  await stranger.close();
});

test('theme and size: nothing is cut off, in both themes and from 1024×640 to 4K', async ({ desk, page, paper }) => {
  test.slow();
  paper();
  await desk.expectLamps('live');
  for (const theme of ['Dark', 'Light']) {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel(theme, { exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    for (const [width, height] of [
      [1024, 640],
      [1280, 800],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      const overflow = await page.evaluate(() => ({
        x: document.documentElement.scrollWidth - innerWidth,
        y: document.documentElement.scrollHeight - innerHeight,
      }));
      expect(overflow, `${theme} ${String(width)}×${String(height)}`).toEqual({ x: 0, y: 0 });
      for (const name of ['Sell', 'Buy']) {
        await expect(desk.ticket.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
      }
      for (const name of ['Close XAUUSD', 'Close all']) {
        const button = desk.ticket.getByRole('button', { name, exact: true });
        await button.scrollIntoViewIfNeeded();
        await expect(button).toBeInViewport({ ratio: 1 });
      }
      await expect(desk.armed).toBeInViewport({ ratio: 1 });
      await expect(desk.killSwitch).toBeInViewport({ ratio: 1 });
    }
  }
});

test('text of 200 % cuts nothing off: what has no room wraps or scrolls, and the axes grow with it', async ({
  desk,
  page,
  paper,
}) => {
  paper();
  await desk.expectLamps('live');
  const axis = page
    .getByRole('application', { name: /^Equity/ })
    .locator('svg text')
    .first();
  const fontSize = (): Promise<number> => axis.evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  await expect(axis).toBeVisible();
  await expect.poll(fontSize).toBeCloseTo(11, 1);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '200 %' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(fontSize).toBeCloseTo(22, 1);
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, String(width)).toBe(0);
    for (const name of ['Sell', 'Buy']) {
      await expect(desk.ticket.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
    }
    await expect(desk.armed).toBeInViewport({ ratio: 1 });
    await expect(desk.killSwitch).toBeInViewport({ ratio: 1 });
    const tabs = page.getByRole('tablist', { name: 'Lists' });
    expect(await tabs.evaluate((list) => list.scrollWidth - list.clientWidth), `tabs at ${String(width)}`).toBe(0);
    for (const tab of await tabs.getByRole('tab').all()) await expect(tab).toBeInViewport({ ratio: 1 });
    const csv = page.getByRole('tabpanel').getByRole('button', { name: 'CSV' });
    await csv.scrollIntoViewIfNeeded();
    // A part of a pixel is rounded away.
    await expect(csv).toBeInViewport({ ratio: 0.98 });
  }
});

test('the ticket stays where it is while everything around it changes', async ({ desk, page, paper }) => {
  const box = () => desk.ticket.getByRole('button', { name: 'Buy', exact: true }).boundingBox();
  const before = await box();
  paper();
  await desk.expectLamps('live');
  expect(await box()).toEqual(before);
  await desk.fill({ lots: '1.234' });
  // It is not armed: what is typed wrong is said all the same.
  await desk.trade('Buy').click({ force: true });
  await expect(desk.ticket).toContainText('at most 2 decimals');
  expect(await box()).toEqual(before);
  paper('--login', '2');
  await expect(page.getByText('so trading is stopped.')).toBeVisible();
  expect(await box()).toEqual(before);
  const kill = await desk.killSwitch.boundingBox();
  await desk.killSwitch.click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await box()).toEqual(before);
  expect(await desk.killSwitch.boundingBox()).toEqual(kill);
});
