import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test, type Desk } from './desk.ts';

// The duplicate window is off: whatever is fired twice here is two orders.
test.use({ hasTouch: true, config: { currency: 'USD', leverage: 100, limits: { duplicateWindowS: 0 } } });

interface Point {
  x: number;
  y: number;
}

/** Fingers on the screen, by the browser's own protocol: the page gets the events that a screen makes. */
class Touch {
  private readonly session: CDPSession;

  private constructor(session: CDPSession) {
    this.session = session;
  }

  static async on(page: Page): Promise<Touch> {
    return new Touch(await page.context().newCDPSession(page));
  }

  async down(...points: Point[]): Promise<void> {
    await this.send('touchStart', points);
  }

  async move(...points: Point[]): Promise<void> {
    await this.send('touchMove', points);
  }

  async up(): Promise<void> {
    await this.send('touchEnd', []);
  }

  async cancel(): Promise<void> {
    await this.send('touchCancel', []);
  }

  async tap(point: Point): Promise<void> {
    await this.down(point);
    await this.up();
  }

  /** A press of a pen, as the `clickCount`th of a row. */
  async pen({ x, y }: Point, clickCount: number, button: 'left' | 'right' = 'left'): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await this.session.send('Input.dispatchMouseEvent', { type, x, y, button, clickCount, pointerType: 'pen' });
  }

  private async send(
    type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
    points: readonly Point[],
  ): Promise<void> {
    const touchPoints = points.map((point, id) => ({ ...point, id }));
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}

async function middle(of: Locator): Promise<Point> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('It is not there.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function ready(desk: Desk, paper: (...flags: string[]) => unknown): Promise<void> {
  paper('--unrest', '0');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.priced();
  await desk.fill({ sl: '2000', tp: '4000' });
}

/** A moment in which what a touch began would have come. */
const settle = (page: Page): Promise<void> => page.waitForTimeout(600);

test('one-click by touch: a double tap fires once; two fingers and a press taken away fire nothing', async ({
  desk,
  page,
  paper,
}) => {
  await ready(desk, paper);
  await desk.dontAsk();
  const touch = await Touch.on(page);
  const [sell, buy] = [await middle(desk.trade('Sell')), await middle(desk.trade('Buy'))];
  const rows = desk.executions.locator('tbody tr');

  await touch.down(sell, buy);
  await touch.up();
  await touch.down(sell);
  await touch.cancel();
  await settle(page);
  await expect(rows).toHaveCount(0);

  await touch.tap(buy);
  await touch.tap(buy);
  await desk.expectNewest({ Side: 'Buy', State: 'filled' });
  await settle(page);
  await expect(rows).toHaveCount(1);
  await touch.pen(sell, 1, 'right');
  await settle(page);
  await expect(rows).toHaveCount(1);
  await touch.pen(sell, 1);
  await touch.pen(sell, 2);
  await desk.expectNewest({ Side: 'Sell', State: 'filled' });
  await settle(page);
  await expect(rows).toHaveCount(2);
});

test('a finger that rests on Buy or Sell fires nothing on release, and is told so; a short tap fires', async ({
  desk,
  page,
  paper,
}) => {
  await ready(desk, paper);
  await desk.dontAsk();
  const touch = await Touch.on(page);
  const rows = desk.executions.locator('tbody tr');
  for (const side of ['Sell', 'Buy'] as const) {
    await touch.down(await middle(desk.trade(side)));
    await page.waitForTimeout(700);
    await touch.up();
    await expect(desk.ticket).toContainText('Held for more than half a second, so nothing was sent.');
    await settle(page);
    await expect(rows).toHaveCount(0);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await touch.tap(await middle(desk.trade('Buy')));
  await desk.expectNewest({ Side: 'Buy', State: 'filled' });
  await expect(desk.ticket).not.toContainText('Held for more');
  // A mouse has no such press: who presses it slowly means it.
  await desk.trade('Sell').click({ delay: 700 });
  await desk.expectNewest({ Side: 'Sell', State: 'filled' });
  await expect(rows).toHaveCount(2);
});

test('a finger that slides fires nothing, leaves no page and loads it not anew', async ({ desk, page, paper }) => {
  await ready(desk, paper);
  await desk.dontAsk();
  const touch = await Touch.on(page);
  const [sell, buy] = [await middle(desk.trade('Sell')), await middle(desk.trade('Buy'))];
  const rightwards = { x: sell.x + 600, y: sell.y };
  const downwards = { x: sell.x, y: sell.y + 400 };
  for (const to of [buy, rightwards, downwards]) {
    await touch.down(sell);
    for (const part of [0.1, 0.3, 0.6, 1]) {
      await touch.move({ x: sell.x + (to.x - sell.x) * part, y: sell.y + (to.y - sell.y) * part });
      await page.waitForTimeout(30);
    }
    await touch.up();
    await settle(page);
  }
  // A page that was left or loaded anew would have switched it off.
  await expect(desk.oneClick).toBeChecked();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});

test('a question is answered by a tap that meant it: not at once, not twice, not by two fingers', async ({
  desk,
  page,
  paper,
}) => {
  await ready(desk, paper);
  const touch = await Touch.on(page);
  const rows = desk.executions.locator('tbody tr');
  const fireButton = desk.confirm.getByRole('button', { name: 'Fire' });

  await touch.tap(await middle(desk.trade('Buy')));
  await expect(desk.confirm).toBeVisible();
  const fire = await middle(fireButton);
  await touch.tap(fire);
  await settle(page);
  await expect(desk.confirm).toBeVisible();
  await touch.down(fire);
  await touch.cancel();
  await touch.down(fire, { x: fire.x - 90, y: fire.y });
  await touch.up();
  // The second tap of a row that began elsewhere.
  await touch.pen(fire, 2);
  await settle(page);
  await expect(desk.confirm).toBeVisible();
  await expect(rows).toHaveCount(0);
  const now = await middle(fireButton);
  await touch.tap(now);
  await touch.tap(now);
  await expect(desk.confirm).toBeHidden();
  await desk.expectNewest({ Side: 'Buy', State: 'filled' });
  await settle(page);
  await expect(rows).toHaveCount(1);
});

test('the kill switch by touch: a press taken away stops nothing, a double tap stops once and releases nothing', async ({
  desk,
  page,
  paper,
}) => {
  await ready(desk, paper);
  const touch = await Touch.on(page);
  const kill = await middle(desk.killSwitch);
  await touch.down(kill);
  await touch.cancel();
  await settle(page);
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'false');
  await touch.tap(kill);
  await touch.tap(kill);
  await settle(page);
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a stop dragged by a finger goes back where the press is taken away, and a second finger moves nothing', async ({
  desk,
  page,
  paper,
}) => {
  await ready(desk, paper);
  const touch = await Touch.on(page);
  const stop = desk.ticket.getByRole('textbox', { name: 'Stop loss' });
  await stop.fill('40');
  const line = page.getByRole('slider', { name: 'Stop loss' });
  await expect(line).toBeVisible();
  const { x, y } = await middle(line);
  await touch.down({ x, y });
  for (const by of [4, 8, 12]) await touch.move({ x, y: y + by });
  await expect(stop).not.toHaveValue('40');
  await touch.cancel();
  await expect(stop).toHaveValue('40');

  const held = await middle(line);
  await touch.down(held, { x: held.x + 4, y: held.y });
  for (const by of [10, 20, 30]) await touch.move(held, { x: held.x + 4, y: held.y + by });
  await touch.up();
  await settle(page);
  await expect(stop).toHaveValue('40');
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});
