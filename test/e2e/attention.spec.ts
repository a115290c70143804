import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { startPaper, startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { Desk, expect, test } from './desk.ts';

// What a trader sees without looking for it: the day, the limits, the same order again, the first steps, other bridges.

test.describe('with the account known', () => {
  test.use({
    config: { currency: 'USD', leverage: 100, limits: { dailyLossPercent: 5, duplicateWindowS: 30, riskPercent: 2 } },
  });

  test('an order over a limit says so in its question, whose Fire is dead until it is not', async ({
    desk,
    quotingEa,
  }) => {
    const ea = quotingEa();
    await desk.expectLamps('live');
    await desk.arm();
    // 200 USD at risk of 10,000 is 2 %, 300 USD are 3 %.
    await desk.fill({ symbol: 'XAUUSD', lots: '0.15', sl: '2000', tp: '4000' });
    await desk.priced();
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText(/would risk 3(\.\d+)? % of the equity; the limit is 2 %/);
    await expect(desk.confirm.getByRole('button', { name: 'Fire' })).toBeDisabled();
    await desk.page.keyboard.press('Escape');
    await desk.ticket.getByRole('radio', { name: '%' }).click();
    await desk.ticket.getByRole('group', { name: 'Quick sizes' }).getByRole('button', { name: '1 %' }).click();
    await desk.trade('Buy').click();
    await expect(desk.confirm.getByRole('button', { name: 'Fire' })).toBeEnabled();
    await expect(desk.confirm).toContainText('0.05 lots');
    await desk.page.keyboard.press('Escape');
    expect(ea.signals).toEqual([]);
  });

  test("the day's result and the room to each limit stand in the header", async ({ desk, paper, page }) => {
    paper();
    await desk.expectLamps('live');
    const account = page.getByRole('region', { name: 'Account' });
    await expect(account).toContainText(/Today[−+]?\d[\d,.]*\s?[−+]?\d+\.\d\d %/);
    const rooms = account.getByRole('list', { name: 'Room to the limits' });
    await expect(rooms.getByRole('listitem').filter({ hasText: 'Daily loss' })).toHaveText(
      /[45]\.\d % left \([\d,.]+\)/,
    );
    await expect(rooms.getByRole('listitem').filter({ hasText: 'Free margin' })).toContainText('above 50.00');
  });

  test('the same order again waits, and is let through when a person names the first one', async ({
    desk,
    quotingEa,
  }) => {
    const ea = quotingEa();
    await desk.expectLamps('live');
    await desk.arm();
    await desk.fill({ symbol: 'XAUUSD', sl: '2000', tp: '4000', id: 'FIRST_1' });
    await desk.fire('Buy');
    await desk.expectNewest({ ID: 'FIRST_1', State: 'filled' });
    await expect(desk.trade('Buy')).toContainText(/again in \d+ s/);
    await expect(desk.trade('Sell')).toHaveText('Sell');
    await desk.fill({ id: 'AGAIN_1' });
    await desk.trade('Buy').click();
    const fire = desk.confirm.getByRole('button', { name: /^Fire/ });
    await expect(fire).toHaveText(/^Fire again in \d+ s$/);
    await expect(fire).toBeDisabled();
    await desk.confirm.getByRole('checkbox', { name: /I want it again, beside FIRST_1/ }).check();
    await expect(fire).toHaveText('Fire');
    await fire.click();
    await desk.expectNewest({ ID: 'AGAIN_1', State: 'filled' });
    expect(ea.signals).toHaveLength(2);
  });
});

test('the guide asks for currency and leverage, and proposes limits that one click takes', async ({ desk, page }) => {
  await desk.expectLamps('listening');
  const guide = page.getByRole('region', { name: 'Connect the EA' });
  const set = guide.getByRole('button', { name: 'Set' });
  await expect(set).toBeDisabled();
  await guide.getByLabel('Currency of the account').fill('usd');
  await guide.getByLabel('Leverage of the account').fill('1:100');
  await expect(guide).toContainText('Type the leverage as a number');
  await guide.getByLabel('Leverage of the account').fill('100');
  await expect(guide.getByRole('checkbox', { name: /2 % of equity a trade, 5 % a day/ })).toBeChecked();
  await set.click();
  await expect(guide.getByRole('button', { name: 'Set again' })).toBeVisible();
  await desk.tab('Limits').click();
  await expect(page.getByRole('tabpanel', { name: 'Limits' })).toContainText('at most 2 % of equity');
  await expect(page.getByRole('table', { name: 'Limits' }).getByRole('row', { name: 'Daily loss' })).toContainText('5');
  await guide.getByRole('button', { name: 'Check the connection' }).click();
  await expect(page.getByRole('region', { name: 'Flows' })).toBeVisible();
});

test('trouble on a bridge that is not on screen stands in the top bar, and a press opens it', async ({
  page,
  context,
}) => {
  const dataDir = tempDir().path;
  const bridges = [{ id: 'second', name: 'Second', commandPort: 0, telemetryPort: 0 }];
  writeFileSync(
    join(dataDir, 'config.json'),
    JSON.stringify({ bridge: { commandPort: 0, telemetryPort: 0 }, bridges }),
  );
  const serving = await startServe([], dataDir);
  const second = startPaper(serving.bridge('second'));
  const first = startPaper(serving.bridge());
  try {
    await page.goto(serving.ready.dashboard ?? '');
    const desk = new Desk(page);
    const picker = page.getByLabel('Bridge', { exact: true });
    await picker.selectOption('second');
    await desk.expectLamps('live');
    await desk.arm();
    await picker.selectOption('main');
    const others = page.getByRole('status', { name: 'Other bridges' });
    await expect(others.getByRole('button')).toHaveCount(0);
    const compact = await openCompact(desk, context);
    const place = await compact.trade('Buy').boundingBox();
    await second.end('SIGKILL');
    await expect(compact.page.getByRole('button', { name: 'Second: EA lost' })).toBeVisible();
    expect(await compact.trade('Buy').boundingBox()).toEqual(place);
    await compact.page.close();
    await others.getByRole('button', { name: 'Second: EA lost' }).click();
    await expect(picker).toHaveValue('second');
    await expect(page.getByRole('main')).toContainText('The EA is gone');
    // No two of them have one colour.
    const colour = () => page.getByRole('banner').locator('rect').first().getAttribute('fill');
    const ofSecond = await colour();
    await picker.selectOption('main');
    expect(await colour()).not.toBe(ofSecond);
  } finally {
    await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    await serving.end('SIGKILL');
  }
});

/** The compact ticket in a window of its own, at its usual size. */
async function openCompact(desk: Desk, context: BrowserContext): Promise<Desk> {
  const opened = context.waitForEvent('page');
  await desk.page.getByRole('button', { name: 'Compact ticket' }).click();
  const compact = new Desk(await opened);
  await compact.page.setViewportSize({ width: 340, height: 720 });
  await compact.expectLamps('live');
  return compact;
}

test('the compact ticket has the account and the close buttons in sight', async ({ desk, paper, context }) => {
  paper();
  await desk.expectLamps('live');
  const compact = await openCompact(desk, context);
  await expect(compact.page.getByText('DEMO · no real money · 1000001 @ BITTEN-Paper-Demo')).toBeVisible();
  for (const name of ['Close XAUUSD', 'Close all'])
    await expect(compact.ticket.getByRole('button', { name })).toBeInViewport({ ratio: 0.98 });
  await expect(compact.page.getByText('Equity', { exact: true })).toBeInViewport();
  await expect(compact.page.getByText('P/L', { exact: true })).toBeInViewport();
});

test('the compact ticket of an EA that is gone is dim, says since when, and keeps its buttons in sight', async ({
  desk,
  paper,
  context,
}) => {
  const ea = paper();
  await desk.expectLamps('live');
  const compact = await openCompact(desk, context);
  await ea.end('SIGKILL');
  await compact.expectLamps('down');
  await expect(compact.page.getByText(/^Equity, \d+ s ago$/)).toBeInViewport();
  await compact.expectBlocked('The EA');
  for (const name of ['Close XAUUSD', 'Close all'])
    await expect(compact.ticket.getByRole('button', { name })).toBeInViewport({ ratio: 0.98 });
});

test('in a low window closing comes before the figures', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await page.setViewportSize({ width: 1024, height: 640 });
  for (const name of ['Close XAUUSD', 'Close all'])
    await expect(desk.ticket.getByRole('button', { name })).toBeInViewport({ ratio: 0.98 });
  for (const name of ['Limits', 'Statistics']) await expect(desk.tab(name)).toBeInViewport({ ratio: 0.95 });
});

test.describe('a live account that came before the guide was read', () => {
  test.use({ config: { currency: 'USD', leverage: 100 } });

  test('is proposed limits of its risk, once', async ({ desk, page, quotingEa }) => {
    quotingEa({ account: 5512345, server: 'Broker-Live' });
    await desk.expectLamps('live');
    const notice = page.getByText('Nothing limits the risk of this account.');
    await expect(notice).toBeVisible();
    await page.getByRole('button', { name: 'Set both' }).click();
    await expect(notice).toBeHidden();
    await desk.tab('Limits').click();
    await expect(page.getByRole('region', { name: 'Checked at each order' })).toContainText('at most 2 % of equity');
    await expect(page.getByRole('row', { name: 'Daily loss' })).toContainText('below 5.00 %');
  });
});
