import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startPaper, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { Desk } from './desk.ts';
import { crash, launchOnStandIn, type StandInDesk } from './electronDesk.ts';

// What the desktop app does around its window, on the stand-in for Electron: it notes what it is told to show.

test.use({ trace: 'off', screenshot: 'off' });

let app: StandInDesk | null = null;
const peers: Running[] = [];

test.afterEach(async () => {
  await app?.kill();
  app = null;
  await Promise.all(peers.splice(0).map((peer) => peer.end('SIGKILL')));
});

interface Settings {
  onClose?: 'ask' | 'tray' | 'quit';
  notify?: { fill: boolean };
}

function folder(desktop: Settings = {}): string {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ settings: { desktop } }));
  return path;
}

async function open(dataDir = folder()): Promise<{ app: StandInDesk; desk: Desk }> {
  app = await launchOnStandIn([], { dataDir });
  const desk = new Desk(app.page);
  await desk.expectLamps('listening');
  return { app, desk };
}

function connect({ ready }: StandInDesk, ...flags: string[]): Running {
  const [bridge] = ready.bridges;
  if (bridge === undefined) throw new Error('No bridge');
  // What is looked at here needs no stream of prices, and the stand-in carries each message by a call into the page.
  const paper = startPaper(bridge, '--telemetry-interval', '1000', '--tick-interval', '1000', ...flags);
  peers.push(paper);
  return paper;
}

/** What was noted of one kind, the newest last. */
function noted({ stderr }: StandInDesk, kind: string): string[] {
  const start = `electron: ${kind}`;
  return stderr()
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length).trim());
}

/** Whether an order has come so far by the app's log, which doesn't wait for a window to draw it. */
function reached({ ready }: StandInDesk, signalId: string, state: string): boolean {
  const log = readFileSync(join(ready.dataDir, 'logs', 'bitten-desk.log'), 'utf8');
  return log.includes(`"signalId":"${signalId}","state":"${state}"`);
}

const fire = (desk: StandInDesk, ...flags: string[]) =>
  desk.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '200', ...flags);

test('the tray shows in words and shape how the channels are, and presses the kill switch', async () => {
  const { app: opened, desk } = await open();
  const tooltip = () => noted(opened, 'tray tooltip').at(-1) ?? '';
  await expect.poll(tooltip).toContain('Main: command listening, telemetry listening, feedback listening · disarmed');
  const listening = noted(opened, 'tray image').at(-1);
  const paper = connect(opened);
  await desk.expectLamps('live');
  await desk.arm();
  await expect.poll(tooltip).toContain('Main: command live, telemetry live, feedback live · armed');
  const live = noted(opened, 'tray image').at(-1);
  expect(live).not.toBe(listening);

  await opened.act({ do: 'click tray', label: 'Kill switch: stop every buy and sell' });
  await expect(opened.page.getByText('The kill switch is on since')).toBeVisible();
  await expect.poll(tooltip).toContain('KILL SWITCH ON');
  expect(noted(opened, 'tray image').at(-1)).not.toBe(live);
  // It is released in the desk, where one reads why it was pressed.
  expect(noted(opened, 'tray menu').at(-1)).toContain('"Kill switch is on: release it in the desk","enabled":false');
  await paper.end('SIGKILL');
});

test('fills, refusals, unknown orders and a lost EA are notified of, and a click opens the order', async () => {
  const { app: opened, desk } = await open();
  const notifications = () => noted(opened, 'notification');
  const paper = connect(opened);
  await desk.expectLamps('live');
  expect((await fire(opened)).code).toBe(2);
  await expect.poll(notifications).toContainEqual(expect.stringContaining('Refused: Buy 0.10 XAUUSD'));
  await desk.arm();
  expect((await fire(opened, '--id', 'TOLD_1')).code).toBe(0);
  await expect
    .poll(notifications)
    .toContainEqual(expect.stringMatching(/Filled: Buy 0\.10 XAUUSD.*Ticket \d+ at .*TOLD_1/));
  await opened.act({ do: 'click notification', title: 'Filled' });
  await expect(desk.dialog('Order TOLD_1')).toBeVisible();
  expect(noted(opened, 'focus')).not.toEqual([]);
  await paper.end('SIGKILL');
  await expect.poll(notifications).toContainEqual(expect.stringContaining('Main: the EA is disconnected'));
  expect(notifications().filter((each) => each.includes('disconnected'))).toHaveLength(1);
});

test('what is switched off is not notified of, and Test shows what one looks like', async () => {
  const { app: opened, desk } = await open();
  connect(opened);
  await desk.expectLamps('live');
  await desk.arm();
  await opened.page.getByRole('button', { name: 'Settings' }).click();
  const section = opened.page.getByRole('region', { name: 'Notifications' });
  await section.getByRole('switch', { name: 'Order filled' }).click();
  await expect(section.getByRole('switch', { name: 'Order filled' })).not.toBeChecked();
  await expect(section.getByText('In this browser')).toBeHidden();
  expect((await fire(opened)).code).toBe(0);
  await section.getByRole('button', { name: 'Test' }).click();
  await expect.poll(() => noted(opened, 'notification')).toContainEqual(expect.stringContaining('look like this'));
  expect(noted(opened, 'notification').filter((each) => each.includes('Filled'))).toEqual([]);
});

test('the log folder is one click away, from the settings and from the tray', async () => {
  const { app: opened } = await open();
  await opened.page.getByRole('button', { name: 'Settings' }).click();
  await opened.page.getByRole('button', { name: 'Open log folder' }).click();
  const logs = join(opened.ready.dataDir, 'logs');
  await expect.poll(() => noted(opened, 'open path')).toEqual([logs]);
  await opened.act({ do: 'click tray', label: 'Open log folder' });
  await expect.poll(() => noted(opened, 'open path')).toEqual([logs, logs]);
});

test('the connection check is one click away in the tray', async () => {
  const { app: opened } = await open();
  await opened.act({ do: 'click tray', label: 'Check connection' });
  await expect(opened.page.getByRole('region', { name: 'Flows' })).toBeVisible();
});

test('a closed window asks once, and the desk goes on in the tray and fires from there', async () => {
  const dataDir = folder();
  const { app: opened, desk } = await open(dataDir);
  connect(opened);
  await desk.expectLamps('live');
  await desk.arm();
  await opened.act({ do: 'close' });
  await expect.poll(() => noted(opened, 'question')).toEqual([': Keep the desk running in the tray?']);
  await opened.act({ do: 'answer', button: 'Keep running' });
  await expect.poll(() => noted(opened, 'hide')).toHaveLength(1);
  expect((await fire(opened)).code).toBe(0);
  await expect.poll(() => noted(opened, 'notification')).toContainEqual(expect.stringContaining('Filled'));
  const shows = noted(opened, 'show').length;
  await opened.act({ do: 'start again' });
  await expect.poll(() => noted(opened, 'show').length).toBe(shows + 1);
  await opened.act({ do: 'close' });
  await expect.poll(() => noted(opened, 'hide')).toHaveLength(2);
  expect(noted(opened, 'question')).toHaveLength(1);
  await opened.act({ do: 'click tray', label: 'Quit' });
  expect(await opened.finished()).toBe(0);
});

test('quitting while a result is on its way asks, and Wait waits', async () => {
  const { app: opened, desk } = await open(folder({ onClose: 'quit' }));
  connect(opened, '--fault', 'delay', '--delay-ms', '8000');
  await desk.expectLamps('live');
  await desk.arm();
  const fired = fire(opened, '--id', 'SLOW_1', '--wait', '30');
  await expect.poll(() => reached(opened, 'SLOW_1', 'sent')).toBe(true);
  await opened.act({ do: 'close' });
  await expect.poll(() => noted(opened, 'question')).toEqual([': The result of SLOW_1 has not come yet.']);
  await opened.act({ do: 'answer', button: 'Wait' });
  expect((await fired).code).toBe(0);
  await opened.act({ do: 'close' });
  expect(await opened.finished()).toBe(0);
  expect(noted(opened, 'question')).toHaveLength(1);
});

test('windows open again where they were, also maximised', async () => {
  const dataDir = folder({ onClose: 'quit' });
  const bounds = { x: 120, y: 60, width: 1400, height: 900 };
  const { app: first } = await open(dataDir);
  await first.act({ do: 'move', bounds });
  await first.act({ do: 'maximize' });
  expect(await first.closeWindow()).toBe(0);
  const { app: second } = await open(dataDir);
  expect(JSON.parse(noted(second, 'window ').at(0) ?? '')).toMatchObject(bounds);
  expect(noted(second, 'maximize')).toHaveLength(1);
  expect(await second.closeWindow()).toBe(0);
});

async function ticketPage(opened: StandInDesk): Promise<Page> {
  const find = () => opened.pages().find((page) => page.url().includes('view=ticket'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const page = find();
  if (page === undefined) throw new Error('There is no compact ticket.');
  return page;
}

test('the compact ticket stays on top, fires, and closes without a question', async () => {
  const { app: opened, desk } = await open();
  connect(opened);
  await desk.expectLamps('live');
  await opened.page.getByRole('button', { name: 'Compact ticket' }).click();
  const page = await ticketPage(opened);
  const compact = new Desk(page);
  await compact.expectLamps('live');
  expect(JSON.parse(noted(opened, 'window ').at(-1) ?? '')).toMatchObject({
    alwaysOnTop: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  await compact.arm();
  await compact.fill({ sl: '2000', tp: '4000', id: 'COMPACT_1' });
  await compact.fire('Buy');
  await desk.expectNewest({ ID: 'COMPACT_1', State: 'filled' });
  // Each window's messages are its own: none was turned away.
  expect(opened.stderr()).not.toContain('was turned away');
  await opened.act({ do: 'click tray', label: 'Compact ticket' });
  await expect.poll(() => opened.pages().length).toBe(1);
  expect(noted(opened, 'question')).toEqual([]);
  await expect.poll(() => noted(opened, 'tray menu').at(-1)).toContain('"Compact ticket","checked":false');
});

test('a crashed window comes back with the result of the order that was in flight', async () => {
  const { app: opened, desk } = await open();
  connect(opened, '--fault', 'delay', '--delay-ms', '8000');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.fill({ sl: '2000', tp: '4000', id: 'CRASH_1' });
  await desk.fire('Buy');
  await expect.poll(() => reached(opened, 'CRASH_1', 'sent')).toBe(true);
  const crashed = crash(opened.page);
  await expect.poll(() => opened.stderr()).toContain("A window's process ended (crashed, ");
  expect(reached(opened, 'CRASH_1', 'filled')).toBe(false);
  const again = new Desk(await crashed);
  await again.expectNewest({ ID: 'CRASH_1', State: 'filled' });
  await again.expectLamps('live');
  await expect(again.armed).toBeChecked();
});

test('a window that crashes again and again gives way to words, and opens again when asked', async () => {
  const { app: opened } = await open();
  let page = opened.page;
  for (let count = 0; count < 4; count += 1) page = await crash(page);
  await expect(page.getByRole('heading')).toHaveText('This window has crashed several times');
  await page.getByRole('link', { name: 'Open the desk again' }).click();
  await new Desk(page).expectLamps('listening');
});
