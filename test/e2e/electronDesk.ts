import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, chromium, type Page } from '@playwright/test';
import type { ReadyLine } from '../../src/host/runningApp.ts';
import type { StandInCommand } from '../support/electron/standIn.ts';
import { run, runCli, serveFlags, type Finished } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '..', '..');

export interface ElectronDesk {
  page: Page;
  ready: ReadyLine;
  dataDir: string;
  /** Everything said on stderr so far; the stand-in also notes there what it was told to do. */
  stderr: () => string;
  cli: (...args: string[]) => Promise<Finished>;
  /** Closes the window, as a person does. @returns the exit code */
  closeWindow: () => Promise<number | null>;
  kill: () => Promise<void>;
}

/** What a test can do and see beyond the page where Electron is a stand-in. */
export interface StandInDesk extends ElectronDesk {
  act: (command: StandInCommand) => Promise<void>;
  /** The pages of all its windows. */
  pages: () => Page[];
  /** @returns the exit code, once it has ended by itself */
  finished: () => Promise<number | null>;
}

/** Has a person do something to the window of a page, or to the desktop around it. */
async function act(page: Page, command: StandInCommand): Promise<void> {
  // The window can be gone before the page has an answer.
  await page
    .evaluate(
      (each) => (globalThis as unknown as { standInDo: (what: unknown) => Promise<void> }).standInDo(each),
      command,
    )
    .catch((error: unknown) => {
      if (!/closed|crashed|destroyed/.test(String(error))) throw error;
    });
}

/** A data folder in whose settings a closed window quits the app, without a question. */
function folderThatQuits(): string {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ settings: { desktop: { onClose: 'quit' } } }));
  return path;
}

/** The built desktop app on the real runtime. */
export async function launchOnRuntime(flags: string[]): Promise<ElectronDesk> {
  const dataDir = folderThatQuits();
  const app = await _electron.launch({ args: ['.', '--no-sandbox', ...serveFlags(dataDir), ...flags], cwd: root });
  const child = app.process();
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const page = await app.firstWindow();
  const { ready } = await until(() => readLines(output.stdout), 'the ready line');
  return {
    page,
    ready,
    dataDir,
    stderr: () => output.stderr,
    cli: (...args) => runCli(dataDir, ...args),
    closeWindow: async () => {
      await page.close();
      return await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The built desktop app under the stand-in for the `electron` module, its window a page in Chromium. */
export async function launchOnStandIn(
  flags: string[],
  { env = {}, dataDir = folderThatQuits() }: { env?: NodeJS.ProcessEnv; dataDir?: string } = {},
): Promise<StandInDesk> {
  const register = './test/support/electron/register.ts';
  const running = run(['--import', register, 'out/main/main.js', ...serveFlags(dataDir), ...flags], { env });
  const { ready, cdp } = await until(
    () => readLines(running.output.stdout),
    `the window is there; stderr: ${running.output.stderr}`,
    20_000,
  );
  const browser = await chromium.connectOverCDP(cdp ?? '');
  const page = browser.contexts().flatMap((context) => context.pages())[0];
  if (page === undefined) throw new Error('The stand-in has no page.');
  return {
    page,
    ready,
    dataDir,
    stderr: () => running.output.stderr,
    cli: (...args) => runCli(dataDir, ...args),
    closeWindow: async () => {
      await act(page, { do: 'close' });
      const { code } = await running.finished;
      await browser.close();
      return code;
    },
    act: (command) => act(page, command),
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    finished: async () => {
      const { code } = await running.finished;
      await browser.close();
      return code;
    },
    kill: async () => {
      // Playwright first lets go of the page, or it misses it later.
      await browser.close();
      await running.end('SIGKILL');
    },
  };
}

function readLines(stdout: string): { ready: ReadyLine; cdp: string | null } | null {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  const events = lines.map((line) => JSON.parse(line) as { event: string; cdp?: string });
  const ready = events.find(({ event }) => event === 'ready') as ReadyLine | undefined;
  return ready === undefined ? null : { ready, cdp: events.find(({ event }) => event === 'window')?.cdp ?? null };
}
