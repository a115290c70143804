import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test } from './desk.ts';
import { toldList as list, goldSymbol as symbol } from './toldTrades.ts';

// What the account has open, whoever opened it: positions with their figures of now, and pending orders.

const position = (number: number, more: Record<string, unknown> = {}) => ({
  ...{ position: String(number), ticket: String(number), symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2340 },
  ...{ opened_at: Date.now() - 60_000 * number, sl: 2331, tp: 0, profit: 0, swap: -0.4, magic: '0', comment: '' },
  ...{ reason: 'mobile', ...more },
});

const cells = async (row: Locator): Promise<string[]> =>
  (await row.locator('td').allTextContents()).map((text) => text.trim());

test('positions show what they are worth now, where their stops are and who opened them', async ({
  desk,
  ea8,
  page,
  serving,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await desk.arm();
  await desk.fill({ symbol: 'XAUUSD', lots: '0.1', sl: '500' });
  await desk.ticket.getByRole('button', { name: /^Buy/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Fire/ }).click();
  await expect.poll(() => ea.signals.length).toBe(1);
  const signalId = String(ea.signals[0]?.['signal_id']);
  await ea.say(symbol);
  await ea.say(
    list('positions', [
      position(11),
      position(12, { side: 'sell', lots: 0.3, price: 2345, sl: 0, tp: 2330, signal_id: signalId, reason: 'expert' }),
    ]),
  );
  await ea.say(list('orders', []));
  await desk.tab('Positions').click();
  const table = page.getByRole('table', { name: 'Positions' });
  await expect(table.locator('tbody tr')).toHaveCount(2);
  // Quotes stand at 2341.00 / 2341.30.
  const [first, second] = [table.locator('tbody tr').nth(0), table.locator('tbody tr').nth(1)];
  await expect(first.locator('td').nth(3)).toHaveText('+10.00');
  expect((await cells(first)).slice(0, 9)).toEqual([
    ...['XAUUSD', 'Buy', '0.10', '+10.00', '+100', '+0.10 %', '2340.00', '2341.00', '2331.00 1,000 pts'],
  ]);
  expect((await cells(first)).at(-1)).toBe('phone');
  expect((await cells(second)).slice(0, 10)).toEqual([
    ...['XAUUSD', 'Sell', '0.30', '+111.00', '+370', '+1.11 %', '2345.00', '2341.30', 'none', '2330.00 1,130 pts'],
  ]);
  expect((await cells(second)).at(-1)).toBe('ticket');
  const sums = page.getByRole('group', { name: 'Sums' });
  await expect(sums).toContainText('P/L +121.00 USD (1.21 %)');
  await expect(sums).toContainText('swap −0.80');
  await expect(sums).toContainText('1 without a stop loss');

  await ea.quote(2339);
  await expect(first.locator('td').nth(3)).toHaveText('−10.00');
  await table.getByRole('columnheader', { name: 'P/L' }).getByRole('button').click();
  await expect(first.locator('td').nth(1)).toHaveText('Sell');

  const told = JSON.parse((await serving.cli('positions', '--json')).stdout) as { positions: unknown[] }[];
  expect(told[0]?.positions).toHaveLength(2);
  expect((await serving.cli('positions')).stdout).toContain(
    '12 sell 0.3 XAUUSD, at 2345, no stop, target 2330, P/L 0.00, swap -0.40, opened by ticket, order ' + signalId,
  );
  expect((await serving.cli('orders')).stdout).toContain('main: nothing pending');

  const inTicket = desk.ticket.getByRole('note', { name: 'Open in XAUUSD' });
  await expect(inTicket).toHaveText('long 0.10 at 2340.00, short 0.30 at 2345.00 · +161.00 · 1 without stop');

  await ea.say(list('positions', [], 2));
  await expect(page.getByText('Nothing is open.')).toBeVisible();
  await expect(inTicket).toHaveText('nothing open in XAUUSD');
});

test('pending orders show their prices and until when they wait', async ({ desk, ea8, page }) => {
  const ea = ea8();
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  const common = { symbol: 'XAUUSD', side: 'buy', lots: 0.2, sl: 0, tp: 2400, reason: 'client' };
  await ea.say(
    list('orders', [
      { ...common, order: '21', kind: 'limit', price: 2300, until: 0 },
      {
        ...common,
        order: '22',
        kind: 'stop_limit',
        requested: 0.5,
        price: 2350,
        limit_price: 2345.5,
        until: 1_700_000_000,
      },
    ]),
  );
  await desk.tab('Positions').click();
  await page
    .getByRole('radiogroup', { name: 'What is open' })
    .getByRole('radio', { name: /^Orders/ })
    .click();
  const rows = page.getByRole('table', { name: 'Pending orders' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);
  expect((await cells(rows.nth(0))).slice(0, 7)).toEqual([
    ...['XAUUSD', 'Buy limit', '0.20', '2300.00', 'none', '2400.00', 'until cancelled'],
  ]);
  expect((await cells(rows.nth(1))).slice(0, 4)).toEqual([
    'XAUUSD',
    'Buy stop limit',
    '0.20 of 0.50',
    '2350.00 → 2345.50',
  ]);
  expect((await cells(rows.nth(1)))[6]).toMatch(/Nov 14,? 22:13/);
});

test('what is not told is said, and the last known list stays when the EA is gone', async ({ desk, ea8, page }) => {
  await desk.tab('Positions').click();
  await expect(page.getByText('No EA is connected, so that nothing is known of the account.')).toBeVisible();
  const ea = ea8();
  await desk.expectLamps('live', 30_000);
  await ea.say(list('positions', [position(11)]));
  await expect(page.getByRole('table', { name: 'Positions' }).locator('tbody tr')).toHaveCount(1);
  await ea.end();
  await expect(page.getByText(/last known at .*: the EA is not connected/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('table', { name: 'Positions' }).locator('tbody tr')).toHaveCount(1);
});

test.describe('a documented EA', () => {
  test('tells how many positions are open, not which', async ({ desk, paper, page }) => {
    paper();
    await desk.expectLamps('live', 30_000);
    await desk.tab('Positions').click();
    await expect(page.getByText(/This EA tells how many positions are open \(2\), not which/)).toBeVisible();
    await expect(desk.tab('Positions')).toHaveText(/^Positions2$/);
  });
});

test('the history shows closed trades after costs, with the sums of the days, as a file too', async ({
  desk,
  ea8,
  page,
  serving,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  const now = Date.now();
  const deal = (number: number, entry: string, more: Record<string, unknown>) => ({
    ...{ type: 'deal', kind: 'trade', deal: String(number), position: '7', symbol: 'XAUUSD', entry, lots: 0.1 },
    ...{ profit: 0, swap: 0, commission: -0.7, fee: 0, reason: 'mobile', ...more },
  });
  await ea.say(deal(1, 'in', { side: 'buy', price: 2340, at: now - 3_600_000, lots: 0.2 }));
  await ea.say(deal(2, 'out', { side: 'sell', price: 2345, profit: 50, swap: -0.5, at: now - 60_000, reason: 'tp' }));
  await ea.say(deal(3, 'out', { side: 'sell', price: 2335, profit: -50, at: now - 30_000, reason: 'sl' }));
  await desk.tab('Positions').click();
  await page.getByRole('radio', { name: 'History' }).click();
  const rows = page.getByRole('table', { name: 'Closed trades' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);
  expect((await cells(rows.nth(0))).slice(1)).toEqual([
    ...['XAUUSD', 'Buy', '0.10', '−51.05', '−50.00', '0.00', '−1.05', '2340.00', '2335.00'],
    ...[expect.stringContaining('m'), 'stop loss', 'phone'],
  ]);
  const sums = page.getByRole('group', { name: 'Sums' });
  await expect(sums).toContainText('Net −2.60 USD');
  await expect(sums).toContainText('2 trades, 50 % won');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).last().click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.split('\r\n').slice(0, 2)).toEqual([
    expect.stringMatching(/^deal,closed_at,opened_at,position,symbol/),
    expect.stringMatching(/^2,.*,7,XAUUSD,buy,0.1,2340,2345,50,-0.5,-1.05,48.45,tp,mobile/),
  ]);
  await page.getByRole('radio', { name: 'By opener' }).click();
  const groups = page.getByRole('table', { name: 'Closed trades, added up' }).locator('tbody tr');
  await expect(groups).toHaveCount(1);
  expect(await cells(groups.nth(0))).toEqual([...['phone', '−2.60', '0.00', '−0.50', '−2.10', '2', '50 %', '−1.30']]);
  expect((await serving.cli('deals', '--by', 'symbol')).stdout).toContain('XAUUSD: -2.60, 2, 1');
  const told = await serving.cli('deals');
  expect(told.stdout).toContain('2 trades closed, 1 won, net -2.60');
  expect(told.stdout).toContain('closed by stop loss');
});
