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
  const isReady = (line: { event: string }): line is ReadyLine => line.event === 'ready';
  const ready = await until(() => readLines(output.stdout).find(isReady), 'the ready line');
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

/** The desktop app on the stand-in with its first window, before it is ready. */
export type StandInStart = Omit<StandInDesk, 'ready' | 'dataDir' | 'cli' | 'closeWindow'> & {
  pid: number;
  /** The line, once it is there. */
  ready: () => Promise<ReadyLine>;
};

/** The built desktop app under the stand-in for the `electron` module, its windows pages in Chromium. */
export async function openOnStandIn(flags: string[], env: NodeJS.ProcessEnv = {}): Promise<StandInStart> {
  const register = './test/support/electron/register.ts';
  const running = run(['--import', register, 'out/main/main.js', ...flags], { env });
  const line = (event: string) => readLines(running.output.stdout).find((each) => each.event === event);
  const wait = <Line>(event: string): Promise<Line> =>
    until(() => line(event) as Line | undefined, `the line ${event}; stderr: ${running.output.stderr}`, 20_000);
  const { cdp } = await wait<{ cdp: string }>('window');
  const browser = await chromium.connectOverCDP(cdp);
  const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
  const page = await until(() => pages()[0], 'the stand-in has a page');
  return {
    page,
    pid: running.child.pid ?? 0,
    ready: () => wait<ReadyLine>('ready'),
    stderr: () => running.output.stderr,
    act: (command) => act(page, command),
    pages,
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

/** The same with its desk open. */
export async function launchOnStandIn(
  flags: string[],
  { env = {}, dataDir = folderThatQuits() }: { env?: NodeJS.ProcessEnv; dataDir?: string } = {},
): Promise<StandInDesk> {
  const start = await openOnStandIn([...serveFlags(dataDir), ...flags], env);
  const ready = await start.ready().catch(async (error: unknown) => {
    await start.kill();
    throw error;
  });
  return {
    ...start,
    ready,
    dataDir,
    cli: (...args) => runCli(dataDir, ...args),
    closeWindow: async () => {
      await start.act({ do: 'close' });
      return await start.finished();
    },
  };
}

/** Ends a page's process. @returns the page that takes its place */
export async function crash(page: Page): Promise<Page> {
  const next = page.context().waitForEvent('page');
  await endProcess(page);
  const successor = await next;
  // It begins empty, and goes to its address from there.
  await successor.waitForURL((url) => url.href !== 'about:blank');
  return successor;
}

/** Ends a page's process, without a look at what becomes of it. */
export async function endProcess(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  // It has no answer: the process that would give it is gone.
  session.send('Page.crash').catch(() => undefined);
}

function readLines(stdout: string): { event: string }[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return lines.map((line) => JSON.parse(line) as { event: string });
}
