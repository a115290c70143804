import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { electronRuntime } from '../../scripts/electronRuntime.ts';
import { hasSignals, run, serveFlags, startPaper, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { Desk } from './desk.ts';
import { launchOnRuntime, launchOnStandIn, type ElectronDesk } from './electronDesk.ts';

test.use({ trace: 'off', screenshot: 'off' });

// The same specs on the real runtime, wherever it is installed, and on the stand-in, everywhere.
const runtime = electronRuntime();
if (runtime === null) process.stderr.write('skipped: no Electron runtime\n');

for (const [shell, launch, missing] of [
  ['Electron', launchOnRuntime, runtime === null],
  ['the stand-in for Electron', launchOnStandIn, false],
] as const) {
  test.describe(`the desktop app on ${shell}`, () => {
    test.skip(missing, 'no Electron runtime');
    let app: ElectronDesk | null = null;
    let paper: Running | null = null;

    const open = async (...flags: string[]): Promise<{ app: ElectronDesk; desk: Desk }> => {
      app = await launch(flags);
      return { app, desk: new Desk(app.page) };
    };
    test.afterEach(async () => {
      await Promise.all([app?.kill(), paper?.end('SIGKILL')]);
      app = null;
      paper = null;
    });

    test('shows the desk over IPC, fires through a real EA, and quits cleanly', async () => {
      const { app: opened, desk } = await open();
      await desk.expectLamps('listening');
      const [bridge] = opened.ready.bridges;
      if (bridge === undefined) throw new Error('No bridge');
      paper = startPaper(bridge);
      await desk.expectLamps('live');
      await desk.arm();
      await desk.fill({ sl: '2000', tp: '4000', id: 'DESKTOP_1' });
      await desk.fire('Buy');
      await desk.expectNewest({ ID: 'DESKTOP_1', State: 'filled' });
      await paper.end('SIGKILL');
      expect(await opened.closeWindow()).toBe(0);
    });

    test('runs the paper EA in a process of its own, which ends with the app', async () => {
      const { app: opened, desk } = await open('--paper');
      await expect(desk.page.getByText('PAPER', { exact: true })).toBeVisible();
      await desk.expectLamps('live');
      await desk.page.getByLabel('The paper EA').selectOption({ label: 'rejects every order' });
      await desk.fire('Sell');
      await desk.expectNewest({ State: 'rejected' });
      expect(await opened.closeWindow()).toBe(0);
    });

    test('is steered by the command line, and opens the dashboard in a browser when asked', async ({ browser }) => {
      const { app: opened, desk } = await open();
      await desk.expectLamps('listening');
      expect(opened.ready.dashboard).toBeNull();
      expect((await opened.cli('arm')).code).toBe(0);
      await expect(desk.armed).toBeChecked();
      const { stdout } = await opened.cli('open');
      const other = await browser.newPage();
      await other.goto(stdout.trim());
      await expect(new Desk(other).armed).toBeChecked();
      await other.close();
    });

    test('lets the page neither leave, nor open windows, nor reach Node', async () => {
      const { desk } = await open();
      await desk.expectLamps('listening');
      const { page } = desk;
      const url = page.url();
      expect(await page.evaluate(() => [typeof globalThis.require, typeof globalThis.process])).toEqual([
        'undefined',
        'undefined',
      ]);
      expect(await page.evaluate(() => Object.keys(globalThis.bittenDesk ?? {}).toSorted())).toEqual([
        'close',
        'onClose',
        'onMessage',
        'post',
      ]);
      await page.evaluate(() => {
        location.href = 'https://evil.example/';
      });
      await page.evaluate(() => window.open('https://evil.example/'));
      await expect(desk.armed).toBeVisible();
      expect(page.url()).toBe(url);
      expect(
        page
          .context()
          .pages()
          .filter((each) => each.url().includes('evil')),
      ).toEqual([]);
    });

    test('enforces the content security policy', async () => {
      const { desk } = await open();
      await desk.expectLamps('listening');
      const violated = await desk.page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            addEventListener('securitypolicyviolation', (event) => {
              resolve(event.effectiveDirective);
            });
            const script = document.createElement('script');
            script.textContent = 'globalThis.injected = true';
            document.body.append(script);
          }),
      );
      expect(violated).toContain('script-src');
      expect(await desk.page.evaluate(() => 'injected' in globalThis)).toBe(false);
    });

    test('follows the app again after a reload of the page', async () => {
      const { app: opened, desk } = await open();
      await desk.expectLamps('listening');
      await desk.page.reload();
      await desk.expectLamps('listening');
      expect((await opened.cli('arm')).code).toBe(0);
      await expect(desk.armed).toBeChecked();
    });
  });
}

test.describe('what only the stand-in can show', () => {
  test('the window is sandboxed and isolated', async () => {
    const app = await launchOnStandIn([]);
    const line =
      app
        .stderr()
        .split('\n')
        .find((each) => each.startsWith('electron: window ')) ?? '';
    expect(JSON.parse(line.replace('electron: window ', ''))).toMatchObject({
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
    });
    expect(app.stderr()).toContain('electron: scheme bitten');
    await app.kill();
  });

  const startOnStandIn = (flags: string[], env: NodeJS.ProcessEnv = {}) =>
    run(
      ['--import', './test/support/electron/register.ts', 'out/main/main.js', ...serveFlags(tempDir().path), ...flags],
      { env },
    ).finished;

  test('a second start gives way to the first', async () => {
    const { code, stdout } = await startOnStandIn([], { STAND_IN_SECOND_INSTANCE: '1' });
    expect([code, stdout]).toEqual([0, '']);
  });

  test('settings that can not be used are one sentence in a box, and exit code 1', async () => {
    const { path } = tempDir();
    writeFileSync(join(path, 'config.json'), JSON.stringify({ settings: { theme: 'pink' } }));
    const { code, stderr } = await startOnStandIn(['--data-dir', path]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `electron: error box: BITTEN Desk could not start: The settings in ${join(path, 'config.json')} can't be used: "settings.theme"`,
    );
  });

  test('an interrupt stops it within 2 s', async () => {
    test.skip(!hasSignals, 'Windows has no signals');
    const app = await launchOnStandIn(['--paper']);
    process.kill(app.ready.pid, 'SIGINT');
    await until(() => app.stderr().includes('electron: exit 0'), 'it has stopped', 2_000);
    await app.kill();
  });
});
