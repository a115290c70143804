import { readFileSync } from 'node:fs';
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

  // What is on screen is what is saved, with its filter and the days that it counts.
  await panel.getByRole('radio', { name: 'Today' }).click();
  await expect(figure('Orders')).toHaveText('4');
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  const day = /^statistics-main-(\d{4}-\d\d-\d\d)-\1\.csv$/.exec(file.suggestedFilename())?.[1] ?? '';
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe('from,to,account,source,symbol,table,row,figure,value,unit');
  const counted = `${day},${day},,command line,`;
  expect(lines).toContain(`${counted},Totals,,Orders,4,`);
  expect(lines).toContain(`${counted},Totals,,Rejected,1,`);
  expect(lines).toContain(`${counted},Rejects by reason,duplicate_id,refused,1,`);
  expect(lines).toContain(`${day},${day},,,,Totals,,"XP, total",25,XP`);

  await awards
    .getByRole('button', { name: /STAT_2/ })
    .first()
    .click();
  await expect(desk.dialog('Order STAT_2')).toBeVisible();
});
