import type { AppState } from '../../src/api/state/state.ts';
import { expect, test } from './desk.ts';

// What the window shows of an EA of protocol 8 alone.

test.use({ config: { stopUnit: 'points', positionMode: 'hedging', currency: 'USD', leverage: 100, eaKind: 'bitten' } });

test('the kill switch says which EA has not confirmed it, and a release which one still takes closes alone', async ({
  desk,
  ea8,
  page,
}) => {
  const running = ea8();
  await desk.expectLamps('live');
  await expect(desk.armed).not.toBeChecked();
  await desk.arm();
  running.obeys(false);
  await desk.killSwitch.click();
  const banner = page.getByRole('alert').filter({ hasText: 'The kill switch is on' });
  await expect(banner).toContainText('Not confirmed yet by the EA of Main: look in MT5 whether it runs.');
  running.obeys(true);
  await expect(banner).not.toContainText('Not confirmed', { timeout: 15_000 });

  running.obeys(false);
  await banner.getByRole('button', { name: 'Release' }).click();
  await desk.dialog('Release the kill switch').getByRole('button', { name: 'Release' }).click();
  await expect(banner).toBeHidden();
  await expect(page.getByText('It has not confirmed the release of the kill switch')).toBeVisible();
  await desk.arm();
  await desk.expectBlocked('The EA still takes closes alone');
  running.obeys(true);
  await expect(page.getByText('It has not confirmed the release of the kill switch')).toBeHidden({ timeout: 15_000 });
  await desk.fill({ symbol: 'XAUUSD', lots: '0.01', sl: '500', tp: '1000' });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });
});

test('an EA that another desk has closed is released by a person alone', async ({ desk, ea8, page, serving }) => {
  ea8({ close_only: true });
  await desk.expectLamps('live');
  const notice = page.getByText('A kill switch closed it, and not one of this desk.');
  await expect(notice).toBeVisible();
  await desk.arm();
  await desk.expectBlocked('The EA still takes closes alone');
  await page.getByRole('button', { name: 'Release this EA' }).click();
  await desk.dialog('Release this EA').getByRole('button', { name: 'Release' }).click();
  await expect(notice).toBeHidden();
  const { stdout } = await serving.cli('--json', 'status');
  const [bridge] = (JSON.parse(stdout) as AppState).bridges;
  expect(bridge?.eaCloseOnly).toEqual({ on: false, trouble: null });
});

test('an EA of a newer desk is taken over by the name of its account, disarmed', async ({ desk, ea8, page }) => {
  ea8({ epoch: 41 });
  await desk.expectLamps('live');
  await expect(page.locator('strong', { hasText: 'it has seen start 41' })).toBeVisible();
  await desk.arm();
  await desk.expectBlocked('This EA belongs to another or a newer desk');
  await page.getByRole('button', { name: 'Take over this EA' }).click();
  const dialog = desk.dialog('Take over this EA');
  const take = dialog.getByRole('button', { name: 'Take over', exact: true });
  await expect(take).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill('1000001');
  await expect(take).toBeDisabled();
  // The account's name, by its uuid.
  await dialog.getByLabel('Type u to confirm').fill('u');
  await take.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Take over this EA' })).toBeHidden();
  await expect(desk.armed).not.toBeChecked();
});

test('the question before an order shows the command as an EA of protocol 8 gets it', async ({ desk, ea8 }) => {
  const running = ea8();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ symbol: 'XAUUSD', lots: '0.01', sl: '500', tp: '1000' });
  await desk.priced();
  await desk.trade('Buy').click();
  await expect(desk.confirm).toContainText('"deviation"');
  await expect(desk.confirm).toContainText('"expires_ms"');
  await desk.typeLots();
  await desk.confirm.getByRole('button', { name: 'Fire' }).click();
  await desk.expectNewest({ State: 'filled' });
  expect(running.signals[0]).toMatchObject({ action: 'buy', sl: 500, expires_ms: 2_000 });
});

test('what the EA and the settings say otherwise is shown, refused, and settled in the settings', async ({
  desk,
  ea8,
  page,
}) => {
  const running = ea8({ margin_mode: 'netting', currency: 'EUR' });
  await desk.expectLamps('live');
  const notice = page.locator('strong', { hasText: 'The account is netting by the EA and hedging in the settings' });
  await expect(notice).toBeVisible();
  await expect(page.getByText('1 more differs.')).toBeVisible();
  await desk.arm();
  await desk.expectBlocked('The account is netting by the EA');
  await page.getByRole('button', { name: 'Open the settings' }).click();
  const sheet = desk.dialog('Bridge settings of Main');
  await expect(sheet).toContainText('The EA says that the account is netting: correct the position mode.');
  await sheet.getByLabel('Position mode').selectOption('netting');
  await sheet.getByLabel('Currency').fill('EUR');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(notice).toBeHidden();

  const gold = { type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 10, profit_currency: 'USD' };
  await running.say({ ...gold, lot_min: 0.01, lot_max: 5, lot_step: 0.01 });
  // The table's own figures give way to the terminal's, and its lots bound those of the ticket.
  await expect(desk.ticket.getByTitle('0.01 to 5.00')).toBeVisible();
});

test.describe('on a bridge of another kind', () => {
  test.use({ config: { stopUnit: 'points', positionMode: 'hedging', currency: 'USD', leverage: 100, eaKind: 'v7' } });

  test('the EA offers the patience that it needs: refused while armed, done once it is not', async ({
    desk,
    ea8,
    page,
  }) => {
    ea8();
    await desk.expectLamps('live');
    await desk.arm();
    const set = page.getByRole('button', { name: 'Set the EA of this bridge' });
    await set.click();
    await expect(page.getByText('Bridge Main is armed. Disarm it, then set its EA.')).toBeVisible();
    await desk.armed.click();
    await expect(desk.armed).not.toBeChecked();
    await set.click();
    await expect(set).toBeHidden();
    await desk.expectLampsStay('live');
    await desk.arm();
    await desk.fill({ symbol: 'XAUUSD', lots: '0.01', sl: '500', tp: '1000' });
    await desk.fire('Buy');
    await desk.expectNewest({ State: 'filled' });
  });
});
