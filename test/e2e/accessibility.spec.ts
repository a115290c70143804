import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { goldPosition, goldSymbol, toldList } from './toldTrades.ts';
import { tour } from './tour.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Rules that the screens seen so far break, in either theme. */
class Look {
  readonly found: string[] = [];
  private screens = 0;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async see(screen: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await this.page.emulateMedia({ colorScheme });
      // Between the themes only colours differ.
      const axe = new AxeBuilder({ page: this.page });
      const { violations } = await (
        colorScheme === 'dark' ? axe.withTags(levels) : axe.withRules('color-contrast')
      ).analyze();
      this.screens += 1;
      for (const { id, help, nodes } of violations) {
        for (const { html, failureSummary } of nodes) {
          this.found.push(`${screen}, ${colorScheme}: ${id} (${help})\n  ${html}\n  ${failureSummary ?? ''}`);
        }
      }
    }
  }

  expectNothing(): void {
    process.stdout.write(`accessibility | screens ${String(this.screens)}, violations ${String(this.found.length)}\n`);
    expect(this.found.join('\n'), 'violations').toBe('');
  }
}

test('no screen breaks a rule of WCAG 2.2 AA that can be checked, in either theme', async ({ desk, page, serving }) => {
  test.setTimeout(600_000);
  const look = new Look(page);
  await tour({ desk, serving, see: (screen) => look.see(screen), lifeMs: 0 });
  look.expectNothing();
});

test('nor does a list or a dialog of what is open and was closed', async ({ desk, ea8, page }) => {
  test.setTimeout(180_000);
  const look = new Look(page);
  const ea = ea8({ currency: 'USD', leverage: 100, margin_mode: 'hedging' });
  await desk.expectLamps('live', 30_000);
  await ea.say(goldSymbol);
  await ea.say(toldList('positions', [goldPosition(11), goldPosition(12, { side: 'sell', price: 2345, sl: 0 })]));
  const pending = { order: '21', symbol: 'XAUUSD', side: 'buy', kind: 'stop_limit', lots: 0.2, price: 2350 };
  await ea.say(toldList('orders', [{ ...pending, limit_price: 2345, sl: 2340, tp: 0, until: 0 }]));
  const deal = { type: 'deal', kind: 'trade', position: '7', symbol: 'XAUUSD', lots: 0.1, price: 2340, profit: 0 };
  await ea.say({ ...deal, deal: '1', entry: 'in', side: 'buy', at: Date.now() - 60_000, reason: 'mobile' });
  await ea.say({ ...deal, deal: '2', entry: 'out', side: 'sell', at: Date.now(), profit: -5, reason: 'sl' });
  await desk.tab('Positions').click();
  await expect(page.getByRole('table', { name: 'Positions' }).locator('tbody tr')).toHaveCount(2);
  await look.see('positions');
  const dialog = page.getByRole('dialog');
  for (const name of ['Close position 11', 'Stops of position 11']) {
    await page.getByRole('button', { name }).click();
    await expect(dialog).toBeVisible();
    if (name.startsWith('Stops')) await dialog.getByLabel('Stop loss', { exact: true }).fill('2320');
    await look.see(name);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('radio', { name: /^Orders/ }).click();
  for (const name of ['Change order 21', 'Cancel order 21']) {
    await page.getByRole('button', { name }).click();
    await expect(dialog).toBeVisible();
    await look.see(name);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('radio', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Closed trades' }).locator('tbody tr')).toHaveCount(1);
  await look.see('history');
  await page.getByRole('radio', { name: 'By opener' }).click();
  await expect(page.getByRole('table', { name: 'Closed trades, added up' }).locator('tbody tr')).toHaveCount(1);
  await look.see('history by opener');
  ea.answers({ type: 'error', code: 'market_closed', error: 'Market is closed' });
  await page.getByRole('button', { name: 'Close everything' }).click();
  await look.see('close everything');
  await dialog.getByRole('button', { name: /^Hold/ }).hover();
  await page.mouse.down();
  await expect(dialog.getByRole('status')).toContainText('3 not done');
  await page.mouse.up();
  await look.see('close everything, results');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('radio', { name: /^Positions/ }).click();
  await page.getByRole('button', { name: 'Close position 11' }).click();
  await dialog.getByRole('button', { name: 'Close all of it' }).click();
  await expect(page.getByRole('tabpanel').getByRole('status')).toContainText('rejected');
  await look.see('result of a change');
  look.expectNothing();
});

test('nor do account rules, a locked account, or a ticket of a pending order', async ({ desk, ea8, page }) => {
  test.setTimeout(180_000);
  const look = new Look(page);
  const ea = ea8({ currency: 'USD', leverage: 100, margin_mode: 'hedging' });
  await desk.expectLamps('live', 30_000);
  await ea.say({ ...goldSymbol, tick_size: 0.01, stops_level: 0, expiration: 15 });
  await ea.say(toldList('positions', []));
  await ea.say(toldList('orders', []));
  const { ticket } = desk;
  await ticket.getByRole('radio', { name: 'Stop-limit', exact: true }).click();
  await ticket.getByLabel('Stop price').fill('2350');
  await ticket.getByLabel('Limit price').fill('2349');
  await ticket.getByRole('radio', { name: 'Time', exact: true }).click();
  await look.see('stop-limit');
  await ticket.getByRole('radio', { name: 'Market', exact: true }).click();
  await desk.tab('Limits').click();
  await page.getByRole('button', { name: 'Account rules' }).click();
  const sheet = page.getByRole('dialog', { name: /^Account rules of/ });
  // Measured from a day's beginning: its base can be set.
  for (const kind of ['Daily loss', 'Open risk', 'Weekend', 'Losses in a row', 'One direction', 'Largest loss'])
    await sheet.getByLabel('Add a rule').selectOption({ label: kind });
  await look.see('account rules, a field wrong');
  await sheet.getByLabel('Initial capital', { exact: true }).fill('10000');
  const largest = sheet.getByRole('group', { name: 'Largest loss' });
  await largest.getByLabel('When it is reached').selectOption({ label: 'Close all and lock' });
  await look.see('account rules');
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sheet).toBeHidden();
  const rules = page.getByRole('region', { name: 'Account rules' });
  await expect(rules).toContainText('1,000.00 USD left');
  ea.has(8_900);
  await expect(rules.getByRole('alert')).toBeVisible();
  await look.see('limits of a locked account');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await look.see('unlock');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Set base of Daily loss' }).click();
  await look.see('set base');
  look.expectNothing();
});
