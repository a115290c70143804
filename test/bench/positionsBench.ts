import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { Desk } from '../e2e/desk.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { startServe } from '../support/processes.ts';
import { startQuotingEa } from '../support/quotingEa.ts';
import { traceFrames } from './frameTimes.ts';
import { quantile } from './rows.ts';

// The list of so many open positions (500 unless told otherwise) at 100 ticks a second, at rest and while it is scrolled: prints
// one line of JSON.

const tickEveryMs = 10;
const warmUpMs = 8_000;
const measureMs = 10_000;
const scrolls = 300;
const betweenScrollsMs = 16;

interface PositionsFigures {
  /** Share of one core that the page's main thread used. */
  busy: number;
  /** ms, at rest and while it is scrolled. */
  longestTask: number;
  /** Script and layout of a frame while it is scrolled, p95, ms. */
  script: number;
}

async function measurePositions(count: number): Promise<PositionsFigures> {
  await ensureBuild();
  const serving = await startServe();
  const ea = startQuotingEa(serving.bridge(), { account: 1_000_001 }, { currency: 'USD', leverage: 100 });
  const browser = await chromium.launch(chromiumOptions());
  let bid = 2341;
  const ticking = setInterval(() => {
    bid = 2341 + Math.sin(performance.now() / 3_000);
    void ea.quote(Number(bid.toFixed(2)));
  }, tickEveryMs);
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    page.setDefaultTimeout(120_000);
    await page.goto(serving.ready.dashboard ?? '');
    await new Desk(page).expectLamps('live', 60_000);
    await page.getByRole('tab', { name: 'Positions' }).click();
    for (const message of messages(count)) await ea.say(message);
    await page.getByRole('table', { name: 'Positions' }).locator('tbody tr').first().waitFor();
    await wait(warmUpMs);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busySeconds = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    };
    const [from, busyFrom] = [performance.now(), await busySeconds()];
    await wait(measureMs);
    const busy = ((await busySeconds()) - busyFrom) / ((performance.now() - from) / 1000);
    const traced = await traceFrames(await browser.newBrowserCDPSession(), () => scroll(page));
    return { busy, longestTask: traced.longestTask, script: quantile(traced.script, 0.95) };
  } finally {
    clearInterval(ticking);
    await browser.close();
    await ea.end();
    await serving.end();
  }
}

/** The symbol and the list in pages of 50, as an EA sends it. */
function messages(count: number): Record<string, unknown>[] {
  const symbol = {
    ...{ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, profit_currency: 'USD' },
    ...{ lot_min: 0.01, lot_max: 100, lot_step: 0.01, money_per_point: 1 },
  };
  const position = (number: number): Record<string, unknown> => ({
    ...{ position: String(number), symbol: 'XAUUSD', side: number % 2 === 0 ? 'buy' : 'sell', lots: 0.1 },
    ...{ price: 2330 + (number % 200) / 10, opened_at: number * 1_000, sl: number % 3 === 0 ? 0 : 2300, tp: 2400 },
    ...{ profit: 1, swap: -0.1, magic: '7', comment: '', reason: 'expert' },
  });
  const pages = Math.ceil(count / 50);
  return [
    symbol,
    ...Array.from({ length: pages }, (_, index) => ({
      ...{ type: 'positions', list: 1, page: index + 1, last: index === pages - 1, count, at: Date.now() },
      positions: Array.from({ length: Math.min(50, count - index * 50) }, (_each, at) => position(index * 50 + at + 1)),
    })),
  ];
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole('table', { name: 'Positions' }).hover();
  for (let turn = 0; turn < scrolls; turn += 1) {
    await page.mouse.wheel(0, turn < scrolls / 2 ? 90 : -90);
    await wait(betweenScrollsMs);
  }
}

process.stdout.write(JSON.stringify(await measurePositions(Number(process.argv[2] ?? 500))));
process.exit();
