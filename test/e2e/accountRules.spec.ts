import { expect, test } from './desk.ts';
import { goldPosition as position, goldSymbol as symbol, toldList as list } from './toldTrades.ts';

// Account rules: chosen in their sheet, seen in the header and in Limits, and acted on.

test('rules are added, saved, seen in money, and close everything once a person has chosen so', async ({
  desk,
  page,
  ea8,
}) => {
  const ea = ea8({ currency: 'USD', leverage: 100, margin_mode: 'hedging' });
  await desk.expectLamps('live', 30_000);
  await ea.say(symbol);
  await ea.say(list('positions', [position(11)]));
  await ea.say(list('orders', []));
  await desk.tab('Limits').click();
  await page.getByRole('button', { name: 'Account rules' }).click();
  const sheet = page.getByRole('dialog', { name: /^Account rules of/ });
  await sheet.getByLabel('Add a rule').selectOption({ label: 'Largest loss' });
  await expect(sheet).toContainText('it needs the initial capital. Type it.');
  await expect(sheet.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await sheet.getByLabel('Initial capital', { exact: true }).fill('10000');
  const rule = sheet.getByRole('group', { name: 'Largest loss' });
  await rule.getByLabel('Allowed loss').fill('500');
  await rule.getByLabel('Loss in', { exact: true }).selectOption({ label: 'money' });
  await rule.getByLabel('When it is reached').selectOption({ label: 'Close all and lock' });
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sheet).toBeHidden();
  const rules = page.getByRole('region', { name: 'Account rules' });
  await expect(rules).toContainText('Close all and lock');

  ea.has(9_700);
  await expect(rules).toContainText('200.00 USD left');
  await expect(rules).toContainText('floor 9,500.00 USD = 10,000.00 USD (typed by a person)');
  await expect(page.getByRole('list', { name: 'Room to the limits' })).toContainText('Largest loss 200.00 left');

  ea.has(9_480);
  await expect.poll(() => ea.changes).toMatchObject([{ type: 'close', position: '11' }]);
  await expect(rules.getByRole('alert')).toContainText('Locked by “Largest loss”');
  await ea.say(list('positions', [], 2));
  await desk.tab('Executions').click();
  await expect(desk.executions.locator('tbody tr').first()).toContainText('protector');
  await desk.tab('Limits').click();
  await rules.getByRole('button', { name: 'Unlock' }).click();
  const unlock = page.getByRole('dialog', { name: 'Unlock the account' });
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(unlock).toContainText('The equity is still at or beyond what the rule');
});
