import { expect, test } from './desk.ts';

test('statistics and XP follow the orders by themselves, and can be narrowed', async ({
  desk,
  paper,
  serving,
  page,
}) => {
  await desk.tab('Statistics').click();
  const panel = page.getByRole('tabpanel', { name: 'Statistics' });
  await expect(panel).toContainText('Nothing in these days.');
  await panel.getByRole('radio', { name: 'All' }).click();
  await expect(panel).toContainText('No order yet.');

  const filling = paper('--seed', '7');
  await desk.expectLamps('live');
  await desk.arm();
  const fire = (...flags: string[]) => serving.cli('fire', '--lot', '0.1', '--no-sl', '--action', 'buy', ...flags);
  await fire('--symbol', 'XAUUSD', '--id', 'STAT_1');
  await fire('--symbol', 'EURUSD', '--id', 'STAT_2');
  await filling.end('SIGKILL');
  await desk.expectLamps('down');
  paper('--seed', '7', '--fault', 'reject');
  await desk.expectLamps('live');
  await fire('--symbol', 'GBPUSD', '--id', 'STAT_3');
  await fire('--symbol', 'XAUUSD', '--id', 'STAT_1');

  const figure = (name: string) => panel.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd');
  await expect(figure('Orders')).toHaveText('4');
  await expect(figure('Fill rate')).toHaveText('66.7%');
  await expect(figure('Rejected')).toHaveText('1');
  await expect(figure('Refused')).toHaveText('1');
  await expect(figure('Round trip')).toHaveText(/\d ms \/ .*\d ms/);
  await expect(figure('Slippage')).toHaveText(/\dpts/);
  await expect(figure('XP')).toHaveText('25');
  await expect(panel.getByRole('list', { name: 'Rejects by reason' })).toContainText('ID used before');
  const awards = panel.getByRole('list', { name: 'Awards' });
  await expect(awards.getByRole('listitem')).toHaveCount(4);
  await expect(awards).toContainText('First execution ever');
  await expect(panel.getByRole('region', { name: 'Equity by day' }).locator('.recharts-dot')).toBeVisible();
  await expect(panel.getByRole('region', { name: 'XP over time' }).locator('.recharts-dot')).toBeVisible();
  await expect(desk.tab('Statistics')).toContainText('4', { timeout: 15_000 });

  await panel.getByRole('combobox', { name: 'Symbol' }).selectOption('EURUSD');
  await expect(figure('Orders')).toHaveText('1');
  await panel.getByRole('combobox', { name: 'Symbol' }).selectOption('All symbols');
  await panel.getByRole('combobox', { name: 'Source' }).selectOption('command line');
  await expect(figure('Orders')).toHaveText('4');

  await awards
    .getByRole('button', { name: /STAT_2/ })
    .first()
    .click();
  await expect(desk.dialog('Order STAT_2')).toBeVisible();
});
