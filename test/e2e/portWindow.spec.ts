import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { hasSignals } from '../support/processes.ts';
import { freePort } from '../support/freePort.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { Desk } from './desk.ts';
import { crash, endProcess, openOnStandIn, type StandInStart } from './electronDesk.ts';

// A port that can't be had when the desktop app starts: a small window says so and asks for another one.

test.use({ trace: 'off', screenshot: 'off' });

let app: StandInStart | null = null;
const holders = new Set<Server>();

test.afterEach(async () => {
  await app?.kill();
  app = null;
  for (const holder of holders) holder.close();
  holders.clear();
});

/** Another program that has a port. */
async function hold(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  holders.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    free: () =>
      new Promise((done) => {
        holders.delete(server);
        server.close(() => {
          done();
        });
      }),
  };
}

interface Stored {
  bridge?: object;
  bridges?: object[];
  settings?: object;
  note?: string;
}

const desktop = { onClose: 'quit' };

/** A data folder with these settings; what they leave out takes free ports. */
function folder({ bridge = {}, settings = {}, ...others }: Stored): string {
  const { path } = tempDir();
  const stored = {
    settings: { httpPort: 0, gatewayPort: 0, publishPort: 0, desktop, ...settings },
    bridge: { commandPort: 0, telemetryPort: 0, ...bridge },
    ...others,
  };
  writeFileSync(join(path, 'config.json'), JSON.stringify(stored));
  return path;
}

const stored = (
  dataDir: string,
): { bridge: Record<string, unknown>; settings: Record<string, unknown>; note?: string } =>
  JSON.parse(readFileSync(join(dataDir, 'config.json'), 'utf8')) as ReturnType<typeof stored>;

async function start(dataDir: string, ...flags: string[]): Promise<{ app: StandInStart; page: Page }> {
  app = await openOnStandIn(['--data-dir', dataDir, ...flags]);
  return { app, page: app.page };
}

/** The desk, once it has opened in place of the question. */
async function deskOf(opened: StandInStart, asked: Page): Promise<Desk> {
  await until(() => asked.isClosed() && opened.pages().length === 1, 'the desk is the only window', 20_000);
  const [page] = opened.pages();
  if (page === undefined) throw new Error('There is no desk.');
  const desk = new Desk(page);
  await desk.expectLamps('listening');
  return desk;
}

const startButton = (page: Page) => page.getByRole('button', { name: 'Start with this port' });

test('says whose port is taken, and starts with the one that is typed', async () => {
  const { port } = await hold();
  const dataDir = folder({ bridge: { commandPort: port }, note: 'my own key' });
  const { app: opened, page } = await start(dataDir);
  await expect(page.getByRole('heading')).toHaveText(`Port ${String(port)} is taken`);
  const said = page.getByRole('alert');
  await expect(said).toContainText(
    `Bridge Main needs port ${String(port)} for its command connection: by it orders go to the EA.`,
  );
  await expect(said).toContainText('Another program on this computer has the port');
  const field = page.getByLabel('Port for commands');
  await expect(field).toHaveValue(String(port));
  await expect(field).toBeFocused();
  expect(opened.stderr()).not.toContain('error box');

  const other = await freePort();
  await field.fill(String(other));
  await expect(page.getByText(`#define BACKEND_ENDPOINT "tcp://127.0.0.1:${String(other)}"`)).toBeVisible();
  await field.press('Enter');
  await deskOf(opened, page);
  expect((await opened.ready()).bridges[0]?.command).toBe(`tcp://127.0.0.1:${String(other)}`);
  expect(stored(dataDir)).toMatchObject({ bridge: { commandPort: other, telemetryPort: 0 }, note: 'my own key' });
  const copy = JSON.parse(readFileSync(join(dataDir, 'config.json.bak'), 'utf8')) as object;
  expect(copy).toMatchObject({ bridge: { commandPort: port } });
});

test('tries again once the other program has ended, and takes the port that it proposes', async () => {
  const command = await hold();
  const telemetry = await hold();
  const dataDir = folder({ bridge: { commandPort: command.port, telemetryPort: telemetry.port } });
  const { app: opened, page } = await start(dataDir);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(`Tried again: Port ${String(command.port)} is taken.`)).toBeVisible();
  await command.free();
  await page.getByRole('button', { name: 'Try again' }).click();
  // The next port that can't be had is asked for in the same window.
  await expect(page.getByRole('heading')).toHaveText(`Port ${String(telemetry.port)} is taken`);
  await expect(page.getByRole('alert')).toContainText('account figures, prices and results come from the EA');
  await page.getByRole('button', { name: /^Take \d+: it is free$/ }).click();
  const proposed = Number(await page.getByLabel('Port for telemetry').inputValue());
  expect(proposed).toBeGreaterThan(telemetry.port);
  await startButton(page).click();
  await deskOf(opened, page);
  expect((await opened.ready()).bridges[0]).toMatchObject({
    command: `tcp://127.0.0.1:${String(command.port)}`,
    telemetry: `tcp://127.0.0.1:${String(proposed)}`,
  });
  expect(stored(dataDir).bridge).toMatchObject({ commandPort: command.port, telemetryPort: proposed });
});

test('a bad port gets one sentence, and nothing is saved', async () => {
  const taken = await hold();
  const [other, telemetry] = [await hold(), await freePort()];
  const dataDir = folder({
    bridge: { commandPort: taken.port, telemetryPort: telemetry },
    settings: { gatewayPort: 30_001, publishPort: 30_002, httpPort: 30_003 },
  });
  const before = readFileSync(join(dataDir, 'config.json'), 'utf8');
  const { page } = await start(dataDir);
  const field = page.getByLabel('Port for commands');
  const clash = (port: number, name: string) => [
    String(port),
    `Port ${String(port)} is set for ${name}. Choose another.`,
  ];
  const whole = 'A port is a whole number from 1 to 65535.';
  for (const [typed = '', sentence = ''] of [
    ['0', whole],
    ['', whole],
    ['65536', whole],
    ['55.5', whole],
    ['five', whole],
    clash(telemetry, 'the telemetry connection of bridge Main'),
    clash(30_001, 'the gateway of this desk'),
    clash(30_002, 'the re-publication of this desk'),
    clash(30_003, 'the dashboard of this desk'),
    [
      String(other.port),
      `Port ${String(other.port)} is in use by another program. Choose another, or stop that program.`,
    ],
  ]) {
    await field.fill(typed);
    await startButton(page).click();
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveValue(typed);
    await field.fill('1');
    await expect(page.getByText(sentence)).toBeHidden();
  }
  expect(readFileSync(join(dataDir, 'config.json'), 'utf8')).toBe(before);
});

test('a port of a flag is changed for this start alone, and says so', async () => {
  const { port } = await hold();
  const dataDir = folder({ bridge: { commandPort: 1234 } });
  const { app: opened, page } = await start(dataDir, '--command-port', String(port), '--armed');
  await expect(page.getByText('The desk was started with --command-port, which counts instead of')).toBeVisible();
  await expect(page.getByText('The desk starts disarmed')).toBeVisible();
  const other = await freePort();
  await page.getByLabel('Port for commands').fill(String(other));
  await startButton(page).click();
  const desk = await deskOf(opened, page);
  await expect(desk.armed).not.toBeChecked();
  expect((await opened.ready()).bridges[0]?.command).toBe(`tcp://127.0.0.1:${String(other)}`);
  expect(stored(dataDir).bridge).toMatchObject({ commandPort: 1234 });
});

test('two bridges with one port, the gateway and the re-publication are asked about in turn', async () => {
  const [shared, free] = [await freePort(), await freePort()];
  const [gateway, publish] = [await hold(), await hold()];
  const second = { id: 'two', name: 'Second', commandPort: shared, telemetryPort: 0 };
  const dataDir = folder({
    bridge: { commandPort: shared },
    bridges: [second],
    settings: { gatewayPort: gateway.port, publishPort: publish.port },
  });
  const { app: opened, page } = await start(dataDir);
  await expect(page.getByRole('heading')).toHaveText(`Port ${String(shared)} is set twice`);
  await expect(page.getByRole('alert')).toContainText(
    `The command connection of bridge Main has port ${String(shared)}, too`,
  );
  await expect(page.getByRole('alert')).toContainText(
    `Bridge Second needs port ${String(shared)} for its command connection`,
  );
  await page.getByLabel('Port for commands').fill(String(free));
  await startButton(page).click();
  await expect(page.getByRole('alert')).toContainText('The desk needs port');
  await page.getByLabel('Port of the gateway').fill(String(await freePort()));
  await startButton(page).click();
  await expect(page.getByRole('alert')).toContainText('by it other programs read what EAs send');
  await publish.free();
  await page.getByRole('button', { name: 'Try again' }).click();
  await deskOf(opened, page);
  const ready = await opened.ready();
  expect(ready.bridges.map(({ command }) => command)).toEqual([
    `tcp://127.0.0.1:${String(shared)}`,
    `tcp://127.0.0.1:${String(free)}`,
  ]);
  expect(ready.publish).toBe(`tcp://127.0.0.1:${String(publish.port)}`);
});

test('an address that is not this computer’s is asked for like a port', async () => {
  const dataDir = folder({ bridge: { host: '192.0.2.1', allowPeers: ['192.0.2.2'] } });
  const { app: opened, page } = await start(dataDir);
  await expect(page.getByRole('heading')).toHaveText('192.0.2.1 is not an address of this computer');
  const field = page.getByLabel('Address of this computer');
  const button = page.getByRole('button', { name: 'Start with this address' });
  await field.fill('localhost');
  await button.click();
  await expect(page.getByText('An address is written like 127.0.0.1.')).toBeVisible();
  await field.fill('192.0.2.3');
  await button.click();
  await expect(page.getByText('192.0.2.3 is no address of this machine.')).toBeVisible();
  await field.fill('127.0.0.1');
  await button.click();
  await deskOf(opened, page);
  expect(stored(dataDir).bridge).toMatchObject({ host: '127.0.0.1', allowPeers: ['192.0.2.2'] });
});

for (const [how, leave] of [
  ['the button', (page: Page) => page.getByRole('button', { name: 'Quit' }).click()],
  ['the window’s cross', () => app?.act({ do: 'close' })],
] as const) {
  test(`quits by ${how} with exit code 1, and leaves the port and the folder free`, async () => {
    const { port, free } = await hold();
    const dataDir = folder({ bridge: { commandPort: port } });
    const { app: opened, page } = await start(dataDir);
    await expect(page.getByRole('heading')).toBeVisible();
    // The page is gone before it has an answer.
    await Promise.resolve(leave(page)).catch(() => undefined);
    expect(await opened.finished()).toBe(1);
    await free();
    const { app: again } = await start(dataDir);
    expect((await again.ready()).bridges[0]?.command).toBe(`tcp://127.0.0.1:${String(port)}`);
  });
}

test('an interrupt ends it, and a second start brings its window to the front', async () => {
  test.skip(!hasSignals, 'Windows has no signals');
  const { port } = await hold();
  const { app: opened, page } = await start(folder({ bridge: { commandPort: port } }));
  await expect(page.getByRole('heading')).toBeVisible();
  await opened.act({ do: 'start again' });
  await until(() => opened.stderr().includes('electron: focus'), 'the window has the focus');
  process.kill(opened.pid, 'SIGINT');
  expect(await opened.finished()).toBe(1);
});

test('a page that crashes comes back, and one that crashes again and again gives way to a box', async () => {
  const { port } = await hold();
  const { app: opened } = await start(folder({ bridge: { commandPort: port } }));
  let { page } = opened;
  for (let count = 0; count < 3; count += 1) {
    await expect(page.getByRole('heading')).toHaveText(`Port ${String(port)} is taken`);
    page = await crash(page);
  }
  await expect(page.getByLabel('Port for commands')).toHaveValue(String(port));
  await endProcess(page);
  expect(await opened.finished()).toBe(1);
  expect(opened.stderr()).toContain(`error box: BITTEN Desk could not start: Port ${String(port)} is taken.`);
});

test('the window is sandboxed, tells a reloaded page again, and its page breaks no rule of WCAG 2.2 AA', async () => {
  const { port } = await hold();
  const { app: opened, page } = await start(folder({ bridge: { commandPort: port } }));
  await expect(page.getByRole('heading')).toBeVisible();
  const [line = ''] = opened
    .stderr()
    .split('\n')
    .filter((each) => each.startsWith('electron: window '));
  expect(JSON.parse(line.replace('electron: window ', ''))).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
  });
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText(`Port ${String(port)} is taken`);
  await page.getByLabel('Port for commands').fill('0');
  await startButton(page).click();
  await expect(page.getByText('A port is a whole number from 1 to 65535.')).toBeVisible();
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    for (const { id, nodes } of violations) found.push(`${colorScheme}: ${id} ${nodes.map(({ html }) => html).join()}`);
  }
  expect(found).toEqual([]);
});
