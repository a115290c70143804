import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import type { JournalRow } from '../../src/controller/ports/journal.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { order as plainOrder } from '../journal/fixtures.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { expect, test as base } from './desk.ts';

const count = 20_000;
const begin = Date.UTC(2026, 5, 1, 12);
const symbols = ['XAUUSD', 'EURUSD', 'GBPUSD', 'USDJPY'];

/** Of the orders from 1 to {@link count}: a day for each thousand, every tenth rejected. */
function numbered(number: number): Order {
  const rejected = number % 10 === 0;
  return plainOrder(number, {
    at: begin + Math.floor((number - 1) / 1_000) * 86_400_000 + (number % 1_000),
    day: '2026-06-01',
    signalId: `OLD_${String(number).padStart(6, '0')}`,
    source: number % 3 === 0 ? 'command line' : 'ticket',
    symbol: symbols[number % symbols.length] ?? '',
    state: rejected ? 'rejected' : 'filled',
    ticket: rejected ? null : String(5_000_000 + number),
    price: rejected ? null : 1 + number / 100_000,
    roundTripMs: 10 + (number % 997),
    message: rejected ? 'No money' : null,
  });
}

function fail(sentence: string): never {
  throw new Error(sentence);
}

const test = base.extend({
  /** With a journal of many orders. */
  serving: async ({ flags }, use) => {
    const dataDir = tempDir().path;
    const { journal } = openSqliteJournal({
      dataDir,
      now: Date.now,
      logError: fail,
    });
    for (let first = 1; first <= count; first += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, index): JournalRow => {
        const order = numbered(first + index);
        return { at: order.at, entry: { type: 'order', order, frame: new Uint8Array([0x7b, 0x7d]) } };
      });
      journal.write(rows);
    }
    await journal.close();
    const serving = await startServe(flags, dataDir);
    await use(serving);
    await serving.end('SIGKILL');
  },
});

const panel = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Executions' });
const found = (page: Page): Locator => panel(page).getByRole('status');
const ids = (page: Page): Promise<string[]> => panel(page).locator('tbody tr td:nth-child(2)').allTextContents();

test('old orders are filtered by state, symbol, source, day and text, and shown again', async ({ desk, page }) => {
  await expect(found(page)).toHaveText('20,000 orders');
  await expect(desk.executions).toHaveAttribute('aria-rowcount', '20001');
  const filters = panel(page);
  await filters.getByRole('button', { name: 'rejected', exact: true }).click();
  await expect(found(page)).toHaveText('2,000 orders');
  await filters.getByRole('combobox', { name: 'Symbol' }).selectOption('XAUUSD');
  await expect(found(page)).toHaveText('1,000 orders');
  await filters.getByRole('combobox', { name: 'Source' }).selectOption('command line');
  await expect(found(page)).toHaveText('333 orders');
  await filters.getByRole('button', { name: 'Any day' }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-06-02');
  await page.getByLabel('To', { exact: true }).fill('2026-06-03');
  await page.keyboard.press('Escape');
  await expect(found(page)).toHaveText('34 orders');
  await desk.expectNewest({ ID: 'OLD_003000', State: 'rejected', Symbol: 'XAUUSD' });
  await filters.getByRole('textbox', { name: 'Signal ID or ticket' }).fill('old_00294');
  await expect(found(page)).toHaveText('1 order');
  // What was chosen is kept while another tab is looked at.
  await desk.tab('Alarms').click();
  await desk.tab('Executions').click();
  await expect(found(page)).toHaveText('1 order');
  await filters.getByRole('textbox', { name: 'Signal ID or ticket' }).fill('nothing such');
  await expect(panel(page)).toContainText('No order matches. Clear the filter');
  await filters.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(found(page)).toHaveText('20,000 orders');
  await filters.getByRole('textbox', { name: 'Signal ID or ticket' }).fill('5012345');
  await desk.expectNewest({ ID: 'OLD_012345' });
});

test('they are sorted by any column, scrolled to the end by keys, and opened however old', async ({ desk, page }) => {
  await expect(found(page)).toHaveText('20,000 orders');
  const head = (name: string): Locator => desk.executions.getByRole('columnheader', { name });
  await head('Round trip').getByRole('button').click();
  await expect(head('Round trip')).toHaveAttribute('aria-sort', 'descending');
  await desk.expectNewest({ 'Round trip': '1006 ms', ID: 'OLD_019939' });
  await head('Price').getByRole('button').click();
  await head('Price').getByRole('button').click();
  await expect(head('Price')).toHaveAttribute('aria-sort', 'ascending');
  await desk.expectNewest({ ID: 'OLD_000001' });
  await head('Time').getByRole('button').click();
  await desk.expectNewest({ ID: 'OLD_020000' });

  await desk.executions.locator('tbody tr').first().focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await ids(page)).at(-1)).toBe('OLD_000001');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const drawer = desk.dialog('Order OLD_000002');
  await expect(drawer).toContainText('5000002');
  await expect(drawer.getByRole('region', { name: 'Timeline' })).toContainText('Recorded as filled as ticket 5000002');
  await expect(drawer.getByRole('region', { name: 'Latency' })).toContainText('not recorded');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect.poll(async () => (await ids(page))[0]).toBe('OLD_020000');
});

test('End pressed before the journal has answered goes to the oldest order', async ({ desk, page }) => {
  await expect(found(page)).toHaveText('20,000 orders');
  await desk.executions.getByRole('columnheader', { name: 'Symbol' }).getByRole('button').click();
  await desk.expectNewest({ Symbol: 'EURUSD' });
  // One task: no answer arrives between the click and the key.
  await page.evaluate(async () => {
    const table = document.querySelector('table[aria-label=Executions]');
    const heads = [...(table?.querySelectorAll('th button') ?? [])] as HTMLElement[];
    heads.find(({ textContent }) => textContent.startsWith('Time'))?.click();
    await new Promise((resolve) => setTimeout(resolve));
    const row = table?.querySelector<HTMLElement>('tbody tr[data-index="0"]');
    row?.focus();
    row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  });
  await expect.poll(async () => (await ids(page)).at(-1)).toBe('OLD_000001');
});

test('a new order is shown at once at the top, and waits while a person looks further down', async ({
  desk,
  serving,
  page,
}) => {
  const fire = (id: string) =>
    serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--no-sl', '--id', id);
  await fire('NEW_1');
  await desk.expectNewest({ ID: 'NEW_1', State: 'refused' });
  await expect(found(page)).toHaveText('20,001 orders');

  await desk.executions.locator('tbody tr').first().focus();
  for (let times = 0; times < 12; times += 1) await page.keyboard.press('PageDown');
  await expect.poll(async () => (await ids(page))[0]).toMatch(/^OLD_0199/);
  const before = await ids(page);
  await fire('NEW_2');
  await fire('NEW_3');
  const button = panel(page).getByRole('button', { name: '2 new orders' });
  await expect(button).toBeVisible();
  expect(await ids(page)).toEqual(before);
  await button.click();
  await expect(button).toBeHidden();
  await desk.expectNewest({ ID: 'NEW_3' });
  expect(await desk.cell('ID', 1)).toBe('NEW_2');

  // Only what matches counts.
  await panel(page).getByRole('button', { name: 'rejected', exact: true }).click();
  await desk.expectNewest({ ID: 'OLD_020000' });
  await fire('NEW_4');
  await expect(desk.tab('Executions')).toContainText('20,004', { timeout: 20_000 });
  await expect(found(page)).toHaveText('2,000 orders');
  await desk.expectNewest({ ID: 'OLD_020000' });
});

test('the CSV of what is filtered is what the command line exports', async ({ desk, page, serving }) => {
  await expect(found(page)).toHaveText('20,000 orders');
  const save = async (): Promise<string> => {
    const download = page.waitForEvent('download');
    await panel(page).getByRole('button', { name: 'Export CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^orders-main-\d{4}-\d\d-\d\d\.csv$/);
    return readFileSync(await file.path(), 'utf8');
  };
  const all = await save();
  expect(all).toBe((await serving.cli('export')).stdout);
  expect(all.split('\r\n')).toHaveLength(count + 2);
  await panel(page).getByRole('button', { name: 'Any day' }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-06-04');
  await page.getByLabel('To', { exact: true }).fill('2026-06-04');
  await page.keyboard.press('Escape');
  await expect(found(page)).toHaveText('1,000 orders');
  expect(await save()).toBe((await serving.cli('export', '--from', '2026-06-04', '--to', '2026-06-04')).stdout);
  await panel(page).getByRole('button', { name: 'rejected', exact: true }).click();
  await expect(found(page)).toHaveText('100 orders');
  const lines = (await save()).split('\r\n').slice(1, -1);
  expect(lines).toHaveLength(100);
  for (const line of lines) expect(line).toContain(',rejected,');
  await expect(desk.executions).toBeVisible();
});
