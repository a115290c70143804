import { expect, test } from './desk.ts';
import { goldPosition, goldSymbol, toldList } from './toldTrades.ts';

// The ticket places pending orders on the desk's own EA: it says what it sends, asks first, and tells placed from filled.

test('a limit order is placed as it was typed and shown, and is filled by its deal', async ({ desk, ea8, page }) => {
  const ea = ea8({ currency: 'USD', leverage: 100 });
  await desk.expectLamps('live', 30_000);
  await desk.arm();
  await ea.say({ ...goldSymbol, tick_size: 0.01, stops_level: 0, expiration: 7 });
  await ea.say(toldList('positions', [goldPosition(11)]));
  await ea.say(toldList('orders', []));
  await desk.fill({ symbol: 'XAUUSD', lots: '0.1', sl: '500', tp: '1000' });
  const { ticket } = desk;
  await ticket.getByRole('radio', { name: 'Limit', exact: true }).click();
  const price = ticket.getByLabel('Price', { exact: true });
  await price.fill('2300');
  await price.press('ArrowUp');
  await expect(price).toHaveValue('2300.01');
  await price.press('ArrowDown');
  const buy = ticket.getByRole('button', { name: /^Buy limit/ });
  await expect(buy).toContainText('2300.00');
  await ticket.getByRole('radio', { name: 'Day', exact: true }).click();
  // The other side of the same price is refused beside its field, and nothing leaves.
  await ticket.getByRole('button', { name: /^Sell limit/ }).click();
  await expect(ticket.getByText(/must be above the bid/).first()).toBeVisible();
  expect(ea.signals).toHaveLength(0);

  await buy.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Buy limit');
  await expect(dialog).toContainText("until the broker's day ends");
  await dialog.getByRole('button', { name: /^Fire/ }).click();
  await expect.poll(() => ea.signals.length).toBe(1);
  expect(ea.signals[0]).toMatchObject({ action: 'buy_limit', price: 2300, day: true, sl: 500, tp: 1000 });

  const sent = String(ea.signals[0]?.['signal_id']);
  const row = page.getByRole('table', { name: 'Executions' }).locator('tbody tr').first();
  await expect(row).toContainText('placed');
  await expect(row).toContainText('Buy limit');
  await expect(ticket).toContainText('nothing is traded yet');
  await ea.say({
    ...{ type: 'deal', deal: '41', kind: 'trade', at: Date.now(), order: '31', position: '31', symbol: 'XAUUSD' },
    ...{ side: 'buy', entry: 'in', lots: 0.1, price: 2299.8, signal_id: sent },
  });
  await expect(row).toContainText('filled');
  await expect(row).toContainText('2299.8');
});
