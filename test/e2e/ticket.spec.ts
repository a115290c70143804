import type { Page } from '@playwright/test';
import { Pull, Push } from 'zeromq';
import { startServe, type Serving } from '../support/processes.ts';
import { startQuotingEa, type EaAccount, type QuotingEa } from '../support/quotingEa.ts';
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
  // A question that a key has opened begins on Cancel: Fire is reached by a person.
  expect(await focused(page)).toBe('Cancel');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Fire');
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(desk.confirm).toBeHidden({ timeout: 200 });
  }).toPass();
  await desk.expectNewest({ Side: 'Buy', Symbol: 'EURUSD', Lots: '0.20', State: 'filled' });
  expect(shown).toContain(`"signal_id":"${await desk.cell('ID')}"`);
  await expect(desk.ticket).toContainText('Filled as ticket');
  await expect(desk.executions.locator('tbody tr')).toHaveCount(1);
});

test('chords choose a side and always ask, in a field too; letters do nothing, and under a dialog neither', async ({
  desk,
  paper,
  page,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.priced();
  await desk.dontAsk();
  await desk.ticket.getByLabel('Symbol').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.type('yes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Alt+s');
  await expect(desk.confirm).toContainText('Sell 0.01 lots XAUUSD');
  expect(await focused(page)).toBe('Cancel');
  await page.keyboard.press('Alt+b');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  // Escape closes it at once, and the window goes on a moment later.
  await expect(page.locator('dialog')).toHaveCount(0);
  for (const [key, name] of [
    ['Alt+o', 'Lots'],
    ['Alt+l', 'Stop loss'],
    ['Alt+p', 'Take profit'],
    ['Alt+t', 'Symbol'],
  ] as const) {
    await page.keyboard.press(key);
    expect(await focused(page)).toBe(name);
  }
  await page.keyboard.press('Alt+b');
  await expect(desk.confirm).toContainText('Buy 0.01 lots XAUUSD');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+c');
  await expect(desk.dialog('Confirm close')).toContainText('Close all positions in XAUUSD');
  expect(await focused(page)).toBe('Cancel');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await expect(desk.dialog('Keyboard shortcuts')).toContainText('Kill switch, at once and from anywhere');
  await page.keyboard.press('Control+Shift+K');
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(desk.dialog('Keyboard shortcuts')).toBeHidden();
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});

test('Enter is dead for a moment in a dialog, and a key that is held down is no key', async ({ desk, paper, page }) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.priced();
  // With nothing at stake, a pointer's question begins on Fire.
  await desk.trade('Buy').click();
  await page.keyboard.press('Enter');
  await expect(desk.confirm).toBeVisible();
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(desk.confirm).toBeVisible();
  await page.keyboard.press('Escape');
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
  // The list can know of the fill before the buttons do: until then they are dim, and a press does nothing.
  await expect(sell).toHaveAttribute('aria-disabled', 'false');
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
  await desk.fill({ sl: '2000', tp: '4000' });
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
    await page.getByRole('button', { name: 'Acknowledge all' }).click();
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

/** Starts an EA whose prices the test sets, with the ticket armed and filled. */
async function priceByHand(desk: Desk, serving: Serving, ea: Partial<EaAccount> = {}): Promise<QuotingEa> {
  const quoting = startQuotingEa(serving.bridge(), ea);
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ symbol: 'XAUUSD', lots: '0.01', sl: '2000', tp: '4000' });
  await desk.priced();
  return quoting;
}

test('a question lives: price, stop and money are those of now, and what has moved is marked', async ({
  desk,
  serving,
}) => {
  const ea = await priceByHand(desk, serving);
  try {
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText(/Bid \/ ask2341\.00? \/ 2341\.30?\D.*Stop at2321\.30?\D/);
    await expect(desk.confirm).not.toContainText('was');
    await ea.quote(2350);
    await expect(desk.confirm).toContainText(/Bid \/ ask2350\.00? \/ 2350\.30?was 2341/);
    await expect(desk.confirm).toContainText(/Stop at2330\.30? ?was 2321\.3/);
    await desk.page.keyboard.press('Escape');

    // A stop that is typed as a price stays at its price: its points are those of now.
    await desk.ticket.getByRole('radio', { name: 'Price' }).click();
    await desk.fill({ sl: '2330.3', tp: '2390.3' });
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText('Stop loss2000 points');
    await ea.quote(2360);
    await expect(desk.confirm).toContainText('Stop loss3000 pointswas 2000 points');
    await expect(desk.confirm).toContainText(/Stop at2330\.30?\D/);
    await expect(desk.confirm).toContainText('"tp":3000,"sl":3000');
    await desk.page.waitForTimeout(500);
    await desk.confirm.getByRole('button', { name: 'Fire' }).click();
    await desk.expectNewest({ State: 'filled' });
    expect(ea.signals).toMatchObject([{ sl: 3000, tp: 3000 }]);
  } finally {
    await ea.end();
  }
});

test('a look at a question ends after 10 s without a hand, and when the window loses the focus', async ({
  desk,
  serving,
  page,
}) => {
  const ea = await priceByHand(desk, serving);
  try {
    await desk.trade('Buy').click();
    const fire = desk.confirm.getByRole('button', { name: 'Fire' });
    const anew = desk.confirm.getByRole('button', { name: 'Show anew' });
    await expect(fire).toBeEnabled();
    await expect(anew).toBeVisible({ timeout: 12_000 });
    await expect(fire).toBeDisabled();
    await ea.quote(2355);
    await expect(desk.confirm).toContainText(/was 2341/);
    await anew.click();
    // What is shown anew is what the next look begins with.
    await expect(desk.confirm).not.toContainText('was');
    await expect(fire).toBeEnabled();
    expect(await focused(page)).toBe('Cancel');
    await page.evaluate(() => globalThis.dispatchEvent(new Event('blur')));
    await expect(fire).toBeDisabled();
    await anew.click();
    await expect(fire).toBeEnabled();
    await page.waitForTimeout(500);
    await fire.click();
    await desk.expectNewest({ State: 'filled' });
    // A close waits for as long as it takes.
    await desk.ticket.getByRole('button', { name: 'Close XAUUSD' }).click();
    await page.evaluate(() => globalThis.dispatchEvent(new Event('blur')));
    await expect(desk.dialog('Confirm close').getByRole('button', { name: 'Close' })).toBeEnabled();
    await expect(desk.dialog('Confirm close').getByTestId('fresh-bar')).toHaveCount(0);
  } finally {
    await ea.end();
  }
});

test('with money at stake it is said in red, and Enter and Space fire nothing before a person has moved to Fire', async ({
  desk,
  serving,
  page,
}) => {
  const ea = await priceByHand(desk, serving, { account: 5512345, server: 'Broker-Live' });
  try {
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText('LIVE · real money · 5512345 @ Broker-Live');
    expect(await focused(page)).toBe('Cancel');
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    await expect(desk.confirm).toBeHidden();
    await desk.trade('Buy').click();
    await page.waitForTimeout(500);
    await page.keyboard.press('Space');
    await expect(desk.confirm).toBeHidden();
    expect(ea.signals).toEqual([]);
    await desk.ticket.getByRole('button', { name: 'Close all' }).click();
    await expect(desk.dialog('Confirm close')).toContainText('LIVE · real money · 5512345 @ Broker-Live');
  } finally {
    await ea.end();
  }
});

test('a double click answers no question, even where Fire comes to lie under the pointer', async ({
  desk,
  serving,
  page,
}) => {
  const ea = await priceByHand(desk, serving, { account: 5512345, server: 'Broker-Live' });
  try {
    await page.goto(`${new URL(page.url()).origin}/?view=ticket`);
    await page.setViewportSize({ width: 340, height: 480 });
    await desk.priced();
    const box = await desk.trade('Buy').boundingBox();
    if (box === null) throw new Error('Buy is not there.');
    await page.mouse.dblclick(box.x + 60, box.y + box.height / 2);
    await expect(desk.confirm).toBeVisible();
    // However late the second click of a double click comes, it belongs to the first.
    await page.waitForTimeout(500);
    await desk.confirm.getByRole('button', { name: 'Fire' }).dispatchEvent('click', { detail: 2 });
    await page.waitForTimeout(500);
    await expect(desk.confirm).toBeVisible();
    expect(ea.signals).toEqual([]);
  } finally {
    await ea.end();
  }
});

test('a challenge account counts as money at stake, whatever its server is called', async ({ desk, serving, page }) => {
  const ea = await priceByHand(desk, serving, { account: 77, server: 'FTMO-Demo' });
  try {
    await expect(page.getByRole('banner')).toContainText('CHALLENGE');
    await desk.trade('Sell').click();
    await expect(desk.confirm).toContainText('CHALLENGE · the account is at stake · 77 @ FTMO-Demo');
    expect(await focused(page)).toBe('Cancel');
  } finally {
    await ea.end();
  }
});

test('a large risk is red and fired by typing its lots; one-click asks about it too', async ({ desk, serving }) => {
  const ea = await priceByHand(desk, serving);
  try {
    await desk.dontAsk();
    await desk.fill({ lots: '0.5' });
    await expect(desk.ticket.getByRole('table', { name: 'What it amounts to' })).toContainText('1,000.0010 %');
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText('The stop loss costs 10.0 % of the equity of 10,000.00.');
    await expect(desk.confirm).toContainText('1,000.00 USD10 % of equity');
    const fire = desk.confirm.getByRole('button', { name: 'Fire' });
    await expect(fire).toBeDisabled();
    const field = desk.confirm.getByLabel(/^Type the lots, 0\.50/);
    await field.fill('0.05');
    await expect(fire).toBeDisabled();
    await field.fill('0.50');
    await fire.click();
    await desk.expectNewest({ Lots: '0.50', State: 'filled' });
    // Without a stop the loss has no bound.
    await desk.fill({ sl: '', lots: '0.01' });
    await desk.trade('Sell').click();
    await expect(desk.confirm).toContainText('No stop loss: nothing bounds what this order can lose.');
  } finally {
    await ea.end();
  }
});

test('stops are converted with their unit, cleared with their symbol, and asked about in a mistaken unit', async ({
  desk,
  serving,
}) => {
  const ea = await priceByHand(desk, serving);
  const [sl, tp] = [desk.ticket.getByLabel('Stop loss'), desk.ticket.getByLabel('Take profit')];
  try {
    await desk.ticket.getByRole('radio', { name: 'Price' }).click();
    await expect(sl).toHaveValue('2321.3');
    await expect(tp).toHaveValue('2381.3');
    await ea.quote(2351);
    await expect(desk.ticket.getByTitle('Ask', { exact: true })).toContainText('2351');
    await desk.ticket.getByRole('radio', { name: 'Points' }).click();
    await expect(sl).toHaveValue('3000');
    await expect(tp).toHaveValue('3000');
    await desk.fill({ symbol: 'USDJPY' });
    await expect(sl).toHaveValue('');
    await expect(tp).toHaveValue('');
    await desk.fill({ symbol: 'XAUUSD', sl: '2335', tp: '4000' });
    await desk.trade('Buy').click();
    await expect(desk.confirm).toContainText('2335 points reads like a price of XAUUSD');
    const fire = desk.confirm.getByRole('button', { name: 'Fire' });
    await expect(fire).toBeDisabled();
    await desk.confirm.getByRole('checkbox', { name: /2335 points/ }).check();
    await fire.click();
    await desk.expectNewest({ SL: '2335 pts', State: 'filled' });
    // What was meant so once is no question again.
    await desk.trade('Sell').click();
    await expect(desk.confirm).not.toContainText('reads like a price');
  } finally {
    await ea.end();
  }
});

test('what is typed survives a reload, and the compact ticket shares it', async ({ desk, paper, page, context }) => {
  paper();
  await desk.expectLamps('live');
  await desk.fill({ symbol: 'EURUSD', lots: '0.07', sl: '150', tp: '300' });
  await page.reload();
  await desk.expectLamps('live');
  await expect(desk.ticket.getByLabel('Symbol')).toHaveValue('EURUSD');
  await expect(desk.ticket.getByLabel('Stop loss')).toHaveValue('150');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Compact ticket' }).click();
  const compact = new Desk(await opened);
  await expect(compact.ticket.getByLabel('Lots')).toHaveValue('0.07');
  await compact.fill({ lots: '0.09' });
  await expect(desk.ticket.getByLabel('Lots')).toHaveValue('0.09');
});
