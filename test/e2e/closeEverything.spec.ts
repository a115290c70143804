import { expect, test } from './desk.ts';
import { goldPosition as position, toldList as list } from './toldTrades.ts';

// All that is open is closed on the accounts of choice, by a press that is held, with a result for each position.

test('a held press closes every position and cancels every order, disarmed and under the kill switch', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(list('positions', [position(11), position(12, { side: 'sell', price: 2345, magic: '7' })]));
  await ea.say(
    list('orders', [{ order: '21', symbol: 'XAUUSD', side: 'buy', kind: 'limit', lots: 0.2, price: 2300, until: 0 }]),
  );
  await page.getByRole('button', { name: 'Kill switch' }).click();
  await page.getByRole('button', { name: 'Close everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close everything' });
  await expect(dialog).toContainText('2 positions · +95.00 USD with swap · 1 pending order');
  const hold = dialog.getByRole('button', { name: 'Hold to close on 1 account' });

  // A click, and a press that is let go, do nothing.
  await hold.click();
  await hold.hover();
  await page.mouse.down();
  await page.mouse.move(0, 0);
  await page.mouse.up();
  await hold.focus();
  await page.keyboard.press('Enter');
  await expect(hold).toBeVisible();
  expect(ea.changes).toEqual([]);

  await dialog.getByRole('checkbox', { name: 'Main' }).uncheck();
  await expect(dialog.getByRole('button', { name: 'Hold to close on 0 accounts' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Main' }).check();
  await hold.hover();
  await page.mouse.down();
  await expect(dialog.getByRole('status')).toHaveText(/^3 of 3 done/);
  await page.mouse.up();
  expect(ea.changes).toMatchObject([
    { type: 'cancel', order: '21' },
    { type: 'close', position: '11' },
    { type: 'close', position: '12' },
  ]);
  for (const change of ea.changes) expect(change).not.toHaveProperty('lot');
});

test('what was not closed says why, beside what was', async ({ desk, page, ea8 }) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await ea.say(list('positions', [position(11)]));
  ea.answers({ type: 'error', code: 'market_closed', error: 'Market is closed' });
  await page.getByRole('button', { name: 'Close everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close everything' });
  const hold = dialog.getByRole('button', { name: /^Hold/ });
  await hold.focus();
  await page.keyboard.down(' ');
  await expect(dialog.getByRole('status')).toHaveText('0 of 1 done1 not done');
  await page.keyboard.up(' ');
  await expect(dialog).toContainText('Close position 11, XAUUSD');
  await expect(dialog).toContainText('Market is closed');
});

test('an EA that lists nothing is told to close its own, and the window says what stays', async ({
  desk,
  page,
  paper,
}) => {
  paper();
  await desk.expectLamps('live', 30_000);
  await page.getByRole('button', { name: 'Close everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close everything' });
  await expect(dialog).toContainText('This EA lists no positions (2 on the account).');
  const hold = dialog.getByRole('button', { name: /^Hold/ });
  await hold.hover();
  await page.mouse.down();
  await expect(dialog).toContainText('What was opened by hand or by another EA stays open');
  await page.mouse.up();
  await expect(dialog.getByRole('status')).toHaveText(/^1 of 1 done/, { timeout: 20_000 });
});
