import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { compileCacheDir } from '../../scripts/compileCache.ts';
import type { ReadyLine } from '../../src/host/runningApp.ts';
import { tempDir } from './tempDir.ts';

const root = join(import.meta.dirname, '..', '..');

/** Where the apps under test keep the marks of their data folders, instead of the user's own place. */
const stateHome = tempDir().path;

/**
 * Windows has no signals: a kill ends a process at once there, so a clean stop can't be tested by one.
 * The Electron specs quit through the app itself.
 */
export const hasSignals = process.platform !== 'win32';
if (!hasSignals) process.stderr.write('skipped on Windows: clean stops by SIGTERM and SIGINT\n');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** What came so far. */
  output: { stdout: string; stderr: string };
  finished: Promise<Finished>;
  /** Ends it with a signal, and waits until it has. */
  end: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Node (or another program) with its output collected. */
export function run(
  args: string[],
  {
    program = process.execPath,
    env = {},
    stdin = 'ignore',
  }: { program?: string; env?: NodeJS.ProcessEnv; stdin?: 'ignore' | 'pipe' } = {},
): Running {
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: compileCacheDir,
      XDG_STATE_HOME: stateHome,
      LOCALAPPDATA: stateHome,
      ...env,
    },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
  });
  return {
    child,
    output,
    finished,
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return finished;
    },
  };
}

export interface Serving extends Running {
  ready: ReadyLine;
  dataDir: string;
  bridge: (id?: string) => ReadyLine['bridges'][number];
  /** Runs the command line on this instance. */
  cli: (...args: string[]) => Promise<Finished>;
}

/** `npm run serve` on free ports and a data folder of its own. */
export async function startServe(
  flags: string[] = [],
  dataDir = tempDir().path,
  env: NodeJS.ProcessEnv = {},
): Promise<Serving> {
  const running = run(['scripts/serve.ts', ...serveFlags(dataDir), ...flags], { env });
  const ready = await firstJsonLine<ReadyLine>(running);
  return {
    ...running,
    ready,
    dataDir,
    bridge: (id = 'main') => {
      const bridge = ready.bridges.find((each) => each.id === id);
      if (bridge === undefined) throw new Error(`No bridge ${id} in the ready line.`);
      return bridge;
    },
    cli: (...args) => runCli(dataDir, ...args),
  };
}

export function serveFlags(dataDir: string): string[] {
  return [
    '--data-dir',
    dataDir,
    '--command-port',
    '0',
    '--telemetry-port',
    '0',
    '--http-port',
    '0',
    '--gateway-port',
    '0',
    '--publish-port',
    '0',
  ];
}

export function runCli(dataDir: string, ...args: string[]): Promise<Finished> {
  return run(['src/host/cli.ts', '--data-dir', dataDir, ...args]).finished;
}

/** The paper EA as a process of the test's, connected to a bridge. */
export function startPaper(
  bridge: { command: string; telemetry: string; feedback: string },
  ...flags: string[]
): Running {
  const { command, telemetry, feedback } = bridge;
  const endpoints = ['--command', command, '--telemetry', telemetry, '--feedback', feedback];
  return run(['src/paper/main.ts', ...endpoints, '--telemetry-interval', '200', ...flags]);
}

/** The first line on stdout that is JSON; fails when the process ends before. */
function firstJsonLine<T>(running: Running): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const line = running.output.stdout.split('\n').find((each) => each.startsWith('{'));
      if (line !== undefined && running.output.stdout.includes('\n')) resolve(JSON.parse(line) as T);
    };
    running.child.stdout?.on('data', look);
    running.finished.then(({ code, stderr }) => {
      reject(new Error(`It ended with code ${String(code)} before it was ready:\n${stderr}`));
    }, reject);
  });
}
