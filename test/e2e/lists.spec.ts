import type { Locator } from '@playwright/test';
import type { JournalRow } from '../../src/controller/ports/journal.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { order as plainOrder } from '../journal/fixtures.ts';
import { startServe } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { expect, test as base } from './desk.ts';

const engine = { source: 'engine VENOM', asked: 'buy EURUSD, risk 2 %, stop 15 pips' } as const;
const nothing = { ticket: null, price: null, roundTripMs: null } as const;
const longId = 'ELITE_RAPID_EURUSD_1756773488_A';
const dayMs = 86_400_000;

/** One order of each kind that a list shows, the newest last. */
const changes: Partial<Order>[] = [
  { signalId: longId, symbol: 'EURUSD', price: 1.0836, quote: { bid: 1.0835, ask: 1.0836, point: 0.00001 } },
  { signalId: 'NO_MONEY', state: 'rejected', ...nothing, message: 'Trade failed: 10019' },
  {
    ...{ signalId: 'DOUBT', state: 'unknown', ...nothing, doubt: 'no_feedback' },
    message: 'The EA gave no result within 10 s. Look in MT5 whether it was traded.',
  },
  { signalId: 'NOT_ARMED', state: 'refused', ...nothing, refusal: refusals.disarmed() },
  {
    signalId: 'WORKED_OUT',
    state: 'refused',
    ...engine,
    ...nothing,
    refusal: refusals.dismissed(),
    lot: 0.12,
    sl: 150,
  },
  {
    ...{ signalId: 'NOT_WORKED_OUT', state: 'refused', ...engine, ...nothing, refusal: refusals.dismissed() },
    ...{ lot: 0, sl: 0, tp: 0 },
  },
  { signalId: 'PRICES', stopUnit: 'price', sl: 2341.5, tp: 2350, price: 2345, quote: null },
];

const test = base.extend({
  /** With a journal of orders of every kind, the first of them of yesterday. */
  serving: async ({ flags }, use) => {
    const dataDir = tempDir().path;
    const { journal } = openSqliteJournal({
      dataDir,
      now: Date.now,
      logError: (sentence) => {
        throw new Error(sentence);
      },
    });
    const now = Date.now();
    const today = now - (now % dayMs);
    const rows = changes.map((change, index): JournalRow => {
      const at = index === 0 ? today - dayMs / 2 : today + index;
      const day = new Date(at).toISOString().slice(0, 10);
      return { at, entry: { type: 'order', order: plainOrder(index + 1, { at, day, ...change }), frame: null } };
    });
    journal.write(rows);
    await journal.close();
    const serving = await startServe(flags, dataDir);
    await use(serving);
    await serving.end('SIGKILL');
  },
});

/** Whether all of an element's text is in sight. */
async function isWhole(element: Locator): Promise<boolean> {
  return element.evaluate((of) => {
    const text = document.createRange();
    text.selectNodeContents(of);
    const { left, right } = of.getBoundingClientRect();
    const drawn = text.getBoundingClientRect();
    return drawn.left >= left && drawn.right <= right && of.scrollHeight <= of.clientHeight + 1;
  });
}

test('a row of executions shows IDs, stops and prices whole, and what to do beside what happened', async ({
  desk,
  page,
}) => {
  const rows = desk.executions.locator('tbody tr');
  const row = (id: string): Locator => rows.filter({ hasText: id });
  await expect(rows).toHaveCount(changes.length);

  for (const id of [longId, 'PRICES', 'NOT_WORKED_OUT']) {
    const cells = row(id).locator('td');
    // All of them but the error, whose text has any length.
    for (const index of [0, 1, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(await isWhole(cells.nth(index)), `${id} ${String(index)}`).toBe(true);
    expect(await isWhole(cells.nth(1).locator('span').first())).toBe(true);
  }
  await desk.expectNewest({ ID: 'PRICES', SL: 'at 2341.50', TP: 'at 2350.00', Price: '2345.00' });
  await expect(row(longId)).toContainText('1.08360');

  const unarmed = row('NOT_ARMED');
  await expect(unarmed).toContainText('The bridge is not armed. Switch "Armed" on.');
  await expect(unarmed).not.toContainText('disarmed)');
  await expect(unarmed.getByText('Switch "Armed" on.')).toBeInViewport({ ratio: 1 });
  await expect(row('DOUBT').getByText(/^Look in MT5/)).toBeVisible();
  const broke = row('NO_MONEY');
  await expect(broke.getByText(/^The free margin is too small/)).toBeVisible();
  await expect(
    broke.getByTitle(/Trade failed: 10019\s+The free margin is too small for it: trade fewer lots/),
  ).toBeVisible();

  await broke.click();
  const drawer = desk.dialog('Order NO_MONEY');
  await expect(drawer).toContainText('What to doThe free margin is too small for it: trade fewer lots');
  await page.keyboard.press('Escape');
  await unarmed.click();
  await expect(desk.dialog('Order NOT_ARMED')).toContainText('The bridge is not armed. disarmed');
});

test('a dismissed signal is listed, filtered and counted as dismissed, with what it would have been', async ({
  desk,
  page,
}) => {
  const rows = desk.executions.locator('tbody tr');
  const panel = page.getByRole('tabpanel', { name: 'Executions' });
  await panel.getByRole('button', { name: 'dismissed', exact: true }).click();
  await expect(rows).toHaveCount(2);
  await desk.expectNewest({ ID: 'NOT_WORKED_OUT', State: 'dismissed', Lots: '–', SL: '–', TP: '–' });
  await expect(
    rows
      .first()
      .getByTitle(/ended before the desk had worked it out; VENOM asked for: buy EURUSD/)
      .first(),
  ).toBeVisible();
  await expect(rows.nth(1)).toContainText('0.12');
  await expect(rows.nth(1)).toContainText('150 pts');

  await panel.getByRole('button', { name: 'dismissed', exact: true }).click();
  await panel.getByRole('button', { name: 'refused', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await desk.expectNewest({ ID: 'NOT_ARMED' });
  await desk.tab('Statistics').click();
  const statistics = page.getByRole('tabpanel', { name: 'Statistics' });
  await expect(statistics.locator('div', { has: page.locator('dt', { hasText: 'Dismissed' }) }).last()).toContainText(
    '2',
  );
  await expect(statistics.locator('div', { has: page.locator('dt', { hasText: 'Refused' }) }).last()).toContainText(
    '1',
  );
});

test('days are chosen by name, in executions and in statistics', async ({ desk, page }) => {
  const rows = desk.executions.locator('tbody tr');
  const panel = page.getByRole('tabpanel', { name: 'Executions' });
  await expect(rows).toHaveCount(changes.length);
  await panel.getByRole('button', { name: 'Any day' }).click();
  const days = page.getByRole('dialog', { name: 'Trading days' });
  await days.getByRole('button', { name: 'Yesterday' }).click();
  await expect(rows).toHaveCount(1);
  await days.getByRole('button', { name: 'Today' }).click();
  await expect(rows).toHaveCount(changes.length - 1);
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: 'Today' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(rows).toHaveCount(changes.length);

  await desk.tab('Statistics').click();
  const orders = page
    .getByRole('tabpanel', { name: 'Statistics' })
    .locator('div', { has: page.locator('dt', { hasText: 'Orders' }) })
    .last();
  await page.getByRole('radio', { name: 'Yesterday' }).click();
  await expect(orders).toHaveText('Orders1');
  await page.getByRole('radio', { name: 'Today' }).click();
  await expect(orders).toHaveText(`Orders${String(changes.length - 1)}`);
  await expect(page.getByRole('radio', { name: 'This week' })).toBeVisible();
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('figures have a comma, what is typed has a point, and a typed comma is answered by a word', async ({
    desk,
    page,
  }) => {
    await desk.expectNewest({ ID: 'PRICES', Lots: '0,10', SL: 'at 2341,50', Price: '2345,00' });
    const lots = desk.ticket.getByLabel('Lots', { exact: true });
    await desk.ticket.getByRole('button', { name: '0,10', exact: true }).click();
    await expect(lots).toHaveValue('0.10');
    await lots.fill('0,2');
    await expect(desk.ticket).toContainText('write the decimals after a point, not a comma');
    await page.getByRole('button', { name: 'Settings' }).click();
  });
});
