import { readFileSync } from 'node:fs';
import { expect, test } from './desk.ts';

test('alarms are acknowledged one by one and all at once, in every window, and counted until then', async ({
  desk,
  page,
  paper,
  context,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.tab('Limits').click();
  await page.getByRole('button', { name: 'Re-base' }).click();
  await desk.dialog('Re-base day start and peak').getByRole('button', { name: 'Re-base' }).click();
  await desk.killSwitch.click();
  const tab = desk.tab('Alarms');
  await expect(tab).toContainText('2 new, 1 critical');
  await tab.click();
  const rows = page.getByRole('table', { name: 'Alarms' }).locator('tbody tr');
  const killed = rows.filter({ hasText: 'The kill switch was pressed' });
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole('tab', { name: 'Alarms' }).click();
  await killed.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(killed).toContainText('noted');
  await expect(tab).not.toContainText('critical');
  const seenThere = other.getByRole('table', { name: 'Alarms' }).locator('tbody tr');
  await expect(seenThere.filter({ hasText: 'The kill switch was pressed' })).toContainText('noted');
  await page.getByRole('button', { name: 'Acknowledge all' }).click();
  await expect(tab).not.toContainText('new');
  await expect(other.getByRole('tab', { name: 'Alarms' })).not.toContainText('new');
  await expect(page.getByRole('button', { name: 'Acknowledge all' })).toBeDisabled();
});

test('what persons did is read by day, with who did it, and saved as CSV', async ({ desk, page, paper, serving }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await serving.cli('kill');
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await desk.tab('Alarms').click();
  await page.getByRole('radio', { name: 'Activity' }).click();
  const rows = page.getByRole('table', { name: 'Activity' }).locator('tbody tr');
  await expect(rows.filter({ hasText: 'Kill switch pressed' })).toContainText('command line');
  await expect(rows.filter({ hasText: /windowArmed/ })).toHaveCount(1);
  const panel = page.getByRole('tabpanel', { name: 'Alarms' });
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Export CSV' }).click();
  const file = readFileSync(await (await download).path(), 'utf8').split('\r\n');
  expect(file[0]).toBe('seq,at,bridge,by,what,details');
  expect(file.some((line) => /^\d+,\d{4}-.+,main,ticket,Armed,$/.test(line))).toBe(true);
  await panel.getByRole('button', { name: 'Today' }).click();
  await page.getByRole('dialog', { name: 'Trading days' }).getByRole('button', { name: 'Yesterday' }).click();
  await expect(panel).toContainText('Nobody did anything on these days.');
});

test('the start of the day says since when it holds, and takes what a person knows', async ({ desk, page, paper }) => {
  paper();
  await desk.expectLamps('live');
  await desk.tab('Limits').click();
  const panel = page.getByRole('tabpanel', { name: 'Limits' });
  await expect(panel).toContainText(/since \d\d:\d\d:\d\d, first figure seen today/);
  await panel.getByRole('button', { name: 'Set day start' }).click();
  const dialog = desk.dialog("Set the day's start");
  const confirm = dialog.getByRole('button', { name: 'Set day start' });
  await dialog.getByLabel('The day began with').fill('10250,50');
  await expect(dialog).toContainText('Write the decimals after a point, not a comma.');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('The day began with').fill('10250.50');
  await dialog.getByLabel('Note').fill('by the statement of the broker');
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(panel).toContainText(/10,250\.50since \d\d:\d\d:\d\d, set by a person/);
  await desk.tab('Alarms').click();
  await page.getByRole('radio', { name: 'Activity' }).click();
  const row = page.getByRole('table', { name: 'Activity' }).locator('tbody tr').first();
  // The paper EA's broker keeps UTC.
  await expect(row.locator('time')).toHaveAttribute('title', /by the broker's clock \d\d:\d\d:\d\d \(UTC\)$/, {
    timeout: 20_000,
  });
  await expect(row).toContainText(/Day start equity set from [\d.]+ to 10250\.50Note: by the statement of the broker/);
});
