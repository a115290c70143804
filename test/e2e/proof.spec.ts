import { Context, Pull, Push } from 'zeromq';
import { expect, test, type Desk } from './desk.ts';

test.describe.configure({ timeout: 120_000 });

const open = async (desk: Desk) => {
  await desk.page.getByRole('button', { name: 'Check connection' }).click();
  const sheet = desk.dialog('Connection of Main');
  await expect(sheet).toBeVisible();
  return sheet;
};

/** Sockets of an EA under the test's control. */
function socket(Kind: typeof Pull | typeof Push, endpoint: string): () => void {
  const context = new Context();
  context.blocky = false;
  const made = new Kind({ context, linger: 0, reconnectInterval: 50 });
  made.connect(endpoint);
  return () => {
    made.close();
  };
}

test('the check is one click away, stops at the first layer that fails, and follows what is mended', async ({
  desk,
  paper,
  serving,
}) => {
  const { command, telemetry } = serving.bridge();
  const sheet = await open(desk);
  const layer = (name: string) => sheet.getByRole('listitem', { name, exact: true });
  await expect(sheet.getByText('The connection does not work yet.')).toBeVisible();
  await expect(layer('Ports bound')).toContainText('ok');
  await expect(layer('An EA reached us')).toContainText('Nothing has connected to');
  await expect(layer('An EA reached us')).toContainText('allow DLL imports');
  await expect(layer('It speaks ZeroMQ')).toContainText('not checked');

  const ends = [socket(Push, command), socket(Pull, telemetry)];
  await expect(layer('It speaks ZeroMQ')).toContainText('most likely crossed');
  await expect(layer('It speaks ZeroMQ')).toContainText(`Set BACKEND_ENDPOINT to ${command}`);
  for (const end of ends) end();

  paper();
  await expect(sheet.getByText('The connection works.')).toBeVisible();
  await expect(layer('Ping answered')).toContainText(/The EA answered a ping in [\d.]+ ms/);
  await expect(layer('EA and account')).toContainText('account 1000001 @ BITTEN-Paper-Demo: DEMO.');
  await expect(layer('Trading allowed')).toContainText('not reported');
});

test('it shows the flows, the lines of the EA and the day, and its report can be copied', async ({
  desk,
  paper,
  page,
  serving,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const ea = paper();
  await desk.expectLamps('live');
  const sheet = await open(desk);
  const flows = sheet.getByRole('region', { name: 'Flows' });
  await expect(flows).toContainText('PUSH → PULL');
  await expect(flows).toContainText('PULL ← PUSH');
  await expect(flows.getByRole('listitem').filter({ hasText: 'Telemetry' })).toContainText(/live[1-9][\d.]*\/s/);
  await expect(sheet.getByText('The connection works.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Copy report' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('The connection works.');
  expect(copied).toContain(`#define BACKEND_ENDPOINT "${serving.bridge().command}"`);
  await sheet.getByRole('button', { name: 'Copy the line for HEARTBEAT_ENDPOINT' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `#define HEARTBEAT_ENDPOINT "${serving.bridge().telemetry}"`,
  );

  await ea.end('SIGKILL');
  const day = sheet.getByRole('list', { name: 'Command over the day' });
  await expect(day).toContainText('no EA yet', { timeout: 20_000 });
  await expect(day).toContainText(/up for \d+ s/, { timeout: 30_000 });
  await expect(day).toContainText('down for', { timeout: 30_000 });
  const band = sheet.getByRole('slider', { name: 'Command, stretch of time' });
  await expect(band).toHaveAttribute('aria-valuetext', /down/);
  await band.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(band).not.toHaveAttribute('aria-valuetext', /down/);
});

test('an order there and back on a demo account, and Escape closes the sheet', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  const sheet = await open(desk);
  await sheet.getByLabel('Symbol to try').fill('EURUSD');
  await sheet.getByRole('button', { name: 'Try the smallest buy' }).click();
  await expect(desk.dialog('Try an order')).toContainText('0.01 lots EURUSD');
  await desk.dialog('Try an order').getByRole('button', { name: 'Buy' }).click();
  await desk.expectNewest({ Symbol: 'EURUSD', Lots: '0.01', State: 'filled' }, 30_000);
  await expect(sheet.getByRole('listitem', { name: 'Order there and back' })).toContainText('was filled in');
  await sheet.getByRole('button', { name: 'Close EURUSD again' }).click();
  await desk.dialog('Confirm close').getByRole('button', { name: 'Close' }).click();
  await desk.expectNewest({ Side: 'Close', State: 'filled' }, 60_000);
  await sheet.focus();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: 'Check connection' })).toBeFocused();
});

test('a live account is asked for twice before an order is tried', async ({ desk, paper }) => {
  paper('--server', 'Broker-1');
  await desk.expectLamps('live');
  await desk.arm();
  const sheet = await open(desk);
  await sheet.getByLabel('Symbol to try').fill('EURUSD');
  await sheet.getByRole('button', { name: 'Try the smallest buy' }).click();
  const dialog = desk.dialog('Try an order');
  const buy = dialog.getByRole('button', { name: 'Buy' });
  await expect(buy).toBeDisabled();
  await dialog.getByLabel('Type the account: 1000001').fill('1000001');
  await expect(buy).toBeDisabled();
  await dialog.getByLabel('Type the word: LIVE').fill('LIVE');
  await buy.click();
  await expect(sheet.getByRole('listitem', { name: 'Order there and back' })).toContainText('was filled in');
  await desk.expectNewest({ Symbol: 'EURUSD', State: 'filled' }, 30_000);
});

test('no pulse moves when the system asks for reduced motion', async ({ desk, paper, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  paper();
  await desk.expectLamps('live');
  const sheet = await open(desk);
  await expect(sheet.getByText('The connection works.')).toBeVisible();
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
