import type { Locator, Page } from '@playwright/test';
import { startQuotingEa, type QuotingEa } from '../support/quotingEa.ts';
import { expect, test as base, type Desk } from './desk.ts';

/** The price chart, by what a person sees and a screen reader says. */
class PriceChart {
  readonly page: Page;
  readonly region: Locator;
  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Price', exact: true });
  }
  plot(symbol = 'XAUUSD'): Locator {
    return this.region.getByRole('application', { name: `Price of ${symbol} over time` });
  }
  line(name: 'Stop loss' | 'Take profit'): Locator {
    return this.region.getByRole('slider', { name });
  }
  async priceOf(name: 'Stop loss' | 'Take profit'): Promise<number> {
    return Number(await this.line(name).getAttribute('aria-valuenow'));
  }
  /** Presses on a line's label and moves the pointer so many px downwards, without releasing it. */
  async grab(name: 'Stop loss' | 'Take profit', by: number): Promise<void> {
    const box = await this.line(name).locator('span').first().boundingBox();
    if (box === null) throw new Error(`There is no line of the ${name}.`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    for (let step = 1; step <= 5; step += 1) await this.page.mouse.move(x, y + (by * step) / 5);
  }
  /** The colour at the plot's top left corner. */
  corner(): Promise<string> {
    return this.region
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => String(canvas.getContext('2d')?.getImageData(2, 2, 1, 1).data));
  }
}

interface PriceFixtures {
  chart: PriceChart;
  /** Quotes XAUUSD at 2341.00 and 2341.30, and has sent 20 bars. */
  ea: QuotingEa;
}

const minute = 60_000;

const test = base.extend<PriceFixtures>({
  chart: async ({ page }, use) => {
    await use(new PriceChart(page));
  },
  ea: async ({ desk, page, serving }, use) => {
    const ea = startQuotingEa(serving.bridge());
    await desk.expectLamps('live');
    const chart = page.getByRole('region', { name: 'Price', exact: true });
    // What comes before the EA has answered its pings is history.
    await expect(async () => {
      await ea.say(batch());
      await expect(chart).toContainText(/2\d bars of M1/, { timeout: 1_500 });
    }).toPass();
    await use(ea);
    await ea.end();
  },
});

function batch(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Date.now();
  const time = (ago: number): number => Math.floor(now / minute - ago) * 60;
  const bars = Array.from({ length: 20 }, (_, index) => {
    const open = 2339 + index / 10;
    return { time: time(20 - index), open, high: open + 0.5, low: open - 0.5, close: open + 0.1, volume: 5 };
  });
  return {
    type: 'candle_batch',
    symbol: 'XAUUSD',
    timestamp: Math.floor(now / 1000),
    M1: bars,
    M5: [],
    M15: [],
    ...changes,
  };
}

const field = (desk: Desk, name: 'Stop loss' | 'Take profit'): Locator => desk.ticket.getByLabel(name);
const orderCount = (desk: Desk): Promise<string | null> => desk.tab('Executions').textContent();

test('bars, bid and ask of the paper EA are drawn, and told in one sentence', async ({ chart, desk, page, paper }) => {
  paper('--seed', '7', '--tick-interval', '100');
  await desk.expectLamps('live');
  await expect(chart.plot()).toBeVisible();
  const sentence =
    /XAUUSD: bid \d+\.\d\d, ask \d+\.\d\d, spread \d+ points; \d+ bars? of M1, the last at \d\d:\d\d: open \d+\.\d\d, high \d+\.\d\d, low \d+\.\d\d, close \d+\.\d\d\./;
  await expect(chart.region).toContainText(sentence);
  await expect(chart.region).toContainText(/Bid\d+\.\d\dAsk\d+\.\d\dSpread2\d points/);
  // Bars of minutes before the desk was there: the EA sent them.
  await expect.poll(() => chart.region.getByText('dim: from ticks').count(), { timeout: 15_000 }).toBe(1);
  await chart.region.getByRole('radio', { name: 'M15' }).click();
  await expect(chart.region).toContainText(/bars? of M15, the last/);
  await page.reload();
  await expect(chart.region).toContainText(/bars? of M15, the last/);
  const light = await chart.corner();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => chart.corner()).not.toBe(light);
});

test('a typed stop is a line, and a dragged line is typed: nothing is fired', async ({ chart, desk, ea, page }) => {
  await desk.fill({ sl: '100', tp: '300' });
  await expect(chart.line('Stop loss')).toHaveAttribute('aria-valuetext', '2340.30, 100 points from the entry');
  await expect(chart.line('Take profit')).toHaveAttribute('aria-valuetext', '2344.30, 300 points from the entry');
  await desk.fill({ sl: '150' });
  await expect(chart.line('Stop loss')).toHaveAttribute('aria-valuenow', '2339.8');
  const before = await orderCount(desk);

  await chart.grab('Stop loss', 25);
  await page.mouse.up();
  const dragged = Number(await field(desk, 'Stop loss').inputValue());
  expect(dragged).toBeGreaterThan(155);
  expect(Number.isInteger(dragged)).toBe(true);
  await expect.poll(() => chart.priceOf('Stop loss')).toBeCloseTo(2341.3 - dragged / 100, 6);
  await expect(field(desk, 'Take profit')).toHaveValue('300');

  for (const [unit, pattern] of [
    ['Price', /^23\d\d\.\d\d?$/],
    ['Points', /^\d+$/],
  ] as const) {
    await desk.ticket.getByRole('radio', { name: unit }).click();
    await desk.fill(unit === 'Price' ? { sl: '2340', tp: '2343' } : { sl: '130', tp: '170' });
    await expect.poll(() => chart.priceOf('Stop loss')).toBe(2340);
    await chart.grab('Take profit', -12);
    await page.mouse.up();
    const text = await field(desk, 'Take profit').inputValue();
    expect(text).toMatch(pattern);
    const price = unit === 'Price' ? Number(text) : 2341.3 + Number(text) / 100;
    expect(price).toBeGreaterThan(2343);
    await expect.poll(() => chart.priceOf('Take profit')).toBeCloseTo(price, 6);
  }
  expect(await orderCount(desk)).toBe(before);
  expect(ea.signals).toEqual([]);
});

test('a line stays on its side of the market, and Escape puts it back', async ({ chart, desk, page, ea }) => {
  await desk.fill({ sl: '100', tp: '300' });
  await expect.poll(() => chart.priceOf('Stop loss')).toBe(2340.3);
  await chart.grab('Stop loss', -400);
  // A point below the bid, which hits the stop loss of a buy.
  await expect(field(desk, 'Stop loss')).toHaveValue('31');
  await page.keyboard.press('Escape');
  await expect(field(desk, 'Stop loss')).toHaveValue('100');
  await page.mouse.up();
  await expect(field(desk, 'Stop loss')).toHaveValue('100');
  await expect.poll(() => chart.priceOf('Stop loss')).toBe(2340.3);

  // While it is held, the market moves: what is typed goes along, so that the line stays under the pointer.
  await chart.grab('Stop loss', 10);
  const held = Number(await field(desk, 'Stop loss').inputValue());
  const price = await chart.priceOf('Stop loss');
  await ea.quote(2342);
  await expect(field(desk, 'Stop loss')).toHaveValue(String(held + 100));
  expect(await chart.priceOf('Stop loss')).toBeCloseTo(price, 6);
  await page.mouse.up();
});

test('the arrow keys move a line by a point, with Shift by ten', async ({ chart, desk, page, ea }) => {
  expect(ea.signals).toEqual([]);
  await desk.fill({ sl: '100', tp: '' });
  await chart.line('Stop loss').focus();
  await page.keyboard.press('ArrowDown');
  await expect(field(desk, 'Stop loss')).toHaveValue('101');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(field(desk, 'Stop loss')).toHaveValue('91');
  await page.keyboard.press('Escape');
  await expect(field(desk, 'Stop loss')).toHaveValue('100');
  // Without a stop its handle waits at the entry.
  const handle = chart.line('Take profit');
  await expect(handle).toHaveAttribute('aria-valuetext', 'none; the arrow keys set it from the entry at 2341.30');
  await chart.grab('Take profit', -30);
  await page.mouse.up();
  expect(Number(await field(desk, 'Take profit').inputValue())).toBeGreaterThan(5);
  await expect(chart.line('Take profit')).toHaveAttribute('aria-valuetext', /^234\d\.\d\d, \d+ points from the entry$/);
});

test('another symbol, bars that can’t be used and a lost EA are each said in words', async ({ chart, desk, ea }) => {
  await expect(chart.plot()).toBeVisible();
  await desk.fill({ symbol: 'EURUSD' });
  const none =
    'The EA sends prices of XAUUSD, but none of EURUSD: in MT5, attach it to a chart of EURUSD, or choose another symbol in the ticket.';
  await expect(chart.region).toContainText(none);
  await expect(chart.region.locator('canvas').first()).toBeHidden();
  await ea.say(batch({ symbol: 'EURUSD', M1: [{ time: 12, open: 1, high: 2, low: 1, close: 1 }] }));
  await expect(chart.region).toContainText('The bars that the EA sends of EURUSD can’t be used');
  await ea.say({ type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.10012, spread: 12 });
  await expect(chart.plot('EURUSD')).toBeVisible();
  await expect(chart.region.getByText('1 bar refused')).toHaveAttribute('title', 'A bar starts before the year 2000.');

  await desk.fill({ symbol: 'XAUUSD' });
  await expect(chart.plot()).toBeVisible();
  await expect(chart.line('Stop loss')).toBeVisible();
  await ea.end();
  await desk.expectLamps('down');
  await expect(chart.region).toContainText('no current price');
  await expect(chart.plot()).toBeVisible();
  await expect(chart.line('Stop loss')).toHaveCount(0);
});

test('a fill is marked at its price, and opens its order', async ({ chart, desk, page, ea }) => {
  await desk.arm();
  await desk.fill({ sl: '100', tp: '300', id: 'MARKED_1' });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'filled', Price: /^2341/ });
  expect(ea.signals).toHaveLength(1);
  // The notice that proposes limits would take height from the chart.
  await page.getByRole('button', { name: 'Without' }).click();
  await expect(page.getByText('Nothing limits the risk of this account.')).toBeHidden();
  const canvas = await chart.region.locator('canvas').first().boundingBox();
  const entry = await chart.region.getByText(/^Buy 2341\.30$/).boundingBox();
  const stop = await chart.region.locator('[role=slider] span').first().boundingBox();
  if (canvas === null || entry === null || stop === null) throw new Error('The chart is not there.');
  // The EA filled at the bid, 30 of the 100 points down to the stop; the last bar stands five places from the right.
  const y = entry.y + entry.height / 2 + 0.3 * (stop.y - entry.y);
  await expect(async () => {
    await page.mouse.click(canvas.x + canvas.width - 5.5 * 7, y);
    await expect(desk.dialog('Order MARKED_1')).toBeVisible({ timeout: 500 });
  }).toPass();
});
