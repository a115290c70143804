import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'out', '.built');
const lock = join(root, 'node_modules', '.cache', 'bitten-build.lock');
/** A lock as old as this was left by a build that was killed. */
const staleLockMs = 120_000;
const sources = [
  'electron',
  'src',
  'renderer',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.client.json',
  'package.json',
];

/** Builds when the build is missing or older than its sources. Two starts at the same time build once. */
export async function ensureBuild(): Promise<void> {
  if (isFresh()) return;
  await withLock(async () => {
    if (isFresh()) return;
    process.stderr.write('The build is missing or older than the sources: building.\n');
    await build();
  });
}

/** Builds the desktop's bundles, and the client as JavaScript for other programs. All output goes to stderr. */
export async function build(): Promise<void> {
  await run('electron-vite/bin/electron-vite.js', 'build');
  rmSync(join(root, 'out', 'lib'), { recursive: true, force: true });
  await run('@typescript/native/bin/tsc', '-p', 'tsconfig.client.json');
  writeFileSync(stamp, '');
}

async function run(tool: string, ...args: string[]): Promise<void> {
  const cli = join(root, 'node_modules', ...tool.split('/'));
  const child = spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(process.stderr);
  child.stderr.pipe(process.stderr);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The build failed with exit code ${String(code)}.`);
}

function isFresh(): boolean {
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((source) => newest(join(root, source)) <= builtAt);
}

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

async function withLock(action: () => Promise<void>): Promise<void> {
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  while (!takeLock()) await wait(100);
  try {
    await action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > staleLockMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
