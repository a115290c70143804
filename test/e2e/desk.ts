import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type ConsoleMessage, type Locator, type Page } from '@playwright/test';
import { startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { startQuotingEa, type EaAccount, type Hello8, type QuotingEa } from '../support/quotingEa.ts';
import { tempDir } from '../support/tempDir.ts';

/** What a person sees and presses, by the names that the issue fixes. */
export class Desk {
  readonly page: Page;
  readonly ticket: Locator;
  readonly executions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.ticket = page.getByRole('form', { name: 'Trade ticket' });
    this.executions = page.getByRole('table', { name: 'Executions' });
  }

  lamp(name: 'Command' | 'Telemetry' | 'Feedback'): Locator {
    return this.page.getByRole('region', { name: 'Channels' }).getByRole('status', { name });
  }

  async expectLamps(state: string, timeout = 10_000): Promise<void> {
    for (const name of ['Command', 'Telemetry', 'Feedback'] as const) {
      await expect(this.lamp(name)).toHaveText(state, { timeout });
    }
  }

  /** A lamp is drawn a moment after an order that lost its connection: it counts once it stays for several pulses. */
  async expectLampsStay(state: string): Promise<void> {
    let looks = 0;
    const look = async (): Promise<number> => {
      const lamps = (['Command', 'Telemetry', 'Feedback'] as const).map((name) => this.lamp(name).textContent());
      looks = (await Promise.all(lamps)).every((text) => text?.trim() === state) ? looks + 1 : 0;
      return looks;
    };
    await expect.poll(look, { intervals: [250], timeout: 15_000 }).toBeGreaterThanOrEqual(5);
  }

  get armed(): Locator {
    return this.page.getByRole('switch', { name: 'Armed' });
  }

  async arm(): Promise<void> {
    await this.armed.click();
    await expect(this.armed).toBeChecked();
  }

  async fill(fields: { symbol?: string; lots?: string; sl?: string; tp?: string; id?: string }): Promise<void> {
    const values = {
      Symbol: fields.symbol,
      Lots: fields.lots,
      'Stop loss': fields.sl,
      'Take profit': fields.tp,
      'Signal ID': fields.id,
    };
    for (const [label, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const field = this.ticket.getByLabel(label);
      await field.fill(value);
      // As a person goes on to the next field: the list of symbols closes.
      if (label === 'Symbol') await field.press('Tab');
    }
  }

  /** Waits for the price of the ticket's symbol: what is confirmed at no price is not fired at one. */
  async priced(timeout = 10_000): Promise<void> {
    await expect(this.ticket.getByTitle('Ask', { exact: true })).toBeVisible({ timeout });
  }

  /** Presses Buy or Sell and confirms, at a price where the EA quotes. */
  async fire(side: 'Buy' | 'Sell'): Promise<void> {
    // An EA that sends no quotes is traded without one.
    await this.priced(2_000).catch(() => undefined);
    await this.trade(side).click();
    await this.typeLots();
    await this.confirm.getByRole('button', { name: 'Fire' }).click();
    await expect(this.confirm).toBeHidden();
  }

  trade(side: 'Buy' | 'Sell'): Locator {
    return this.ticket.getByRole('button', { name: side, exact: true });
  }

  /** Types the lots where the dialog asks for them because of the risk. */
  async typeLots(): Promise<void> {
    const field = this.confirm.getByLabel(/^Type the lots/);
    await expect(this.confirm.getByRole('button', { name: 'Cancel' })).toBeVisible();
    if (!(await field.isVisible())) return;
    const lots = /\d+\.\d+/.exec((await this.confirm.getByText(/^Type the lots/).textContent()) ?? '')?.[0] ?? '';
    await field.fill(lots);
  }

  /** Presses Buy where nothing can be traded: it looks dead, asks nothing and says why. */
  async expectBlocked(why: string): Promise<void> {
    await expect(this.trade('Buy')).toHaveAttribute('aria-disabled', 'true');
    // Playwright waits until a button is enabled; a person does not.
    await this.trade('Buy').click({ force: true });
    await expect(this.ticket).toContainText(why);
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  get confirm(): Locator {
    return this.page.getByRole('dialog', { name: 'Confirm order' });
  }

  get killSwitch(): Locator {
    return this.page.getByRole('button', { name: 'Kill switch' });
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** All that is known of the newest order, in the drawer. */
  async openNewest(): Promise<Locator> {
    const id = await this.cell('ID');
    await this.executions.locator('tbody tr').first().click();
    const drawer = this.dialog(`Order ${id}`);
    await expect(drawer).toBeVisible();
    return drawer;
  }

  /** Presses "Close <symbol>" or "Close all" and confirms. */
  async close(what: string): Promise<void> {
    await this.ticket.getByRole('button', { name: `Close ${what}` }).click();
    await this.dialog('Confirm close').getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog('Confirm close')).toBeHidden();
  }

  get oneClick(): Locator {
    return this.ticket.getByRole('switch', { name: 'One-click' });
  }

  /** Turns the question before an order off. */
  async dontAsk(): Promise<void> {
    await this.oneClick.click();
    await this.dialog('Switch one-click on').getByRole('button', { name: 'Switch on' }).click();
    await expect(this.oneClick).toBeChecked();
  }

  /** The newest order's cell under a header. */
  async cell(header: string, row = 0): Promise<string> {
    // Also those that only a wide window shows: their cells are there too.
    const headers = await this.executions.locator('thead th').allTextContents();
    return (
      (await this.executions.locator('tbody tr').nth(row).locator('td').nth(headers.indexOf(header)).textContent()) ??
      ''
    );
  }

  async expectNewest(expected: Record<string, string | RegExp>, timeout = 10_000): Promise<void> {
    for (const [header, value] of Object.entries(expected)) {
      await expect
        .poll(() => this.cell(header), { timeout, message: header })
        .toMatch(value instanceof RegExp ? value : exactly(value));
    }
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** What the browser says while the app that the page tries to reach again does not run. */
const appIsDown = /WebSocket connection|ERR_CONNECTION_REFUSED/;

/** Whether the browser itself writes it of an app that is away, or of its question whether its session still holds. */
function isExpected(message: ConsoleMessage): boolean {
  const sessionEnded = message.text().includes('401') && message.location().url.endsWith('/session');
  return sessionEnded || appIsDown.test(message.text());
}

interface Fixtures {
  /** Flags for `npm run serve`; the paper EA is the test's own to start. */
  flags: string[];
  /** What config.json says of the bridge `main` before the start. */
  config: object;
  /** Environment of `npm run serve`, beside the test's own. */
  env: NodeJS.ProcessEnv;
  serving: Serving;
  desk: Desk;
  /** Starts a paper EA of the test's on the bridge `main`. */
  paper: (...flags: string[]) => Running;
  /** Starts an EA in the test's own process on the bridge `main`. */
  quotingEa: (account?: Partial<EaAccount>, hello?: Hello8) => QuotingEa;
  /** The same, of protocol 8 on a demo account. */
  ea8: (hello?: Hello8) => QuotingEa;
}

export const test = base.extend<Fixtures>({
  flags: [[], { option: true }],
  config: [{}, { option: true }],
  env: [{}, { option: true }],
  serving: async ({ flags, config, env }, use) => {
    const dataDir = tempDir().path;
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ bridge: config }));
    const serving = await startServe(flags, dataDir, env);
    await use(serving);
    await serving.end('SIGKILL');
  },
  desk: async ({ page, serving }, use) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message)) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(serving.ready.dashboard ?? '');
    await use(new Desk(page));
    expect(problems, 'errors in the console of the page').toEqual([]);
  },
  paper: async ({ serving }, use) => {
    const started: Running[] = [];
    await use((...flags) => {
      const paper = startPaper(serving.bridge(), ...flags);
      started.push(paper);
      return paper;
    });
    await Promise.all(started.map((each) => each.end('SIGKILL')));
  },
  quotingEa: async ({ serving }, use) => {
    const started: QuotingEa[] = [];
    await use((account, hello) => {
      const ea = startQuotingEa(serving.bridge(), account, hello);
      started.push(ea);
      return ea;
    });
    await Promise.all(started.map((each) => each.end()));
  },
  ea8: async ({ quotingEa }, use) => {
    await use((hello = {}) => quotingEa({ account: 1_000_001, server: 'Broker-Demo' }, hello));
  },
});

export { expect };
