import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { fakeTerminal, leaveEa, type FakeTerminal } from '../support/fakeTerminal.ts';
import type { Hello8 } from '../support/quotingEa.ts';
import { shippedEa } from '../support/shippedEa.ts';
import { tempDir } from '../support/tempDir.ts';
import { expect, test as base, type Desk } from './desk.ts';

// The desk's own EA is installed and updated from the window.

/** The EA of the desk that the tests say hello as. */
const own: Hello8 = { ea: 'BITTEN Desk EA' };

const test = base.extend<{ terminal: FakeTerminal }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright takes a pattern alone
  terminal: async ({}, use) => {
    await use(fakeTerminal());
  },
  env: async ({ terminal }, use) => {
    await use({ APPDATA: terminal.appData });
  },
});

test.skip(process.platform === 'win32', 'the MetaEditor of the tests is a shell script');
test.use({ config: { stopUnit: 'points', positionMode: 'hedging', currency: 'USD', leverage: 100 } });

const sheetOf = (desk: Desk): Locator => desk.dialog('Install the EA for Main');
const installButton = (sheet: Locator): Locator => sheet.getByRole('button', { name: /^Install/ });

async function openFromGuide(desk: Desk): Promise<Locator> {
  await desk.page.getByRole('button', { name: 'Install the desk’s own EA' }).click();
  const sheet = sheetOf(desk);
  await expect(sheet).toBeVisible();
  return sheet;
}

test('a terminal is chosen, the EA installed and the bridge set to it, all by keyboard', async ({
  desk,
  page,
  serving,
  terminal,
}) => {
  const other = fakeTerminal({ appData: terminal.appData, id: 'E'.repeat(32) });
  leaveEa(other, '7.90');
  const opener = page.getByRole('button', { name: 'Install the desk’s own EA' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const sheet = sheetOf(desk);
  await expect(sheet.getByRole('radio', { name: terminal.programs })).toBeVisible();
  await expect(sheet.getByRole('radio', { name: `${other.programs} EA 7.90` })).toBeVisible();
  await expect(sheet).toContainText('The desk runs on this machine, so it looks there alone.');
  await expect(sheet).toContainText('Choose a terminal.');
  await expect(installButton(sheet)).toBeDisabled();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(sheet.getByRole('radio', { name: terminal.programs })).toBeChecked();
  await page.keyboard.press('Enter');

  await expect(sheet).toContainText('copied and compiled without errors');
  const chosen = sheet.getByRole('radio', { name: `${terminal.programs} EA ${shippedEa}` });
  await expect(chosen).toBeChecked();
  await expect(chosen).toBeFocused();
  const { command, telemetry } = serving.bridge();
  const steps = sheet.getByRole('region', { name: 'What was done' }).getByRole('listitem');
  const [step = ''] = await steps.filter({ hasText: 'Allow WebRequest' }).allTextContents();
  for (const endpoint of [command, telemetry]) expect(step).toContain(endpoint.replace('tcp://', ''));
  await expect(steps.filter({ hasText: 'BittenDesk-main.set' })).toBeVisible();
  expect(existsSync(join(other.data, 'MQL5', 'Include', 'BittenDesk', 'Old.mqh'))).toBe(true);

  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    for (const { id, nodes } of violations) found.push(`${colorScheme}: ${id} ${nodes.map(({ html }) => html).join()}`);
  }
  expect(found).toEqual([]);

  await sheet.getByRole('button', { name: 'Set the EA of this bridge' }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet).toContainText('This bridge is set to the BITTEN Desk EA:');
  expect((await serving.cli('--json', 'status')).stdout).toContain('"eaKind":"bitten"');
  await installButton(sheet).focus();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the errors of MetaEditor are shown one a line, and mended ones are compiled again', async ({
  desk,
  terminal,
}) => {
  terminal.says('Zmtp.mqh(7,3) : error 256: one\r\nZmtp.mqh(9,3) : error 257: two\r\nResult: 2 errors, 0 warnings\r\n');
  const sheet = await openFromGuide(desk);
  await installButton(sheet).click();
  await expect(sheet).toContainText('was not compiled');
  const lines = sheet.getByRole('list', { name: 'What MetaEditor says' }).getByRole('listitem');
  await expect(lines).toHaveText([
    'Zmtp.mqh(7,3) : error 256: one',
    'Zmtp.mqh(9,3) : error 257: two',
    'Result: 2 errors, 0 warnings',
  ]);
  await expect(sheet).not.toContainText('Allow WebRequest');
  terminal.says('Result: 0 errors, 0 warnings\r\n');
  await installButton(sheet).click();
  await expect(sheet).toContainText('copied and compiled without errors');
  await expect(sheet).toContainText('Allow WebRequest');
});

test.describe('on a machine without Windows', () => {
  test.use({ env: {} });

  test('a folder is typed; one that is no terminal is refused, and a portable one is taken', async ({ desk }) => {
    const sheet = await openFromGuide(desk);
    await expect(sheet).toContainText('is not Windows, so MetaTrader 5 is not looked for');
    const folder = tempDir().path;
    const field = sheet.getByLabel('Folder of the terminal');
    await field.fill(folder);
    await field.press('Enter');
    await expect(sheet).toContainText(`There is no MQL5 folder in ${folder}.`);
    mkdirSync(join(folder, 'MQL5'));
    await field.press('Enter');
    await expect(sheet).toContainText('MetaEditor was not found: open it in MetaEditor (F4) and press F7');
    expect(existsSync(join(folder, 'MQL5', 'Experts', 'BittenDesk.mq5'))).toBe(true);
  });
});

test('an older EA is named with both versions, and is updated once the bridge is disarmed', async ({
  desk,
  ea8,
  page,
  serving,
  terminal,
}) => {
  ea8({ ...own, ea_version: '7.90' });
  await desk.expectLamps('live');
  const told = `The EA has version 7.90, and this desk comes with ${shippedEa}.`;
  await expect(page.getByText(told)).toBeVisible();
  expect((await serving.cli('status')).stdout).toContain(told);
  await desk.arm();
  await page.getByRole('button', { name: 'Update the EA' }).click();
  const sheet = sheetOf(desk);
  await installButton(sheet).click();
  await expect(sheet).toContainText('Bridge Main is armed, and its EA may start anew by it. Disarm the bridge');
  expect(existsSync(join(terminal.data, 'MQL5', 'Experts'))).toBe(false);
  await desk.armed.click();
  await expect(desk.armed).not.toBeChecked();
  await installButton(sheet).click();
  await expect(sheet).toContainText('copied and compiled without errors');
});

test('a newer EA says that the desk is the older one', async ({ desk, ea8, page }) => {
  ea8({ ...own, ea_version: '9.10' });
  await desk.expectLamps('live');
  await expect(page.getByText('This desk is older than its EA: the EA has version 9.10')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Update the EA' })).toHaveCount(0);
});

test('the same version, and another EA of protocol 8, are no news', async ({ desk, ea8, page }) => {
  ea8({ ...own, ea_version: shippedEa });
  await desk.expectLamps('live');
  await expect(page.getByText('This is the desk’s own EA.')).toBeVisible();
  await expect(page.getByText(/comes with/)).toHaveCount(0);
});

test('an EA of another protocol is refused, and the one of the desk offered', async ({ desk, ea8, page }) => {
  ea8({ ...own, protocol: 9 });
  const notice = page.getByText('This EA speaks protocol 9, and this desk protocol 8.', { exact: true });
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Install the EA' }).click();
  await expect(sheetOf(desk)).toBeVisible();
});

test('the settings open it above themselves, and show the EA that was set in it', async ({ desk, page }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Bridge settings').click();
  const settings = desk.dialog('Bridge settings of Main');
  await settings.getByRole('button', { name: 'Install the EA' }).click();
  const sheet = sheetOf(desk);
  await installButton(sheet).click();
  await sheet.getByRole('button', { name: 'Set the EA of this bridge' }).click();
  await expect(sheet).toContainText('This bridge is set to the BITTEN Desk EA:');
  // The button that had the focus is gone.
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(settings).toBeVisible();
  await expect(settings.getByLabel('EA', { exact: true })).toHaveValue('bitten');
  await expect(settings).toContainText('Nothing is changed.');
});
