import type { AppState } from '../../src/api/state/state.ts';
import { startQuotingEa, type Hello8, type QuotingEa } from '../support/quotingEa.ts';
import { expect, test as base } from './desk.ts';

// What the window shows of an EA of protocol 8 alone.

const test = base.extend<{ ea: (hello?: Hello8) => QuotingEa }>({
  ea: async ({ serving }, use) => {
    const started: QuotingEa[] = [];
    await use((hello = {}) => {
      const ea = startQuotingEa(serving.bridge(), { account: 1_000_001, server: 'Broker-Demo' }, hello);
      started.push(ea);
      return ea;
    });
    await Promise.all(started.map((each) => each.end()));
  },
});

test.use({ config: { stopUnit: 'points', positionMode: 'hedging', currency: 'USD', leverage: 100 } });

test('the kill switch says which EA has not confirmed it, and a release which one still takes closes alone', async ({
  desk,
  ea,
  page,
}) => {
  const running = ea();
  await desk.expectLamps('live');
  await expect(desk.armed).not.toBeChecked();
  await desk.arm();
  running.obeys(false);
  await desk.killSwitch.click();
  const banner = page.getByRole('alert').filter({ hasText: 'The kill switch is on' });
  await expect(banner).toContainText('Not confirmed yet by the EA of main: look in MT5 whether it runs.');
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

test('an EA that another desk has closed is released by a person alone', async ({ desk, ea, page, serving }) => {
  ea({ close_only: true });
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

test('an EA of a newer desk is taken over by the name of its account, disarmed', async ({ desk, ea, page }) => {
  ea({ epoch: 41 });
  await expect(page.getByText('This EA belongs to another or a newer desk: it has seen start 41')).toBeVisible();
  await desk.arm();
  await desk.expectBlocked('This EA belongs to another or a newer desk');
  await page.getByRole('button', { name: 'Take over this EA' }).click();
  const dialog = desk.dialog('Take over this EA');
  const take = dialog.getByRole('button', { name: 'Take over', exact: true });
  await expect(take).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill('1000001');
  await expect(take).toBeDisabled();
  await dialog.getByLabel(/^Type .* to confirm$/).fill('1000001@Broker-Demo');
  await take.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Take over this EA' })).toBeHidden();
  await expect(desk.armed).not.toBeChecked();
});

test('the question before an order shows the command as an EA of protocol 8 gets it', async ({ desk, ea }) => {
  const running = ea();
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
