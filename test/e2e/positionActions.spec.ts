import type { Locator, Page } from '@playwright/test';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Serving } from '../support/processes.ts';
import { type Desk, expect, test } from './desk.ts';
import { goldPosition as position, toldList as list, goldSymbol as symbol } from './toldTrades.ts';

// What is open is closed, in part or whole, and given other stops, from its row: on the paper EA of protocol 8.

const rows = (page: Page): Locator => page.getByRole('table', { name: 'Positions' }).locator('tbody tr');
const result = (page: Page): Locator => page.getByRole('tabpanel').getByRole('status');

async function open(desk: Desk, page: Page, serving: Serving): Promise<void> {
  await desk.expectLamps('live', 30_000);
  await desk.arm();
  for (const id of ['FIRST', 'SECOND']) {
    const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000', '--id', id];
    const fired = JSON.parse((await serving.cli('fire', ...order, '--repeat', 'FIRST', '--json')).stdout) as Order;
    expect(fired.state).toBe('filled');
  }
  await desk.tab('Positions').click();
  await expect(rows(page)).toHaveCount(4);
}

test('half of the second gold trade is closed in three clicks, and then all of it', async ({
  desk,
  page,
  paper,
  serving,
}) => {
  paper('--dialect', '8');
  await open(desk, page, serving);
  const second = rows(page).first();
  await second.getByRole('button', { name: /^Close position/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Close position' });
  await dialog.getByRole('radio', { name: 'Half' }).click();
  await expect(dialog.getByLabel('Lots to close')).toHaveValue('0.05');
  await expect(dialog).toContainText('Stays open0.05 lots, with its stops');
  await dialog.getByRole('button', { name: 'Close 0.05 lots' }).click();
  await expect(dialog).toBeHidden();
  await expect(result(page)).toContainText(/^done\s*Close 0.05 lots of position \d+, XAUUSD/);
  await expect(second.locator('td').nth(2)).toHaveText('0.05');

  await second.getByRole('button', { name: /^Close position/ }).click();
  await dialog.getByRole('button', { name: 'Close all of it' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(result(page)).toContainText(/^done\s*Close position/);

  await desk.tab('Executions').click();
  const [last, before] = [desk.executions.locator('tbody tr').nth(0), desk.executions.locator('tbody tr').nth(1)];
  await expect(last).toContainText('done');
  await expect(before).toContainText('0.05');
});

test('a stop is stepped by keys, and moves away from the price only where it is meant', async ({
  desk,
  page,
  paper,
  serving,
}) => {
  paper('--dialect', '8');
  await open(desk, page, serving);
  const row = rows(page).first();
  await row.getByRole('button', { name: /^Stops of position/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Stops of a position' });
  const stop = dialog.getByLabel('Stop loss', { exact: true });
  const set = dialog.getByRole('button', { name: 'Set stops' });
  await expect(set).toBeDisabled();
  await stop.press('ArrowUp');
  await stop.press('Shift+ArrowUp');
  await expect(set).toBeEnabled();
  const typed = await stop.inputValue();
  await set.click();
  await expect(result(page)).toContainText(/^done\s*Stops of position/);
  // The list that has the new stop is here.
  await expect(row.locator('td').nth(8)).toContainText(typed);

  await row.getByRole('button', { name: /^Stops of position/ }).click();
  await stop.press('ArrowDown');
  await expect(dialog).toContainText('away from the price');
  await expect(set).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'I mean it so.' }).check();
  await set.click();
  await expect(dialog).toBeHidden();
  await expect(result(page)).toContainText(/^done\s*Stops of position/);

  await row.getByRole('button', { name: /^Stops of position/ }).click();
  await stop.fill('99999');
  await expect(dialog).toContainText('It has to be below the price.');
  await expect(set).toBeDisabled();
});

test('a stop goes to break-even in three clicks; a position is closed by an opposite one; what the EA says stands there', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100, margin_mode: 'hedging' });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11), position(12, { side: 'sell', price: 2338, lots: 0.05, sl: 0 })]));
  await desk.tab('Positions').click();
  await page.getByRole('button', { name: 'Stops of position 11' }).click();
  const stops = page.getByRole('dialog', { name: 'Stops of a position' });
  await expect(stops).toContainText('At the stop loss−40.00 USD, 1,000 points from the price');
  await stops.getByRole('button', { name: 'Break-even' }).click();
  await expect(stops).toContainText('At the stop loss0.00 USD, 600 points from the price');
  await stops.getByRole('button', { name: 'Set stops' }).click();
  await expect.poll(() => ea.changes).toMatchObject([{ type: 'modify', position: '11', sl_price: 2335, tp_price: 0 }]);
  await expect(result(page)).toContainText('done');
  const sell = position(12, { side: 'sell', price: 2338, lots: 0.05, sl: 0 });
  await ea.say(list('positions', [position(11, { sl: 2335 }), sell], 2));

  // The sell stands at a loss: its stop can't be at break-even.
  await page.getByRole('button', { name: 'Stops of position 12' }).click();
  await expect(stops.getByRole('button', { name: 'Break-even' })).toBeDisabled();
  await page.keyboard.press('Escape');

  ea.answers({ type: 'error', code: 'broker', error: 'Close by is not allowed.' });
  await page.getByRole('button', { name: 'Close position 11' }).click();
  const close = page.getByRole('dialog', { name: 'Close position' });
  await close.getByLabel('Close it by').selectOption({ label: 'position 12, sell 0.05' });
  await expect(close).toContainText('Stays open0.05 lots');
  await close.getByRole('button', { name: 'Close 0.05 lots' }).click();
  await expect.poll(() => ea.changes.at(-1)).toMatchObject({ type: 'close_by', position: '11', by: '12' });
  await expect(result(page)).toContainText('rejected');
  await expect(result(page)).toContainText('Close by is not allowed.');
});

test('a pending order is given another price while armed, and is cancelled at any time', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  const order = { order: '21', symbol: 'XAUUSD', side: 'buy', kind: 'limit', lots: 0.2, price: 2300, sl: 2290, tp: 0 };
  await ea.say(list('orders', [{ ...order, until: 0 }]));
  await desk.tab('Positions').click();
  await page.getByRole('radio', { name: /^Orders/ }).click();
  await page.getByRole('button', { name: 'Change order 21' }).click();
  const change = page.getByRole('dialog', { name: 'Change pending order' });
  const send = change.getByRole('button', { name: 'Change order' });
  await change.getByLabel('Price', { exact: true }).fill('2305');
  await expect(send).toBeDisabled();
  await expect(change).toContainText('The bridge is not armed.');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Cancel order 21' }).click();
  const cancel = page.getByRole('dialog', { name: 'Cancel pending order' });
  await cancel.getByRole('button', { name: 'Cancel the order' }).click();
  await expect.poll(() => ea.changes).toMatchObject([{ type: 'cancel', order: '21' }]);
  await expect(result(page)).toContainText('done');

  // Another order, as the first one is gone.
  await ea.say(list('orders', [{ ...order, order: '22', until: 0 }], 2));
  await desk.arm();
  await page.getByRole('button', { name: 'Change order 22' }).click();
  await change.getByLabel('Price', { exact: true }).fill('2305');
  await send.click();
  await expect
    .poll(() => ea.changes.at(-1))
    .toMatchObject({ type: 'modify', order: '22', price: 2305, sl_price: 2290, tp_price: 0 });
});

test('what was changed meanwhile, and what is gone, is said in the dialog, and nothing is sent', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11)]));
  await desk.tab('Positions').click();
  await page.getByRole('button', { name: 'Stops of position 11' }).click();
  const stops = page.getByRole('dialog', { name: 'Stops of a position' });
  await stops.getByLabel('Take profit').fill('2360');
  await ea.say(list('positions', [position(11, { sl: 2333 })], 2));
  await expect(stops).toContainText('Since this dialog opened, its stop loss went from 2331.00 to 2333.00.');
  await expect(stops.getByRole('button', { name: 'Set stops' })).toBeDisabled();
  await stops.getByRole('button', { name: 'Start from the new prices' }).click();
  await expect(stops.getByLabel('Stop loss', { exact: true })).toHaveValue('2333.00');
  await expect(stops.getByLabel('Take profit')).toHaveValue('');
  await stops.getByLabel('Take profit').fill('2360');
  await expect(stops.getByRole('button', { name: 'Set stops' })).toBeEnabled();
  await ea.say(list('positions', [], 3));
  await expect(stops).toContainText("The EA's list has this position no more");
  await stops.getByRole('button', { name: 'Set stops' }).click();
  await expect(stops).toContainText('Not sent. There is no position 11');
  expect(ea.changes).toEqual([]);
});

test('a stop that is dragged in the price chart is asked for in its dialog, and Escape puts it back', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  const time = Math.floor(Date.now() / 60_000) * 60;
  const bars = Array.from({ length: 20 }, (_, index) => ({
    ...{ time: time - (20 - index) * 60, open: 2336, high: 2342, low: 2330, close: 2341, volume: 9 },
  }));
  await ea.say({ type: 'candle_batch', symbol: 'XAUUSD', M1: bars, M5: [], M15: [] });
  await ea.say(list('positions', [position(11)]));
  await desk.fill({ symbol: 'XAUUSD' });
  const handle = page.getByRole('button', { name: 'Stop loss of position 11' });
  await expect(handle).toBeVisible();
  const dialog = page.getByRole('dialog', { name: 'Stops of a position' });
  const drag = async (by: number): Promise<void> => {
    const box = await handle.boundingBox();
    if (box === null) throw new Error('The handle has no place.');
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 5, box.y + 5 + by / 2);
    await page.mouse.move(box.x + 5, box.y + 5 + by);
  };
  await drag(-30);
  await expect(handle).toHaveText(/SL 23\d\d\.\d\d/);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(dialog).toBeHidden();
  await expect(handle).toHaveText('SL');

  await drag(-30);
  await page.mouse.up();
  const moved = Number(await dialog.getByLabel('Stop loss', { exact: true }).inputValue());
  expect(moved).toBeGreaterThan(2331);
  await dialog.getByRole('button', { name: 'Set stops' }).click();
  await expect.poll(() => ea.changes).toMatchObject([{ type: 'modify', position: '11', sl_price: moved }]);

  // From far below the market it can't be dragged beyond it.
  await drag(-400);
  await page.mouse.up();
  expect(Number(await dialog.getByLabel('Stop loss', { exact: true }).inputValue())).toBeLessThan(2341);
  await page.keyboard.press('Escape');
  await handle.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Stop loss', { exact: true })).toHaveValue('2331.00');
});

test('a dialog closes nothing of the account that came after it was opened', async ({ desk, page, ea8 }) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11)]));
  await desk.tab('Positions').click();
  await page.getByRole('button', { name: 'Close position 11' }).click();
  const close = page.getByRole('dialog', { name: 'Close position' });
  await expect(close).toContainText('1000001 @ Broker-Demo');
  ea.moves(77);
  await expect(close).toContainText('77 @ Broker-Demo');
  await expect(close).toContainText('has this position no more');
  await close.getByRole('button', { name: 'Close all of it' }).click();
  await expect(close).toContainText('Not sent. It was shown of account 1000001@Broker-Demo');
  expect(ea.changes).toEqual([]);
});

test('a part that was chosen of other lots than there are now closes nothing, least of all the whole', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11, { lots: 2_000 })]));
  await desk.tab('Positions').click();
  await page.getByRole('button', { name: 'Close position 11' }).click();
  const close = page.getByRole('dialog', { name: 'Close position' });
  await close.getByRole('radio', { name: 'Half' }).click();
  await expect(close.getByRole('button', { name: 'Close 1000.00 lots' })).toBeEnabled();
  // Another window has closed half of it meanwhile.
  await ea.say(list('positions', [position(11, { lots: 1_000 })], 2));
  await expect(close).toContainText('It had 2000.00 lots when you chose');
  await expect(close.locator('[data-confirm]')).toBeDisabled();
  await close.getByLabel('Lots to close').fill('1,5');
  await expect(close).toContainText('Write the decimals after a point, not a comma.');
  await close.getByLabel('Lots to close').fill('250.5');
  await close.getByRole('button', { name: 'Close 250.50 lots' }).click();
  await expect.poll(() => ea.changes).toMatchObject([{ type: 'close', position: '11', lot: 250.5 }]);
});

test('stops that another window has set meanwhile are not taken away by fields that nobody touched', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11)]));
  const order = { order: '21', symbol: 'XAUUSD', side: 'buy', kind: 'limit', lots: 0.2, price: 2300, sl: 2290, tp: 0 };
  await ea.say(list('orders', [{ ...order, until: 0 }]));
  await desk.arm();
  await desk.tab('Positions').click();
  await page.getByRole('button', { name: 'Stops of position 11' }).click();
  const stops = page.getByRole('dialog', { name: 'Stops of a position' });
  await stops.getByLabel('Stop loss', { exact: true }).fill('2333');
  await ea.say(list('positions', [position(11, { tp: 2360 })], 2));
  // The list with the new target is there.
  await expect(page.getByRole('table', { name: 'Positions' })).toContainText('2360.00');
  await expect(stops).toContainText('its take profit went from none to 2360.00.');
  await expect(stops.getByRole('button', { name: 'Set stops' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await page.getByRole('radio', { name: /^Orders/ }).click();
  await page.getByRole('button', { name: 'Change order 21' }).click();
  const change = page.getByRole('dialog', { name: 'Change pending order' });
  await change.getByLabel('Price', { exact: true }).fill('2305');
  await ea.say(list('orders', [{ ...order, tp: 2350, until: 0 }], 2));
  await expect(page.getByRole('table', { name: 'Pending orders' })).toContainText('2350.00');
  await expect(change).toContainText('its take profit went from none to 2350.00.');
  await expect(change.getByRole('button', { name: 'Change order' })).toBeDisabled();
  await change.getByRole('button', { name: 'Start from the new prices' }).click();
  await expect(change.getByLabel('Take profit')).toHaveValue('2350.00');
  expect(ea.changes).toEqual([]);
});
