import type { Page } from '@playwright/test';
import { Desk, expect, test } from './desk.ts';

interface Shown {
  title: string;
  body: string;
}

/** Notes what the page would show and play: a headless browser shows and plays nothing. */
async function noteNotifications(page: Page, permission: NotificationPermission): Promise<() => Promise<Shown[]>> {
  await page.addInitScript((answer) => {
    const shown: Shown[] = [];
    const tones: number[] = [];
    class NotedNotification extends EventTarget {
      static permission: NotificationPermission = answer === 'denied' ? 'denied' : 'default';
      static requestPermission(): Promise<NotificationPermission> {
        NotedNotification.permission = answer;
        return Promise.resolve(answer);
      }
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        shown.push({ title, body });
      }
    }
    Object.assign(globalThis, { Notification: NotedNotification, shown, tones });
    class NotedOscillator extends OscillatorNode {
      override start(when?: number): void {
        tones.push(this.frequency.value);
        super.start(when);
      }
    }
    Object.assign(globalThis, { OscillatorNode: NotedOscillator });
  }, permission);
  return () => page.evaluate(() => (globalThis as unknown as { shown: Shown[] }).shown);
}

const tonesOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { tones: number[] }).tones);

test('a browser notifies once it was allowed to by a click, of what is switched on', async ({
  page,
  serving,
  desk,
  paper,
}) => {
  const shown = await noteNotifications(page, 'granted');
  const again = await serving.cli('open');
  await page.goto(again.stdout.trim());
  paper('--tick-interval', '1000');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000', id: 'SILENT_1' });
  await desk.fire('Buy');
  await desk.expectNewest({ ID: 'SILENT_1', State: 'filled' });
  expect(await shown()).toEqual([]);

  await page.getByRole('button', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'Notifications' });
  await expect(section.getByRole('button', { name: 'Test' })).toBeDisabled();
  await section.getByRole('switch', { name: 'In this browser' }).click();
  await section.getByRole('button', { name: 'Test' }).click();
  await expect.poll(shown).toEqual([{ title: 'BITTEN Desk', body: 'Notifications of the desk look like this.' }]);
  await page.keyboard.press('Escape');

  await desk.fill({ symbol: 'EURUSD', id: 'TOLD_1' });
  await desk.fire('Sell');
  await expect
    .poll(async () => (await shown()).at(-1))
    .toMatchObject({
      title: 'Filled: Sell 0.01 EURUSD',
      body: expect.stringContaining('TOLD_1 · Main'),
    });

  await page.getByRole('button', { name: 'Settings' }).click();
  const filled = section.getByRole('switch', { name: 'Order filled' });
  await expect(filled).toHaveAccessibleDescription('With its ticket and price, also when the result comes late.');
  await filled.click();
  await page.keyboard.press('Escape');
  await desk.fill({ symbol: 'GBPUSD', id: 'SILENT_2' });
  await desk.fire('Buy');
  await desk.expectNewest({ ID: 'SILENT_2', State: 'filled' });
  expect(await shown()).toHaveLength(2);
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(section.getByRole('switch', { name: 'Order filled' })).not.toBeChecked();
});

test('sounds are off at first; a fill and an alarm sound different', async ({ page, serving, desk, paper }) => {
  await noteNotifications(page, 'denied');
  const again = await serving.cli('open');
  await page.goto(again.stdout.trim());
  await page.getByRole('button', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'Notifications' });
  await expect(section.getByText('This browser blocks them.')).toBeVisible();
  await expect(section.getByRole('switch', { name: 'Sounds' })).not.toBeChecked();
  await section.getByRole('switch', { name: 'Sounds' }).click();
  await page.keyboard.press('Escape');
  const ea = paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000' });
  await desk.fire('Buy');
  await expect.poll(() => tonesOf(page)).toEqual([660, 990]);
  await ea.end('SIGKILL');
  await expect.poll(() => tonesOf(page)).toEqual([660, 990, 440, 330, 440, 330]);
});

test('the log folder is named, and can be copied', async ({ page, serving, desk, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.expectLamps('listening');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('button', { name: 'Open log folder' })).toBeHidden();
  await page.getByRole('button', { name: 'Copy the log folder’s path' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${serving.ready.dataDir}/logs`);
});

test('the compact ticket opens in a window of its own, and its Buy stays where it is', async ({
  page,
  desk,
  paper,
}) => {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Compact ticket' }).click();
  const popup = await opened;
  await popup.setViewportSize({ width: 340, height: 640 });
  const compact = new Desk(popup);
  await compact.expectLamps('listening');
  const box = () => compact.ticket.getByRole('button', { name: 'Buy', exact: true }).boundingBox();
  paper();
  await compact.expectLamps('live');
  await compact.arm();
  await compact.fill({ sl: '2000', tp: '4000', id: 'POPUP_1' });
  const before = await box();
  await compact.fire('Buy');
  await desk.expectNewest({ ID: 'POPUP_1', State: 'filled' });
  await compact.killSwitch.click();
  await expect(page.getByText('The kill switch is on since')).toBeVisible();
  expect(await box()).toEqual(before);
  const overflow = await popup.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
});

test('a view that fails leaves words and Reload, and a line in the log', async ({ page, serving }) => {
  // The snapshot loses a part that no app leaves out.
  let breaking = true;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      socket.send(breaking ? String(message).replace('"channels":', '"lost":') : message);
    });
  });
  await page.goto(serving.ready.dashboard ?? '');
  await expect(page.getByRole('heading')).toHaveText('This window could not go on');
  await expect.poll(() => serving.output.stderr).toContain('A window could not go on.');
  breaking = false;
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('form', { name: 'Trade ticket' })).toBeVisible();
});
