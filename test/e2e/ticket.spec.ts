import type { Page } from '@playwright/test';
import { Pull, Push } from 'zeromq';
import { startServe } from '../support/processes.ts';
import { startQuotingEa } from '../support/quotingEa.ts';
import { Desk, expect, test } from './desk.ts';

// The ticket as a trader's hands know it: keys, one-click, presets, and two buttons that never move.

test.use({ config: { currency: 'USD', leverage: 100, pipsConfirmed: true } });

/** What the focus is on, by the name that a person hears. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const labels = element instanceof HTMLInputElement ? element.labels : null;
    return labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}

test('a trade by keys alone: from the shortcut to the fill', async ({ desk, paper, page }) => {
  paper('--unrest', '0', '--positions', '0');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.armed.evaluate((element: HTMLElement) => {
    element.blur();
  });
  await page.keyboard.press('/');
  expect(await focused(page)).toBe('Symbol');
  await page.keyboard.type('eur');
  await expect(desk.ticket.getByRole('option').first()).toContainText('EURUSD');
  await page.keyboard.press('Enter');
  await expect(desk.ticket.getByLabel('Symbol')).toHaveValue('EURUSD');
  const order: string[] = [];
  for (const [word, text] of [
    ['Lots', '0.2'],
    ['Stop loss', '200'],
    ['Take profit', '400'],
  ] as const) {
    // Between them stand what the size and the stops are typed in, and the quick lots.
    for (let steps = 0; steps < 5 && (await focused(page)) !== word; steps += 1) await page.keyboard.press('Tab');
    order.push(await focused(page));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Tab');
  order.push(await focused(page));
  await expect(desk.ticket).toContainText('The EA receives on Sell');
  await page.keyboard.press('Tab');
  order.push(await focused(page));
  expect(order).toEqual(['Lots', 'Stop loss', 'Take profit', 'Sell', 'Buy']);
  const shown = await desk.ticket.getByText('{"type":"signal"').textContent();
  expect(shown).toMatch(
    /^\{"type":"signal","action":"buy","symbol":"EURUSD","lot":0.2,"tp":400,"sl":200,"signal_id":"BD_EURUSD_\w{8}"\}$/,
  );
  await desk.priced();
  await page.keyboard.press('Enter');
  await expect(desk.confirm).toContainText(shown ?? '');
  await page.keyboard.press('Enter');
  await desk.expectNewest({ Side: 'Buy', Symbol: 'EURUSD', Lots: '0.20', State: 'filled' });
  expect(shown).toContain(`"signal_id":"${await desk.cell('ID')}"`);
  await expect(desk.ticket).toContainText('Filled as ticket');
  await expect(desk.executions.locator('tbody tr')).toHaveCount(1);
});

test('keys choose a side and always ask; in a field they are letters, and under a dialog nothing', async ({
  desk,
  paper,
  page,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.dontAsk();
  await desk.ticket.getByLabel('Symbol').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await expect(desk.confirm).toContainText('Sell 0.01 lots XAUUSD');
  await page.keyboard.press('b');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  // Escape closes it at once, and the window goes on a moment later.
  await expect(page.locator('dialog')).toHaveCount(0);
  await page.keyboard.press('t');
  await page.keyboard.press('b');
  await expect(desk.ticket.getByLabel('Symbol')).toHaveValue('b');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(desk.dialog('Keyboard shortcuts')).toContainText('Kill switch, at once and from anywhere');
  await page.keyboard.press('Control+Shift+K');
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(desk.dialog('Keyboard shortcuts')).toBeHidden();
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});

test('one-click is switched on deliberately, shows it, sends once at a press, and is off after a reload', async ({
  desk,
  paper,
  page,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ lots: '0.1', sl: '2000', tp: '4000' });
  await expect(desk.oneClick).not.toBeChecked();
  await desk.oneClick.click();
  await desk.dialog('Switch one-click on').getByRole('button', { name: 'Cancel' }).click();
  await expect(desk.oneClick).not.toBeChecked();
  await desk.dontAsk();
  await expect(desk.oneClick).toHaveText('One-click ON');
  await desk.priced();
  const buy = desk.ticket.getByRole('button', { name: 'Buy', exact: true });
  await buy.dblclick();
  await desk.expectNewest({ Side: 'Buy', State: 'filled' });
  await expect(desk.executions.locator('tbody tr')).toHaveCount(1);
  // A key that is held down: the browser repeats it.
  const sell = desk.ticket.getByRole('button', { name: 'Sell', exact: true });
  await sell.focus();
  for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await desk.expectNewest({ Side: 'Sell', State: 'filled' });
  await expect(desk.executions.locator('tbody tr')).toHaveCount(2);
  await expect(sell).toBeFocused();
  await page.reload();
  await desk.expectLamps('live');
  await expect(desk.oneClick).not.toBeChecked();
});

test('Sell and Buy stay where they are through every state', async ({ desk, paper, page }) => {
  const boxes = () =>
    Promise.all(
      (['Sell', 'Buy'] as const).map((name) => desk.ticket.getByRole('button', { name, exact: true }).boundingBox()),
    );
  await desk.expectLamps('listening');
  const place = await boxes();
  const still = async (state: string): Promise<void> => {
    expect(await boxes(), state).toEqual(place);
  };
  const ea = paper('--unrest', '0', '--positions', '0', '--fault', 'silent');
  await desk.expectLamps('live');
  await still('live');
  await desk.arm();
  await desk.fill({ lots: '0,1' });
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await expect(desk.ticket).toContainText('write the decimals after a point');
  await still('an error');
  await desk.fill({ lots: '0.1', sl: '2000', tp: '4000', id: 'STILL_1' });
  await expect(desk.ticket).toContainText('1 : 2.0');
  await still('a bar and hints');
  await desk.ticket.getByRole('radio', { name: 'Money' }).click();
  await desk.fill({ sl: '0.01', tp: '99999' });
  await still('a gap');
  await desk.ticket.getByRole('radio', { name: 'Points' }).click();
  await desk.dontAsk();
  await still('one-click');
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  await expect(desk.ticket).toContainText('waiting');
  await still('waiting');
  await desk.expectNewest({ ID: 'STILL_1', State: 'unknown' }, 20_000);
  await still('unknown');
  await desk.fill({ symbol: 'NOT-KNOWN', id: '' });
  await expect(desk.ticket).toContainText('No quote for this symbol');
  await still('another symbol');
  await page.keyboard.press('Escape');
  await ea.end('SIGKILL');
  await desk.expectLamps('down');
  await still('down');
});

/** An EA that sends four figures and no quotes, and trades 0.04 lots of what it is asked for. */
function startPartlyFilling({ command, telemetry }: { command: string; telemetry: string }): () => void {
  const [pull, push] = [new Pull({ linger: 0 }), new Push({ linger: 0 })];
  const say = (message: object): void => void push.send(JSON.stringify(message)).catch(() => undefined);
  pull.connect(command);
  push.connect(telemetry);
  const account = { account: 5512345, server: 'Broker-Demo', balance: 3000, equity: 2990, margin: 40, positions: 1 };
  const timer = setInterval(() => {
    say({ type: 'heartbeat', ...account, free_margin: 2950 });
  }, 300);
  void (async () => {
    for await (const [frame] of pull) {
      const { type, signal_id } = JSON.parse(String(frame)) as { type: string; signal_id?: string };
      if (type === 'ping') say({ type: 'pong' });
      if (type === 'signal')
        say({ type: 'trade_result', signal_id, status: 'success', ticket: 88123, price: 2341.5, lot: 0.04 });
    }
  })();
  return () => {
    clearInterval(timer);
    pull.close();
    push.close();
  };
}

test('nothing that the ticket says is cut, and what was traded stands beside what was asked', async ({
  desk,
  page,
  serving,
}) => {
  const whole = async (what: string): Promise<void> => {
    for (const box of [
      desk.ticket.getByRole('group', { name: 'What becomes of the order' }),
      desk.ticket.getByRole('status', { name: 'What is not known' }),
    ]) {
      const hidden = await box.evaluate((element) => element.scrollHeight - element.clientHeight);
      expect(hidden, what).toBeLessThanOrEqual(0);
    }
    const column = await desk.ticket.evaluate(({ parentElement: aside }) =>
      aside === null ? 0 : aside.scrollHeight - aside.clientHeight,
    );
    expect(column, `${what}: the ticket fits the window`).toBeLessThanOrEqual(0);
  };
  const end = startPartlyFilling(serving.bridge());
  try {
    await desk.expectLamps('live');
    await whole('disarmed');
    await expect(async () => {
      await desk.arm();
    }).toPass();
    await desk.fill({ symbol: 'Volatility 75 Index', lots: '0.1', sl: '200', tp: '400' });
    await expect(desk.ticket).toContainText('Point not checked, margin after: not known.');
    await whole('a symbol that nobody knows');
    await desk.fill({ symbol: 'XAUUSD', sl: '2000', tp: '4000', id: 'PART_1' });
    await desk.fire('Buy');
    await desk.expectNewest({ ID: 'PART_1', State: 'filled', Lots: '0.04 of 0.10' });
    await expect(desk.ticket).toContainText('Filled 0.04 of 0.10 lots as ticket 88123');
    await whole('a part');
    const lots = page.getByTitle('0.04 of 0.10 lots were traded');
    expect(await lots.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await expect(desk.tab('Alarms')).toContainText('1 critical');
    await desk.tab('Alarms').click();
    await desk.tab('Executions').click();
    await expect(desk.tab('Alarms')).not.toContainText('critical');
  } finally {
    end();
  }
});

test('a stop is shown in every unit, and in money it is sent in the unit of the EA', async ({ desk, paper }) => {
  paper('--unrest', '0', '--positions', '0');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.ticket.getByRole('group', { name: 'Quick sizes' }).getByRole('button', { name: '0.10' }).click();
  await desk.ticket.getByRole('radio', { name: 'Money' }).click();
  await desk.fill({ sl: '50', tp: '100' });
  await expect(desk.ticket).toContainText(/= 500\spoints · 50\.0\spips · 2336\.34/);
  await expect(desk.ticket).toContainText('1 : 2.0');
  await desk.fire('Buy');
  await desk.expectNewest({ Lots: '0.10', SL: '500 pts', TP: '1000 pts', State: 'filled' });
});

test('presets, favourites and quick lots survive a restart, and a default preset fills the ticket', async ({
  browser,
  desk,
  serving,
}) => {
  const { page, ticket } = desk;
  await desk.fill({ symbol: 'EURUSD', lots: '0.3', sl: '150', tp: '300' });
  await ticket.getByRole('button', { name: 'Presets' }).click();
  await page.getByLabel('Keep the ticket as').fill('Scalp');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: /^Scalp/ })).toContainText('0.30 lots, SL 150, TP 300 points');
  await page.keyboard.press('Escape');
  await expect(ticket.getByRole('button', { name: 'Preset Scalp' })).toBeVisible();
  await ticket.getByLabel('Symbol').fill('USDJPY');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Enter');
  await ticket.getByRole('button', { name: 'Change the quick sizes' }).click();
  await page.getByLabel('Quick lots').fill('0.07 3');
  await page.getByRole('button', { name: 'For USDJPY' }).click();
  await expect(ticket.getByRole('group', { name: 'Quick sizes' }).getByRole('button', { name: '0.07' })).toBeVisible();
  await serving.end();

  const again = await startServe([], serving.dataDir);
  try {
    const other = new Desk(await browser.newPage());
    await other.page.goto(again.ready.dashboard ?? '');
    await other.ticket.getByLabel('Symbol').click();
    await expect(other.ticket.getByRole('group', { name: 'Favourites' }).getByRole('option')).toContainText(['USDJPY']);
    await other.page.keyboard.press('Enter');
    await other.fill({ symbol: 'eurusd' });
    await expect(other.ticket.getByLabel('Symbol')).toHaveValue('EURUSD');
    await expect(other.ticket.getByLabel('Lots')).toHaveValue('0.30');
    await expect(other.ticket.getByLabel('Stop loss')).toHaveValue('150');
    await expect(other.ticket.getByRole('button', { name: 'Preset Scalp' })).toBeVisible();
    await other.fill({ symbol: 'USDJPY' });
    await expect(
      other.ticket.getByRole('group', { name: 'Quick sizes' }).getByRole('button', { name: '3.00' }),
    ).toBeVisible();
    await other.page.context().close();
  } finally {
    await again.end('SIGKILL');
  }
});

test('an order on screen is renewed with each quote; one that would become another is asked about anew', async ({
  desk,
  serving,
  page,
}) => {
  const ea = startQuotingEa(serving.bridge());
  try {
    await desk.expectLamps('live');
    await desk.arm();
    await desk.fill({ symbol: 'XAUUSD', sl: '2000', tp: '4000' });
    await desk.priced();
    const alert = desk.confirm.getByRole('alert');
    const buy = desk.ticket.getByRole('button', { name: 'Buy', exact: true });
    await buy.click();
    await expect(desk.confirm).toContainText(/Price2341\.30?\D.*Stop at2321\.30?\D/);
    await ea.quote(2350);
    await expect(desk.confirm).toContainText(/Price2350\.30?\D.*Stop at2330\.30?\D/);
    await expect(alert).toBeHidden();
    await page.keyboard.press('Escape');

    // A stop that is typed as a price is another distance at another price: nobody sees that change under a press.
    await desk.ticket.getByRole('radio', { name: 'Price' }).click();
    await desk.fill({ sl: '2330.3', tp: '2390.3' });
    await buy.click();
    await expect(desk.confirm).toContainText(/Price2350\.30?\D/);
    await ea.quote(2360);
    await expect(desk.ticket.getByTitle('Ask', { exact: true })).toContainText('2360');
    await desk.confirm.getByRole('button', { name: 'Fire' }).click();
    await expect(alert).toContainText('the price changed from 2350.3 to 2360.3, so it was not sent.');
    await expect(desk.confirm).toContainText(/Price2360\.30?\D.*Stop at2330\.30?\D/);
    await desk.expectNewest({ State: 'refused', Error: /\(changed\)$/ });
    // A second press of Enter is not meant for this one.
    expect(await focused(page)).toBe('Cancel');
    expect(ea.signals).toEqual([]);
    await desk.confirm.getByRole('button', { name: 'Fire' }).click();
    await desk.expectNewest({ State: 'filled' });
    expect(ea.signals).toMatchObject([{ sl: 3000, tp: 3000 }]);
  } finally {
    await ea.end();
  }
});
