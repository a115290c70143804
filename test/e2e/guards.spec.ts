import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pull, Push } from 'zeromq';
import { tempDir } from '../support/tempDir.ts';
import { expect, test } from './desk.ts';

/** An order of the command line, which the core judges whatever the window shows. */
const anOrder = ['fire', '--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.01', '--no-sl'] as const;

// With the currency known, what an order risks is known too.
test.use({ config: { currency: 'USD', leverage: 100 } });

/** The orders that a paper EA has received, by its own log. */
function received(log: string): string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"direction":"received"') && line.includes('\\"type\\":\\"signal\\"'));
}

test('the kill switch refuses in words, survives a reload, and is released by a person', async ({
  desk,
  paper,
  page,
  serving,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'false');
  await desk.killSwitch.click();
  const banner = page.getByRole('alert');
  await expect(banner).toContainText(/The kill switch is on since \d\d:\d\d:\d\d, pressed in a window of the desk\./);
  await expect(banner).toContainText('Pings and closes go on');
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await expect(desk.armed).not.toBeChecked();

  await desk.expectBlocked('The kill switch is on: nothing is bought or sold.');
  await serving.cli(...anOrder);
  await desk.expectNewest({ State: 'refused', Error: /^The kill switch is on: nothing is bought or sold\./ });
  await desk.armed.click();
  await expect(page.getByText('The bridge was not armed.')).toBeVisible();
  await expect(desk.armed).not.toBeChecked();

  await page.reload();
  await expect(banner).toBeVisible();
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await desk.killSwitch.click();
  await expect(banner).toBeVisible();

  await banner.getByRole('button', { name: 'Release' }).click();
  const release = desk.dialog('Release the kill switch');
  await expect(release).toContainText('armed again');
  await release.getByRole('button', { name: 'Cancel' }).click();
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Release' }).click();
  await release.getByRole('button', { name: 'Release' }).click();
  await expect(banner).toBeHidden();
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'false');
  await expect(desk.armed).not.toBeChecked();
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });
});

test('a kill switch that is pressed on the command line is seen in the window', async ({ desk, page, serving }) => {
  await desk.expectLamps('listening');
  await serving.cli('kill');
  await expect(page.getByRole('alert')).toContainText('pressed on the command line');
  await desk.tab('Alarms').click();
  await expect(page.getByRole('table', { name: 'Alarms' })).toContainText('The kill switch was pressed');
  await serving.cli('release');
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a double click and a key that is held down send one order', async ({ desk, paper, page }) => {
  const log = join(tempDir().path, 'ea.log');
  paper('--log', log);
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.priced();
  const buy = desk.ticket.getByRole('button', { name: 'Buy', exact: true });

  await buy.dblclick();
  await desk.confirm.getByRole('button', { name: 'Fire' }).dblclick();
  await desk.expectNewest({ Side: 'Buy', State: 'filled' });
  await expect(desk.executions.locator('tbody tr')).toHaveCount(1);

  await desk.dontAsk();
  await desk.fill({ symbol: 'EURUSD', sl: '200', tp: '400' });
  await desk.priced();
  await buy.dblclick();
  await desk.expectNewest({ Symbol: 'EURUSD', State: 'filled' });
  await desk.fill({ symbol: 'GBPUSD', sl: '200', tp: '400' });
  await desk.priced();
  await buy.focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await desk.expectNewest({ Symbol: 'GBPUSD', State: 'filled' });
  await expect(desk.executions.locator('tbody tr')).toHaveCount(3);
  expect(received(log)).toHaveLength(3);
});

test('an unknown order is settled by hand in its drawer, with all that is known of it', async ({
  desk,
  paper,
  page,
}) => {
  paper('--fault', 'drop');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ id: 'VENOM_XAU_001' });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'unknown' });
  await desk.executions.locator('tbody tr').first().focus();
  await page.keyboard.press('Enter');
  const drawer = desk.dialog('Order VENOM_XAU_001');
  await expect(drawer).toContainText('the connection was lost before the result came');
  const timeline = drawer.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('Sent, fired in a window of the desk');
  await expect(timeline).toContainText('"signal_id":"VENOM_XAU_001"}');
  await timeline.getByRole('button', { name: 'Hex' }).click();
  await expect(timeline).toContainText('7b 22 74 79 70 65 22 3a');

  const form = drawer.getByRole('form', { name: 'Settle order' });
  const settle = form.getByRole('button', { name: 'Settle' });
  await settle.click();
  await expect(form).toContainText('Say what you found in MT5.');
  await form.getByRole('radio', { name: 'Found in MT5' }).check();
  await form.getByLabel('Ticket').fill('84x');
  await settle.click();
  await expect(form).toContainText('The ticket is a whole number above 0');
  await form.getByLabel('Ticket').fill('8412391');
  await form.getByLabel('Price').fill('2341.47');
  await form.getByLabel('Note').fill('seen under Trade');
  await settle.click();

  await expect(form).toBeHidden();
  await expect(drawer).toContainText('seen under Trade');
  await expect(timeline).toContainText('Settled by hand: found in MT5 as ticket 8412391 at 2341.47');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await desk.expectNewest({ State: 'filled by hand', Ticket: '8412391', Price: '2341.47', Error: /Settled by hand/ });
});

test('Escape closes the drawer and gives the focus back; the ticket and the kill switch stay at hand', async ({
  desk,
  page,
  serving,
}) => {
  await desk.expectLamps('listening');
  await serving.cli(...anOrder, '--id', 'BD_XAUUSD_NONE');
  const row = desk.executions.locator('tbody tr').first();
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: /^Order BD_XAUUSD_/ });
  await expect(drawer).toContainText('No EA is connected');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(row).toBeFocused();
  await row.click();
  await desk.fill({ lots: '0.02' });
  await desk.killSwitch.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(drawer).toBeVisible();
});

test('beside an unknown order nothing is fired that does not name it', async ({ desk, paper }) => {
  paper('--fault', 'drop');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.dontAsk();
  await desk.fill({ sl: '2000', tp: '4000', id: 'VENOM_XAU_001' });
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await desk.expectNewest({ State: 'unknown' });
  await desk.expectLampsStay('live');

  await desk.priced();
  await desk.fill({ id: 'VENOM_XAU_002' });
  await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
  const known = desk.confirm.getByRole('checkbox', { name: 'I know that VENOM_XAU_001 may be open' });
  const fire = desk.confirm.getByRole('button', { name: 'Fire' });
  await expect(fire).toBeDisabled();
  await expect(known).toBeFocused();
  await known.check();
  await expect(fire).toBeEnabled();
  await known.uncheck();
  await expect(fire).toBeDisabled();
  await known.check();
  await fire.click();
  await desk.expectNewest({ ID: 'VENOM_XAU_002', State: 'unknown' });

  await desk.expectLampsStay('live');
  // One-click ends with the connection that it was switched on for.
  await expect(desk.oneClick).not.toBeChecked();
  await desk.fill({ symbol: 'EURUSD', id: 'VENOM_EUR_001' });
  await desk.fire('Sell');
  await desk.expectNewest({ ID: 'VENOM_EUR_001', State: 'unknown' });
});

test('a close counts when telemetry agrees, disarmed and under the kill switch too', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await expect(page.getByRole('region', { name: 'Account' })).toContainText('Positions2');
  await desk.ticket.getByRole('button', { name: 'Close XAUUSD' }).click();
  const dialog = desk.dialog('Confirm close');
  await expect(dialog).toContainText('Close all positions in XAUUSD');
  await expect(dialog).toContainText('only positions with its own magic number (20250101)');
  await expect(dialog).toContainText('2 positions are open on the account');
  await expect(dialog).toContainText('{"type":"signal","action":"close","symbol":"XAUUSD","lot":0.01,"tp":0,"sl":0,');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);

  await desk.close('XAUUSD');
  await desk.expectNewest({ Side: 'Close', Symbol: 'XAUUSD', State: 'filled', Error: /1 position remains/ });
  await expect(desk.ticket).toContainText('1 position remains');
  const drawer = await desk.openNewest();
  await expect(drawer).toContainText('The EA reports the close as done');
  await page.keyboard.press('Escape');

  await desk.killSwitch.click();
  await desk.close('all');
  await desk.expectNewest({ Side: 'Close all', Symbol: 'ALL', State: 'filled', Error: /no positions remain/i });
});

test('limits that are edited in the window refuse the next order', async ({ desk, paper, page, serving }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.tab('Limits').click();
  const limits = page.getByRole('table', { name: 'Limits' });
  await expect(limits.getByRole('row', { name: 'Open trades' })).toContainText('off');
  await page.getByRole('button', { name: 'Edit limits' }).click();
  const settings = desk.dialog('Bridge settings');
  const save = settings.getByRole('button', { name: 'Save' });

  await settings.getByLabel('Open trades').fill('1.5');
  await expect(settings).toContainText('A whole number of 1 or more, or empty for off.');
  await expect(save).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(settings).toContainText('Nothing is saved yet.');
  await settings.getByRole('button', { name: 'Fang' }).click();
  await expect(settings.getByLabel('Open trades')).toHaveValue('2');
  await settings.getByLabel('Largest lots').fill('0.05');
  await save.click();
  await expect(settings).toBeHidden();

  await expect(limits.getByRole('row', { name: 'Open trades' })).toContainText(/2at most 2blocked/);
  await expect(desk.tab('Limits')).toContainText('1 refusing');
  await desk.expectBlocked('A limit refuses every buy and sell: Open trades 2, allowed at most 2.');
  await serving.cli(...anOrder);
  await desk.tab('Executions').click();
  await desk.expectNewest({
    State: 'refused',
    Error: /^Open trades, with orders on their way or unknown: 2; the limit is 2\./,
  });

  await desk.tab('Limits').click();
  await page.getByRole('button', { name: 'Edit limits' }).click();
  await expect(settings.getByRole('button', { name: 'Fang' })).toHaveAttribute('aria-pressed', 'true');
  await expect(settings.getByLabel('Open trades')).toHaveAccessibleDescription(/the next order is refused\.$/);
  await settings.getByLabel('Open trades').fill('');
  await expect(settings).toContainText('Off: any number of trades may be open.');
  await save.click();
  const looser = desk.dialog('Loosen limits of Main');
  await expect(looser).toContainText('Open trades2 → off');
  await looser.getByRole('button', { name: 'Cancel' }).click();
  await expect(limits.getByRole('row', { name: 'Open trades' })).toContainText('at most 2');
  await save.click();
  await looser.getByRole('button', { name: 'Loosen' }).click();
  await expect(settings).toBeHidden();
  await expect(desk.trade('Buy')).toHaveAttribute('aria-disabled', 'false');
  await desk.fill({ lots: '0.1' });
  await desk.trade('Buy').click();
  await expect(desk.ticket).toContainText('Lots 0.1 are above the maximum of 0.05.');
  await desk.fill({ lots: '0.05' });
  await desk.fire('Buy');
  await desk.tab('Executions').click();
  await desk.expectNewest({ State: 'filled' });
});

test('day start and peak are re-based with a note', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await desk.tab('Limits').click();
  const panel = page.getByRole('tabpanel', { name: 'Limits' });
  await expect(panel).toContainText('Re-basednever');
  await panel.getByRole('button', { name: 'Re-base' }).click();
  const dialog = desk.dialog('Re-base day start and peak');
  await expect(dialog).toContainText('After a deposit or a withdrawal');
  await dialog.getByLabel('Note').fill('500 withdrawn');
  await dialog.getByRole('button', { name: 'Re-base' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel).not.toContainText('Re-basednever');
  await desk.tab('Alarms').click();
  await expect(page.getByRole('table', { name: 'Alarms' })).toContainText('Day start and peak equity were re-based');
});

test('another account stops trading until a person accepts it', async ({ desk, paper, page, serving }) => {
  const before = paper();
  await desk.expectLamps('live');
  await desk.arm();
  await before.end('SIGKILL');
  await desk.expectLamps('down');
  paper('--login', '2', '--uuid', 'other');
  const notice = page.getByRole('main');
  await expect(notice).toContainText('The EA is now on account other; before, it was on paper-001.');
  await desk.expectLamps('live');
  await expect(desk.armed).not.toBeChecked();
  await desk.armed.click();
  await expect(page.getByText('The bridge was not armed.')).toBeVisible();
  await desk.expectBlocked('The EA is now on account other; before, it was on paper-001.');
  await serving.cli(...anOrder);
  await desk.expectNewest({ State: 'refused', Error: /^The EA is now on account other/ });

  const accept = page.getByRole('button', { name: 'Accept account' });
  await accept.click();
  const dialog = desk.dialog('Accept account');
  await expect(dialog).toContainText('Beforepaper-001');
  await expect(dialog).toContainText('Nowother');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(accept).toBeVisible();
  await accept.click();
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await expect(accept).toBeHidden();
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });
});

test('an EA that does not name its account is named by a person', async ({ desk, page, serving }) => {
  const { command, telemetry } = serving.bridge();
  const [pull, push] = [new Pull({ linger: 0 }), new Push({ linger: 0 })];
  pull.connect(command);
  push.connect(telemetry);
  const heartbeat = { type: 'heartbeat', balance: 3000, equity: 2987.5, positions: 1, timestamp: 'x' };
  const timer = setInterval(() => void push.send(JSON.stringify(heartbeat)), 300);
  try {
    await expect(desk.lamp('Telemetry')).toHaveText('live');
    await expect(page.getByText('The EA has not named its account.')).toBeVisible({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.getByLabel('Account name').fill('my account');
    await page.getByRole('button', { name: 'Name account' }).click();
    await expect(page.getByText('The EA has not named its account.')).toBeHidden();
    await desk.arm();
  } finally {
    clearInterval(timer);
    pull.close();
    push.close();
  }
});

test.describe('a bridge whose stop unit and position mode are not set', () => {
  test.use({ config: { stopUnit: null, positionMode: null, currency: 'USD', leverage: 100 } });

  test('trades nothing until a person has set them', async ({ desk, paper, page, serving }) => {
    paper();
    await desk.expectLamps('live');
    await desk.arm();
    await desk.expectBlocked('reads stops as points or as prices');
    await serving.cli(...anOrder);
    await desk.expectNewest({ State: 'refused', Error: /reads stops as points or as prices/ });
    await expect(page.getByRole('button', { name: 'Set the position mode' })).toBeVisible();
    await page.getByRole('button', { name: 'Set the stop unit' }).click();
    const settings = desk.dialog('Bridge settings');
    await settings.getByLabel('Stop unit').selectOption('points');
    await settings.getByLabel('Position mode').selectOption('hedging');
    await expect(settings).toContainText('Saving disarms the bridge');
    await settings.getByRole('button', { name: 'Save' }).click();
    await expect(settings).toBeHidden();
    await expect(page.getByRole('button', { name: 'Set the stop unit' })).toBeHidden();
    await expect(desk.armed).not.toBeChecked();
    await desk.arm();
    await desk.fire('Buy');
    await desk.expectNewest({ State: 'filled' });
  });
});
