import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { Push } from 'zeromq';
import { tempDir } from '../support/tempDir.ts';
import { expect, test, type Desk } from './desk.ts';

test.use({ config: { telemetryPeers: 2 } });

/** Account figures come seldom, so that the charts have little to draw: the log is what is looked at. */
const calm = ['--telemetry-interval', '2000'];

const table = (page: Page): Locator => page.getByRole('table', { name: 'Wire log' });
const rowsOf = (page: Page): Locator => table(page).locator('tbody tr[data-index]');
const firstRow = (page: Page): Locator => rowsOf(page).first();

async function openLog(desk: Desk): Promise<void> {
  await desk.tab('Wire log').click();
  await expect(table(desk.page)).toBeVisible();
}

test('every frame is listed with its way, channel, size, reading and order, and can be narrowed down', async ({
  desk,
  paper,
  page,
}) => {
  await openLog(desk);
  await expect(page.getByText('No frame yet.')).toBeVisible();
  paper(...calm);
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ symbol: 'XAUUSD', lots: '0.1', sl: '2000', tp: '4000', id: 'WIRE_1' });
  await desk.fire('Buy');

  await page.getByLabel('Orders only').check();
  await expect(rowsOf(page)).toHaveCount(2);
  const cells = async (row: number): Promise<string[]> => await rowsOf(page).nth(row).locator('td').allTextContents();
  const [, ...signal] = await cells(1);
  const sent = '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":4000,"sl":2000,"signal_id":"WIRE_1"}';
  expect(signal).toEqual(['out', 'command', String(sent.length), 'signal buy', 'WIRE_1', sent]);
  expect((await cells(0)).slice(1, 6)).toEqual([
    'in',
    'telemetry',
    expect.stringMatching(/^\d+$/),
    'trade_result filled',
    'WIRE_1',
  ]);

  const panel = page.getByRole('tabpanel', { name: 'Wire log' });
  await panel.getByRole('radio', { name: 'Out' }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await page.getByLabel('Orders only').uncheck();
  await page.getByRole('combobox', { name: 'Channel' }).selectOption('telemetry');
  await expect(page.getByText(/^None of the \d+ frames here fits the filter/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Channel' }).selectOption('All channels');
  await panel.getByRole('radio', { name: 'All' }).click();

  await page.getByRole('button', { name: /^Kinds/ }).click();
  const kinds = page.getByRole('dialog', { name: 'Kinds' });
  await kinds.getByRole('button', { name: 'None' }).click();
  await kinds.getByLabel('heartbeat').check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Kinds: heartbeat' })).toBeFocused();
  await expect(firstRow(page)).toContainText('"type":"heartbeat"');
  await page.getByRole('button', { name: /^Kinds/ }).click();
  await kinds.getByRole('button', { name: 'All' }).click();
  await page.keyboard.press('Escape');

  await page.getByRole('searchbox', { name: 'Search frames' }).fill('wire_1');
  await expect(rowsOf(page)).toHaveCount(2);
  await rowsOf(page).nth(1).getByRole('button', { name: 'WIRE_1' }).click();
  await expect(desk.dialog('Order WIRE_1')).toBeVisible();
});

test('a frame opens in full, by keyboard too, and the list stands still meanwhile', async ({ desk, paper, page }) => {
  paper(...calm, '--tick-interval', '100');
  await desk.expectLamps('live');
  await openLog(desk);
  await page.getByRole('searchbox', { name: 'Search frames' }).fill('candle_batch');
  await expect(firstRow(page)).toContainText('candle_batch', { timeout: 15_000 });
  await firstRow(page).focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: /^Frame / });
  await expect(drawer.getByRole('region', { name: 'As JSON' })).toContainText('"symbol": "');
  // A candle batch is longer than what a row has of it.
  await expect(drawer.getByRole('region', { name: 'As JSON' })).toContainText('"M15": [');
  await expect(drawer.getByRole('region', { name: 'As it travelled' })).toContainText('{"type":"candle_batch",');
  await drawer.getByRole('button', { name: 'Hex' }).click();
  await expect(drawer.getByRole('region', { name: 'As it travelled' })).toContainText('7b 22 74 79 70 65 22 3a');
  await expect(page.getByText(/ · [1-9][\d,]* more came$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  // The focus that comes back to its row makes the list stand still once more.
  await expect(async () => {
    await page.getByRole('button', { name: 'Continue' }).click({ timeout: 1_000 });
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test('the log is paused, goes on where it was, and is cleared', async ({ desk, paper, page }) => {
  const ea = paper(...calm, '--tick-interval', '50');
  await desk.expectLamps('live');
  await openLog(desk);
  const counts = page.getByText(/^[\d,]+ frames/);
  const held = async (): Promise<number> =>
    Number(((await counts.textContent()) ?? '').split(' ')[0]?.replaceAll(',', ''));
  await expect.poll(held).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/ · [1-9][\d,]* more came$/)).toBeVisible();
  const stood = await firstRow(page).textContent();
  const paused = await held();
  await expect(page.getByText(/ · [1-9][\d,]{2,} more came$/)).toBeVisible();
  expect(await firstRow(page).textContent()).toBe(stood);
  expect(await held()).toBe(paused);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(held).toBeGreaterThan(paused + 100);
  await expect(counts).not.toContainText('missed');

  await ea.end('SIGKILL');
  await desk.expectLamps('down');
  // Everything has arrived: the count on the tab is what the list has.
  const travelled = Number((await desk.tab('Wire log').textContent())?.replace(/\D/g, ''));
  await expect.poll(held).toBe(travelled);
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await expect(page.getByText('No frame yet.')).toBeVisible();
  paper(...calm);
  await expect(firstRow(page)).toBeVisible();
});

test('an export has every listed frame as the EA itself recorded it', async ({ desk, paper, page, serving }) => {
  const file = join(tempDir().path, 'ea.ndjson');
  const ea = paper(...calm, '--log', file);
  await desk.expectLamps('live');
  await serving.cli('arm');
  await serving.cli('fire', '--symbol', 'EURUSD', '--action', 'sell', '--lot', '0.1', '--no-sl', '--id', 'WIRE_2');
  await ea.end('SIGKILL');
  await desk.expectLamps('down');
  const push = new Push({ linger: 1_000 });
  push.connect(serving.bridge().telemetry);
  await push.send(Buffer.from([0xfc, 0x00, 0x22]));
  await openLog(desk);
  await expect(firstRow(page)).toContainText('unreadable');
  push.close();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export the listed frames' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^wire-main-.*\.ndjson$/);
  const exported = lines<{ direction: string; text: string; hex?: string; cut?: true; kind: string }>(
    await download.path(),
  );
  const recorded = lines<{ direction: 'sent' | 'received'; text: string }>(file);
  const texts = (direction: string) => exported.filter((each) => each.direction === direction).map(({ text }) => text);
  const said = recorded.filter((each) => each.direction === 'sent').map(({ text }) => text);
  const received = recorded.filter((each) => each.direction === 'received').map(({ text }) => text);
  expect(exported.at(-1)).toMatchObject({ kind: 'unreadable', hex: 'fc0022' });
  expect(exported.filter(({ cut }) => cut === true)).toEqual([]);
  // What was under way when the EA was killed has arrived on neither side.
  const arrived = texts('in').slice(0, -1);
  expect(arrived).toEqual(said.slice(0, arrived.length));
  expect(arrived.length).toBeGreaterThan(10);
  expect(received.length).toBeGreaterThan(2);
  expect(texts('out').slice(0, received.length)).toEqual(received);
});

function lines<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
