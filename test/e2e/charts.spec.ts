import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import type { Order } from '../../src/domain/orders/order.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { orderRow } from '../journal/fixtures.ts';
import { makeFigures } from '../support/figures.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { expect, test as base } from './desk.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The figures end here: a Saturday's gap is behind, and a machine's weekend doesn't matter. */
const now = Date.now();

/** Thirty days of figures with an outage of six hours three days ago, and two older fills. */
async function fillJournal(dataDir: string): Promise<void> {
  const { journal } = openSqliteJournal({ dataDir, now: () => now, logError: () => undefined });
  const fill = (number: number, changes: Partial<Order>): void => {
    journal.write([
      orderRow(number, { state: 'filled', price: 2_341.2, ticket: String(number), roundTripMs: 40, ...changes }),
    ]);
  };
  fill(1, { at: now - 5 * hour, signalId: 'OLD_BUY', action: 'buy' });
  fill(2, { at: now - 4 * hour, signalId: 'OLD_SELL', action: 'sell' });
  fill(3, { at: now - 3 * hour, signalId: 'OLD_CLOSE', action: 'close' });
  await journal.close();
  const db = new Database(join(dataDir, 'journal.db'));
  makeFigures(db, {
    from: now - 30 * day,
    to: now,
    recorded: (at) => at < now - 78 * hour || at > now - 72 * hour,
  });
  db.close();
}

const test = base.extend({
  serving: async ({ flags }, use) => {
    const dataDir = tempDir().path;
    await fillJournal(dataDir);
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ bridge: {} }));
    const serving = await startServe(flags, dataDir);
    await use(serving);
    await serving.end('SIGKILL');
  },
  desk: async ({ desk, page, paper }, use) => {
    paper('--seed', '7');
    await desk.expectLamps('live');
    const choose = (side: string, name: string): Promise<void> =>
      page.getByLabel(`${side} chart`).getByRole('radio', { name, exact: true }).click();
    await choose('Left', 'Equity');
    await choose('Right', 'Margin');
    await use(desk);
  },
});

class Charts {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  chart(name: string): Locator {
    return this.page.getByRole('application', { name: `${name} over time` });
  }
  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }
  async range(name: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: 'Span of the charts' })
      .or(this.page.getByRole('group', { name: 'Span of the charts' }))
      .getByRole('radio', { name, exact: true })
      .click();
    await this.settled();
  }
  /** Until what was asked for is drawn. */
  async settled(): Promise<void> {
    await expect(this.page.locator('[role=application][aria-busy=true]')).toHaveCount(0);
  }
  /** The drawn line, as SVG has it. */
  path(name: string): Promise<string> {
    return this.region(name)
      .locator('path.chart-line')
      .last()
      .getAttribute('d')
      .then((d) => d ?? '');
  }
  get span(): Locator {
    return this.page.getByRole('toolbar', { name: 'Charts' }).locator('p');
  }
  tool(name: string | RegExp): Locator {
    return this.page.getByRole('toolbar', { name: 'Charts' }).getByRole('button', { name });
  }
}

test('every range is drawn from the journal, and what came since follows by itself', async ({ desk, page }) => {
  await expect(desk.ticket).toBeVisible();
  const charts = new Charts(page);
  let before = '';
  for (const name of ['5 min', '1 h', '6 h', '1 d', '1 w', '1 mo', '1 y', 'All']) {
    await charts.range(name);
    await expect.poll(() => charts.path('Equity')).not.toBe(before);
    before = await charts.path('Equity');
    expect(before.length).toBeGreaterThan(20);
  }
  let asked = 0;
  const counting = await page.context().newCDPSession(page);
  await counting.send('Network.enable');
  counting.on('Network.webSocketFrameSent', ({ response }) => {
    if (response.payloadData.includes('"history"')) asked += 1;
  });
  await charts.range('1 h');
  const first = await charts.path('Equity');
  await expect.poll(() => charts.path('Equity'), { timeout: 15_000 }).not.toBe(first);
  expect(asked).toBe(1);
});

test('wheel, drag, keys and buttons move both charts through time, and back to live', async ({ desk, page }) => {
  const charts = new Charts(page);
  await charts.range('1 d');
  const equity = charts.chart('Equity');
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeDisabled();
  const whole = await charts.span.textContent();

  const box = await equity.boundingBox();
  if (box === null) throw new Error('The chart is not on screen.');
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.wheel(0, -600);
  await page.mouse.move(box.x + box.width / 2, box.y - 60);
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeEnabled();
  await expect.poll(() => charts.span.textContent()).not.toBe(whole);
  await charts.settled();
  const near = await charts.span.textContent();
  const drawn = await charts.path('Margin');

  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(box.x + box.width / 2, box.y - 60);
  await expect.poll(() => charts.span.textContent()).not.toBe(near);
  await expect.poll(() => charts.path('Margin')).not.toBe(drawn);

  await charts.tool(/^Follow(ing)? the newest$/).click();
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeDisabled();

  await equity.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeEnabled();
  await page.keyboard.press('End');
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeDisabled();
  await page.keyboard.press('Home');
  await expect(page.getByRole('radio', { name: 'All', exact: true }).first()).toBeChecked();
  await page.keyboard.press('+');
  await expect(page.getByRole('radio', { name: 'All', exact: true }).first()).not.toBeChecked();
  await charts.tool('Earlier').click();
  await expect(charts.tool(/^Follow(ing)? the newest$/)).toBeEnabled();
  expect(await desk.ticket.isVisible()).toBe(true);
});

test('one crosshair shows the values of both charts in places that stay', async ({ page, desk }) => {
  const charts = new Charts(page);
  await expect(desk.ticket).toBeVisible();
  await charts.range('1 w');
  const equity = charts.region('Equity').getByRole('listitem').filter({ hasText: 'Equity' });
  const free = charts.region('Margin').getByRole('listitem').filter({ hasText: 'Free' });
  const place = await equity.boundingBox();
  const [lastEquity, lastFree] = [await equity.textContent(), await free.textContent()];
  await charts.chart('Equity').hover({ position: { x: 120, y: 60 } });
  await expect(equity).not.toHaveText(lastEquity ?? '');
  await expect(free).not.toHaveText(lastFree ?? '');
  await expect(equity).toHaveText(/[\d,]+\.\d\d/);
  expect((await equity.boundingBox())?.y).toBe(place?.y);
});

test('a time without telemetry is shaded, with a word', async ({ page, desk }) => {
  const charts = new Charts(page);
  await expect(desk.ticket).toBeVisible();
  await charts.range('1 w');
  await charts.chart('Equity').focus();
  // The outage began 78 hours ago; the week is 168 hours long.
  await charts.tool('Zoom in').click();
  await charts.tool('Earlier').click();
  await charts.tool('Zoom in').click();
  for (const name of ['Equity', 'Margin']) {
    // The wider picture has the weekend's too, until the narrower one is drawn.
    const words = charts.region(name).getByText('no telemetry');
    await expect(words).toHaveCount(1);
    await expect(words).toBeVisible();
  }
});

test('fills are marked on the curve, and open their orders', async ({ page, desk }) => {
  const charts = new Charts(page);
  // A journal without a mark of its folder may be a restored copy: it starts killed.
  await page.getByRole('button', { name: 'Release' }).click();
  await desk.dialog('Release the kill switch').getByRole('button', { name: 'Release' }).click();
  await desk.arm();
  await charts.range('6 h');
  const marks = (kind: string): Locator => charts.region('Equity').locator(`[data-mark=${kind}]`);
  await expect(marks('buy')).toHaveCount(1);
  await expect(marks('sell')).toHaveCount(1);
  await expect(marks('close')).toHaveCount(1);
  await marks('sell').hover();
  await expect(page.getByRole('tooltip')).toContainText('Sell 0.10 XAUUSD at 2341.2');
  await marks('sell').click();
  await expect(desk.dialog('Order OLD_SELL')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(desk.dialog('Order OLD_SELL')).toBeHidden();

  await charts.chart('Equity').focus();
  await page.keyboard.press('.');
  await expect(page.getByRole('tooltip')).toContainText('OLD_BUY');
  await page.keyboard.press('Enter');
  await expect(desk.dialog('Order OLD_BUY')).toBeVisible();
  await page.keyboard.press('Escape');

  await desk.fill({ symbol: 'XAUUSD', lots: '0.1', sl: '2000', tp: '4000', id: 'NEW_BUY' });
  await desk.fire('Buy');
  await desk.expectNewest({ ID: 'NEW_BUY', State: 'filled' });
  await expect(marks('buy')).toHaveCount(2);
});

test('each pane shows the chart that was chosen, also after a reload', async ({ page, desk }) => {
  const charts = new Charts(page);
  await expect(desk.ticket).toBeVisible();
  const pick = (side: string, name: string): Promise<void> =>
    page.getByLabel(`${side} chart`).getByRole('radio', { name, exact: true }).click();
  for (const [name, title] of [
    ['Drawdown', 'Drawdown'],
    ['Level', 'Margin level'],
    ['P/L', 'Floating P/L'],
    ['Rate', 'Message rate'],
  ] as const) {
    await pick('Right', name);
    await expect(charts.region(title)).toBeVisible();
    await charts.range('1 d');
    expect((await charts.path(title)).length).toBeGreaterThan(20);
  }
  await pick('Left', 'Level');
  await expect(charts.region('Margin level').getByText('limit 150 %')).toBeVisible();
  await page.reload();
  await expect(charts.region('Margin level')).toBeVisible();
  await expect(charts.region('Message rate')).toBeVisible();
  // What the other pane shows is swapped.
  await pick('Left', 'Rate');
  await expect(page.getByLabel('Right chart').getByRole('radio', { name: 'Level' })).toBeChecked();
  await pick('Right', 'Equity');
  await page.getByRole('checkbox', { name: 'shade drawdown' }).check();
  await expect(charts.region('Equity').getByRole('listitem').filter({ hasText: 'Drawdown' })).toHaveText(/%/);
});

test('the span on screen is exported as CSV', async ({ page, desk }) => {
  const charts = new Charts(page);
  await expect(desk.ticket).toBeVisible();
  await charts.range('1 d');
  const [download] = await Promise.all([page.waitForEvent('download'), charts.tool('Export the span as CSV').click()]);
  expect(download.suggestedFilename()).toMatch(/^main-[\dT-]+\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[0]).toBe('time,span,bridge,account,balance,equity,equity_low,equity_high,margin,messages');
  expect(lines.length).toBeGreaterThan(1_400);
  const times = lines.slice(1).map((line) => Date.parse(line.split(',')[0] ?? ''));
  expect(Math.min(...times)).toBeGreaterThan(Date.now() - day - 10 * minute);
});
