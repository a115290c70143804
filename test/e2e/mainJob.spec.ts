import { Buffer } from 'node:buffer';
import { Push } from 'zeromq';
import { python, startPythonEa } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { expect, test } from './desk.ts';

test('lamps go from listening to live when an EA connects, and to down within 2 s when it is killed', async ({
  desk,
  paper,
}) => {
  await desk.expectLamps('listening');
  const ea = paper();
  await desk.expectLamps('live');
  await ea.end('SIGKILL');
  await desk.expectLamps('down', 2_000);
  paper();
  await desk.expectLamps('live');
});

test('the account moves, and the charts draw it', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  const account = page.getByRole('region', { name: 'Account' });
  await expect(account).toContainText('10,000.00');
  await expect(page.getByText('1000001 @ BITTEN-Paper-Demo')).toBeVisible();
  await expect(page.getByText('DEMO', { exact: true })).toBeVisible();
  const before = await account.textContent();
  await expect.poll(() => account.textContent()).not.toBe(before);
  await page.getByLabel('Left chart').getByRole('radio', { name: 'Margin', exact: true }).click();
  for (const name of ['Equity', 'Margin']) {
    const line = page.getByRole('region', { name, exact: true }).locator('path.chart-line').first();
    await expect.poll(async () => ((await line.getAttribute('d')) ?? '').length).toBeGreaterThan(20);
  }
});

test('a Buy from the ticket is filled, with ticket and price', async ({ desk, paper }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ symbol: 'XAUUSD', lots: '0.1', sl: '2000', tp: '4000', id: 'VENOM_XAU_001' });
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await expect(desk.confirm).toContainText(
    '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":4000,"sl":2000,"signal_id":"VENOM_XAU_001"}',
  );
  await desk.confirm.getByRole('button', { name: 'Fire' }).click();
  await desk.expectNewest({
    ID: 'VENOM_XAU_001',
    Side: 'Buy',
    Symbol: 'XAUUSD',
    Lots: '0.10',
    SL: '2000 pts',
    TP: '4000 pts',
    State: 'filled',
    Ticket: /^\d+$/,
    Price: /^23\d\d(\.\d+)?$/,
    'Round trip': /ms$/,
  });
  await expect(desk.ticket).toContainText('Filled as ticket');
});

test('the table has the headers that people and tests know', async ({ desk }) => {
  await expect(desk.executions.getByRole('columnheader')).toHaveText([
    'Time', 'ID', 'Side', 'Symbol', 'Lots', 'SL', 'TP', 'State', 'Ticket', 'Price', 'Error', 'Round trip',
  ]); // prettier-ignore
});

test('a Cancel sends nothing, and Escape neither', async ({ desk, paper }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
  await desk.confirm.getByRole('button', { name: 'Cancel' }).click();
  await expect(desk.confirm).toBeHidden();
  await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
  await desk.page.keyboard.press('Escape');
  await expect(desk.confirm).toBeHidden();
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});

test.describe('with the currency of the account known', () => {
  test.use({ config: { currency: 'USD', leverage: 100 } });

  test('the dialog can be turned off, but an order without a stop is asked about all the same', async ({
    desk,
    paper,
  }) => {
    paper();
    await desk.expectLamps('live');
    await desk.arm();
    await desk.dontAsk();
    await desk.fill({ sl: '2000', tp: '4000', id: 'QUICK_1' });
    await desk.priced();
    await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
    await desk.expectNewest({ ID: 'QUICK_1', Side: 'Sell', State: 'filled' });
    await desk.fill({ sl: '', id: 'QUICK_2' });
    await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
    await expect(desk.confirm).toContainText('none');
    await desk.confirm.getByRole('button', { name: 'Cancel' }).click();
  });
});

test('a rejected order shows the words of the EA', async ({ desk, paper }) => {
  paper('--fault', 'reject');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'rejected', Error: /^Trade is not allowed Switch Algo Trading on in MT5/ });
  await expect(desk.ticket).toContainText('Trade is not allowed');
});

test('an order without an answer is unknown, and its late answer settles it', async ({ desk, paper }) => {
  paper('--fault', 'delay', '--delay-ms', '20000');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'unknown', Error: /Look in MT5/ }, 15_000);
  await desk.expectNewest({ State: 'filled', Error: /Late/ }, 20_000);
  await desk.page.getByRole('tab', { name: 'Alarms' }).click();
  await expect(desk.page.getByRole('table', { name: 'Alarms' })).toContainText(/came \d\d s after/);
});

test('an order whose connection drops is unknown', async ({ desk, paper }) => {
  paper('--fault', 'drop');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'unknown', Error: /connection was lost/ });
});

test('an EA that is lost is said everywhere, and an order after it is refused', async ({
  desk,
  paper,
  page,
  serving,
}) => {
  const ea = paper();
  await desk.expectLamps('live');
  await desk.arm();
  await ea.end('SIGKILL');
  await desk.expectLamps('down', 2_000);
  await desk.expectBlocked('In MT5, attach the EA');
  await expect(desk.trade('Buy')).toContainText('no EA');
  await expect(page.getByRole('main')).toContainText(/The EA is gone, since \d\d:\d\d:\d\d\./);
  await expect(page.getByRole('status').filter({ hasText: 'no EA' })).toBeVisible();
  await serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.01', '--no-sl');
  await desk.expectNewest({ State: 'refused', Error: /^No EA is connected to tcp/ });
  await desk.tab('Alarms').click();
  await expect(page.getByRole('table', { name: 'Alarms' })).toContainText('is gone while the bridge is armed');
  await expect(page.getByRole('tabpanel', { name: 'Alarms' })).toContainText('Nothing is bought or sold now: no EA.');
});

test('a disarmed bridge refuses, and says how to go on before anything is fired', async ({ desk, paper, serving }) => {
  paper();
  await desk.expectLamps('live');
  await desk.expectBlocked('The bridge is not armed.');
  await serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.01', '--no-sl');
  await desk.expectNewest({ State: 'refused', Error: /^The bridge is not armed\./ });
});

test('answers that come twice, or for an order never sent, are counted once and alarmed', async ({
  desk,
  paper,
  page,
}) => {
  paper('--fault', 'stranger');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });
  await page.getByRole('tab', { name: 'Alarms' }).click();
  await expect(page.getByRole('table', { name: 'Alarms' })).toContainText(
    'NEVER_SENT_1, which was never sent from here',
  );
});

test('what is typed wrong is said in the field, and nothing is fired', async ({ desk, paper }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  for (const [fields, words] of [
    [{ lots: '0,1' }, 'write the decimals after a point'],
    [{ lots: '0.016' }, 'at most 2 decimals'],
    [{ lots: '0.1', sl: '2341.5' }, 'whole number of points'],
    [{ sl: '20', symbol: 'XAU,USD' }, 'Symbol "XAU,USD" must have'],
    [{ symbol: 'XAUUSD', id: 'no blanks' }, 'Signal ID "no blanks" must be'],
  ] as const) {
    await desk.fill(fields);
    await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
    await expect(desk.ticket).toContainText(words);
    await expect(desk.confirm).toBeHidden();
  }
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});

test('frames that cannot be read are listed with their reason, and the stream goes on', async ({
  desk,
  paper,
  page,
  serving,
}) => {
  await desk.expectLamps('listening');
  const push = new Push({ linger: 0 });
  push.connect(serving.bridge().telemetry);
  await push.send(Buffer.from('{"type":"error","signal_id":"S10","error":"Trade failed: "Market is closed"}'));
  await push.send(Buffer.alloc(16 * 1024 * 1024));
  await page.getByRole('tab', { name: 'Unreadable frames' }).click();
  const table = page.getByRole('table', { name: 'Unreadable frames' });
  await expect(table.locator('tbody tr')).toHaveCount(2);
  await expect(table).toContainText('The frame has 16777216 bytes; at most 1048576 are read.');
  await expect(table).toContainText('Market is closed');
  push.close();
  paper();
  await desk.expectLamps('live');
});

test('two EAs: the second gets nothing, trading stops until a person resumes', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  const second = paper('--login', '2', '--uuid', 'other');
  const notice = page.getByText('A second EA at 127.0.0.1 tries to connect, so trading is stopped.');
  await expect(notice).toBeVisible();
  await desk.expectBlocked('A second EA at 127.0.0.1 tried to connect; trading is stopped.');
  await page.getByRole('button', { name: 'Resume trading' }).click();
  await expect(page.getByText('still tries to connect')).toBeVisible();
  await second.end('SIGKILL');
  await expect(async () => {
    if (await notice.isVisible()) await page.getByRole('button', { name: 'Resume trading' }).click({ timeout: 1_000 });
    await expect(notice).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled' });
});

test.describe('an EA written with another ZeroMQ library', () => {
  test.skip(python === null, 'no Python with pyzmq');

  test('connects, fills and is killed', async ({ desk, serving }) => {
    const ea = startPythonEa(serving.bridge(), 'fill');
    await desk.expectLamps('live');
    await desk.arm();
    await desk.fill({ lots: '0.1', sl: '20', tp: '40', id: 'VENOM_XAU_001' });
    await desk.fire('Buy');
    await desk.expectNewest({ State: 'filled', Ticket: '500001', Price: '2341.22' });
    await until(
      () =>
        ea.output.stdout
          .split('\n')
          .includes(
            '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
          ),
      'the EA has these bytes',
    );
    await ea.end('SIGKILL');
    await desk.expectLamps('down', 2_000);
  });
});
